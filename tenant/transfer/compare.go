package transfer

import (
	"slices"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/catalog"
)

// compare decides what becomes of one entry.
func (p *planner) compare(e *entry) *change {
	c := &change{entry: e, before: p.articleOf(e)}
	if e.code == "" && c.before != nil {
		e.code = c.before.Code
	}
	if e.code == "" && len(e.problems) == 0 {
		e.refuse(e.line, "sku", errUnknownKey)
	}
	if len(e.problems) > 0 {
		return c.refused()
	}
	have := sheet{article: make([]string, len(p.cols.columns))}
	if c.before != nil {
		have = p.flatten(p.cols, c.before)
	}
	p.compareArticle(c, have)
	p.compareAdvance(c)
	c.options = p.planOptions(c)
	if p.hasVariant || c.before == nil {
		p.compareRows(c, have)
	}
	if len(e.problems) > 0 {
		return c.refused()
	}
	p.decide(c, have)
	return c
}

func (c *change) refused() *change {
	c.action = Refused
	c.lines = c.entry.problems
	return c
}

// keeps tells that a blank cell of the column leaves what is there: it cannot be empty.
func (c column) keeps() bool {
	switch c.field {
	case "code", "sku", "tax_class", "price", "option", "option.value":
		return true
	case "show_stock", "measure":
		return false
	}
	return c.value == yesNo || c.value == integer || c.value == word
}

// cell is what a column will hold. A cell written as it is shown needs no reading, which keeps
// what no rule would let in today but what is there.
func (p *planner) cell(c *change, row int, col column, cell, have string) string {
	if cell == have {
		return have
	}
	if col.value == pictures {
		return p.pictureCell(c, row, col, cell)
	}
	got, err := p.canon(col, cell)
	if err != nil {
		c.entry.refuse(row, col.name, err.With(withCell(err, cell)))
		return have
	}
	if got == "" && col.keeps() {
		return have
	}
	return got
}

// maxShown is how much of a cell a report shows.
const maxShown = 200

func withCell(err *fault.Error, cell string) fault.Args {
	args := fault.Args{"value": shown(cell)}
	for k, v := range err.Args() {
		args[k] = v
	}
	return args
}

func shown(s string) string {
	if r := []rune(s); len(r) > maxShown {
		return string(r[:maxShown]) + "…"
	}
	return s
}

// pictureCell writes each picture the one way; one that does not exist is left out with a warning.
func (p *planner) pictureCell(c *change, row int, col column, cell string) string {
	var refs []string
	for _, name := range splitList(cell) {
		if name == "" {
			continue
		}
		ref, ok := p.refs[name]
		if !ok {
			c.lines = append(c.lines, Line{Row: row, Action: Warning, Code: c.entry.code, Column: col.name,
				Problem: errPicture.Key(), Args: fault.Args{"value": shown(name)}})
			continue
		}
		if !slices.Contains(refs, ref) {
			refs = append(refs, ref)
		}
	}
	if col.variant { // one picture, written as it is
		return strings.Join(refs[:min(len(refs), 1)], "")
	}
	return joinList(refs)
}

func (p *planner) compareArticle(c *change, have sheet) {
	c.article = make([]string, len(p.cols.columns))
	c.changed = make([]bool, len(p.cols.columns))
	for i, col := range p.cols.columns {
		if col.variant {
			continue
		}
		c.article[i] = p.cell(c, c.entry.line, col, c.entry.article[i], have.article[i])
		c.changed[i] = !col.aux && c.article[i] != have.article[i]
	}
}

// compareRows finds each row's variant and compares the two.
func (p *planner) compareRows(c *change, have sheet) {
	claimed := p.claimed(c)
	taken := map[int]bool{}
	for n, v := range c.entry.variants {
		r := rowChange{line: v.line, at: p.match(c, n, claimed, taken), cells: make([]string, len(p.cols.columns)),
			changed: make([]bool, len(p.cols.columns))}
		shows := make([]string, len(p.cols.columns))
		if r.at >= 0 {
			taken[r.at] = true
			shows = have.variants[r.at]
		}
		for i, col := range p.cols.columns {
			if !col.variant {
				continue
			}
			switch col.field {
			case "option.value":
				r.cells[i] = c.options.values[n][col.n-1]
			default:
				r.cells[i] = p.cell(c, v.line, col, v.cells[i], shows[i])
			}
			r.changed[i] = r.cells[i] != shows[i]
		}
		c.rows = append(c.rows, r)
	}
	p.nameRows(c)
}

// claimed are the SKUs the rows name.
func (p *planner) claimed(c *change) map[string]bool {
	out := map[string]bool{}
	if at, ok := p.cols.at["sku"]; ok {
		for _, v := range c.entry.variants {
			if sku := strings.TrimSpace(v.cells[at]); sku != "" {
				out[sku] = true
			}
		}
	}
	return out
}

// match is the variant a row means: the one of its SKU, else the one of its options unless another
// row names that one's SKU, else for an article without options its only one.
func (p *planner) match(c *change, row int, claimed map[string]bool, taken map[int]bool) int {
	if c.before == nil {
		return -1
	}
	if at, ok := p.cols.at["sku"]; ok {
		if sku := strings.TrimSpace(c.entry.variants[row].cells[at]); sku != "" {
			if i := slices.IndexFunc(c.before.Variants, func(v catalog.Variant) bool { return v.SKU == sku }); i >= 0 {
				return i
			}
		}
	}
	key := c.options.key(row)
	for i, v := range c.before.Variants {
		if !taken[i] && !claimed[v.SKU] && catalog.OptionKey(v.Options) == key {
			return i
		}
	}
	return -1
}

// nameRows gives rows without SKU the one they will have on every import.
func (p *planner) nameRows(c *change) {
	at, ok := p.cols.at["sku"]
	if !ok {
		return
	}
	for n := range c.rows {
		if r := &c.rows[n]; r.cells[at] == "" {
			r.cells[at] = c.entry.code + "-" + strconv.Itoa(n+1)
			r.changed[at] = true
		}
	}
}

// decide names the action and lists the fields that change.
func (p *planner) decide(c *change, have sheet) {
	if c.before == nil {
		c.action = Create
		name := ""
		if at, ok := p.cols.at["name."+string(p.fallback)]; ok {
			name = c.article[at]
		}
		c.lines = append(c.lines, Line{Row: c.entry.line, Action: Create, Code: c.entry.code, After: shown(name)})
		return
	}
	c.action = Same
	for i, col := range p.cols.columns {
		if c.changed[i] {
			c.action = Update
			c.lines = append(c.lines, Line{Row: c.entry.line, Action: Update, Code: c.before.Code, Column: col.name,
				Before: shown(have.article[i]), After: shown(c.article[i])})
		}
	}
	for _, r := range c.rows {
		p.decideRow(c, r, have)
	}
}

func (p *planner) decideRow(c *change, r rowChange, have sheet) {
	sku := ""
	if at, ok := p.cols.at["sku"]; ok {
		sku = r.cells[at]
	}
	if r.at < 0 {
		c.action = Update
		c.lines = append(c.lines, Line{Row: r.line, Action: Update, Code: c.before.Code, SKU: sku, Column: "sku", After: sku})
		return
	}
	for i, col := range p.cols.columns {
		if r.changed[i] {
			c.action = Update
			c.lines = append(c.lines, Line{Row: r.line, Action: Update, Code: c.before.Code, SKU: sku, Column: col.name,
				Before: shown(have.variants[r.at][i]), After: shown(r.cells[i])})
		}
	}
}
