package storefront

import (
	"net/url"

	"echoppe.dev/tenant/catalog"
)

// optionField is the name of the form field of an option.
func optionField(code string) string { return "o_" + code }

// choice is what a reader has chosen of an article's options: a value for each, and the variant they
// name. variant is nil when nothing is sold in this combination.
type choice struct {
	values  map[string]string
	extras  map[string]string // price-adding option → value; those that are not there were not chosen
	variant *catalog.Variant
}

// choose reads a choice. What was not said, or is no value of the option, is taken from the variant
// that fits best: one that can be bought rather than one that cannot, the first rather than a later.
func choose(p *catalog.Product, fields url.Values) choice {
	c := chooseVariant(p, asked(p, fields))
	c.extras = chooseExtras(p, fields, c.variant)
	return c
}

// asked are the values of options that are said, and exist.
func asked(p *catalog.Product, fields url.Values) map[string]string {
	said := map[string]string{}
	for _, o := range p.Options {
		if value := fields.Get(optionField(o.Code)); hasValue(o, value) {
			said[o.Code] = value
		}
	}
	return said
}

func chooseVariant(p *catalog.Product, asked map[string]string) choice {
	if len(p.Options) > 0 && len(asked) == len(p.Options) {
		return choice{values: asked, variant: findActive(p, asked)}
	}
	best, score := (*catalog.Variant)(nil), -1
	for i := range p.Variants {
		one := &p.Variants[i]
		if s := fit(one, asked); one.Active && s > score {
			best, score = one, s
		}
	}
	if best == nil {
		return choice{values: asked}
	}
	values := make(map[string]string, len(p.Options))
	for _, o := range p.Options {
		values[o.Code] = best.Options[o.Code]
	}
	return choice{values: values, variant: best}
}

// fit counts what of the choice a variant meets, and prefers among equals what can be bought.
func fit(one *catalog.Variant, asked map[string]string) int {
	score := 0
	for code, value := range asked {
		if one.Options[code] == value {
			score += 2
		}
	}
	if one.Buyable(1) {
		score++
	}
	return score
}

func hasValue(o catalog.Option, code string) bool {
	for _, value := range o.Values {
		if value.Code == code {
			return true
		}
	}
	return false
}

func findActive(p *catalog.Product, values map[string]string) *catalog.Variant {
	key := catalog.OptionKey(values)
	for i := range p.Variants {
		if p.Variants[i].Active && catalog.OptionKey(p.Variants[i].Options) == key {
			return &p.Variants[i]
		}
	}
	return nil
}

// with is the choice with one value changed.
func (c choice) with(option, value string) map[string]string {
	values := make(map[string]string, len(c.values)+1)
	for code, v := range c.values {
		values[code] = v
	}
	values[option] = value
	return values
}

// choiceQuery is a choice as a query, "" for none; "?" included.
func choiceQuery(chosen ...map[string]string) string {
	q := url.Values{}
	for _, values := range chosen {
		for code, value := range values {
			q.Set(optionField(code), value)
		}
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}
