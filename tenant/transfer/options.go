package transfer

import (
	"slices"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
)

// optionPlan is which options an article will have, and which value each row chooses. People write
// names where codes are meant; a name that is known means its code, one that is not becomes one.
type optionPlan struct {
	codes  []string // by number of the option, "" for none
	names  []string // what to call an option that is new, in the shop's language
	values [][]string
	called []map[string]string // by number: new value code → what to call it
}

// key is the choice of a row in the catalogue's canonical form.
func (o optionPlan) key(row int) string {
	chosen := map[string]string{}
	for n, code := range o.codes {
		if code != "" {
			chosen[code] = o.values[row][n]
		}
	}
	return catalog.OptionKey(chosen)
}

// options is what a row chooses, as a variant keeps it.
func (o optionPlan) chosen(row int) map[string]string {
	out := map[string]string{}
	for n, code := range o.codes {
		if code != "" && o.values[row][n] != "" {
			out[code] = o.values[row][n]
		}
	}
	return out
}

func (p *planner) planOptions(c *change) optionPlan {
	o := optionPlan{codes: make([]string, catalog.MaxOptions), names: make([]string, catalog.MaxOptions),
		called: make([]map[string]string, catalog.MaxOptions)}
	for n := range o.codes {
		o.codes[n], o.names[n] = p.optionCode(c, n)
		o.called[n] = map[string]string{}
	}
	for row := range c.entry.variants {
		values := make([]string, catalog.MaxOptions)
		for n, code := range o.codes {
			if code != "" {
				values[n] = p.valueCode(c, row, n, code, o.called[n])
			}
		}
		o.values = append(o.values, values)
	}
	for n, code := range o.codes {
		if at, ok := p.cols.at["option"+strconv.Itoa(n+1)]; ok {
			c.article[at] = code
			c.changed[at] = c.before == nil || code != codeAt(c.before, n)
		}
	}
	return o
}

func codeAt(p *catalog.Product, n int) string {
	if n < len(p.Options) {
		return p.Options[n].Code
	}
	return ""
}

// optionCode is the code of option n: as written, as named, or as it is.
func (p *planner) optionCode(c *change, n int) (code, name string) {
	number := "option" + strconv.Itoa(n+1)
	written := ""
	if at, ok := p.cols.at[number]; ok {
		written = strings.TrimSpace(c.entry.article[at])
	}
	if written == "" {
		written = p.firstName(number+".name", c.entry.article)
	}
	have := ""
	if c.before != nil {
		have = codeAt(c.before, n)
	}
	if written == "" || written == have {
		return have, ""
	}
	if have != "" && slices.Contains(wordsOf(c.before.Options[n].Name), written) {
		return have, ""
	}
	return p.codeOf(written), written
}

// valueCode is the code of the value a row chooses for option n.
func (p *planner) valueCode(c *change, row, n int, option string, called map[string]string) string {
	cells := c.entry.variants[row].cells
	number := "option" + strconv.Itoa(n+1)
	written := ""
	if at, ok := p.cols.at[number+".value"]; ok {
		written = strings.TrimSpace(unbreak(cells[at]))
	}
	if written == "" {
		written = p.firstName(number+".value", cells)
	}
	if written == "" {
		return p.valueOfSKU(c, cells, option)
	}
	if c.before != nil {
		for _, o := range c.before.Options {
			if o.Code != option {
				continue
			}
			for _, v := range o.Values {
				if v.Code == written || slices.Contains(wordsOf(v.Name), written) {
					return v.Code
				}
			}
		}
	}
	code := p.codeOf(written)
	if code != written {
		called[code] = written
	}
	return code
}

// valueOfSKU is what the variant of the row's SKU chooses now.
func (p *planner) valueOfSKU(c *change, cells []string, option string) string {
	at, ok := p.cols.at["sku"]
	if !ok || c.before == nil {
		return ""
	}
	for _, v := range c.before.Variants {
		if v.SKU == strings.TrimSpace(cells[at]) {
			return v.Options[option]
		}
	}
	return ""
}

// firstName is the first name a row gives in any language, the shop's own before the others.
func (p *planner) firstName(column string, cells []string) string {
	for _, l := range append([]i18n.Locale{p.fallback}, p.offered...) {
		if at, ok := p.cols.at[column+"."+string(l)]; ok {
			if s := strings.TrimSpace(unbreak(cells[at])); s != "" {
				return s
			}
		}
	}
	return ""
}

// codeOf makes a code from a name.
func (p *planner) codeOf(name string) string {
	if s := catalog.Slug(p.fallback, name); s != "" {
		return s
	}
	// A name of nothing but signs: "½", "♥". Its characters' numbers are a code as good as any.
	var b strings.Builder
	for _, r := range name {
		b.WriteString("u" + strconv.FormatInt(int64(r), 16))
	}
	return b.String()
}

func wordsOf(t i18n.Text) []string {
	out := make([]string, 0, len(t))
	for _, s := range t {
		out = append(out, s)
	}
	return out
}
