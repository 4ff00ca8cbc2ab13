package transfer

import (
	"slices"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// change is what an entry would do to the shop.
type change struct {
	entry   *entry
	before  *catalog.Product // nil when it would be made
	action  Action
	lines   []Line // fields that change, warnings, problems
	article []string
	changed []bool // by column of the article
	rows    []rowChange
	options optionPlan
	draft   *built // the article as it would be, once it has been tried
	added   int    // articles of the shop that are not in its archive: one more, one less or neither
}

// writes tells whether the change writes an article.
func (c *change) writes() bool { return c.action == Create || c.action == Update }

// rowChange is what a row would do to a variant.
type rowChange struct {
	line    int
	at      int // in before.Variants, -1 when it would be made
	cells   []string
	changed []bool
}

// planner compares entries with a shop.
type planner struct {
	*lookup
	dialect
	cols       *layout
	articles   map[catalog.ProductID]*catalog.Product
	byCode     map[string]catalog.ProductID
	bySKU      map[string]catalog.ProductID
	gross      bool // how prices are entered unless the file says
	hasVariant bool // the file has columns of variants
	invented   targets
}

// plan reads what the entries name and compares them with it.
func (w *worker) plan(tx tenant.Tx, entries []*entry) ([]*change, *planner, error) {
	k, err := newLookup(tx, w.resolver)
	if err != nil {
		return nil, nil, err
	}
	p := &planner{lookup: k, dialect: w.dialect, cols: w.src.layout(), gross: w.gross, articles: map[catalog.ProductID]*catalog.Product{}}
	p.hasVariant = slices.ContainsFunc(p.cols.columns, func(c column) bool { return c.variant })
	if err := p.find(tx, entries); err != nil {
		return nil, nil, err
	}
	if err := k.resolvePictures(tx, p.pictureNames(entries)); err != nil {
		return nil, nil, err
	}
	entries = p.merge(entries)
	changes := make([]*change, len(entries))
	for i, e := range entries {
		changes[i] = p.compare(e)
	}
	return changes, p, nil
}

// find reads the articles that the entries are about.
func (p *planner) find(tx tenant.Tx, entries []*entry) error {
	var codes, skus []string
	sku, hasSKU := p.cols.at["sku"]
	for _, e := range entries {
		if e.code != "" {
			codes = append(codes, e.code)
		}
		for _, v := range e.variants {
			if hasSKU && strings.TrimSpace(v.cells[sku]) != "" {
				skus = append(skus, strings.TrimSpace(v.cells[sku]))
			}
		}
	}
	var err error
	if p.byCode, err = catalog.FindByCodes(tx, codes); err != nil {
		return err
	}
	if p.bySKU, err = catalog.FindBySKUs(tx, skus); err != nil {
		return err
	}
	var ids []catalog.ProductID
	for _, found := range []map[string]catalog.ProductID{p.byCode, p.bySKU} {
		for _, id := range found {
			if _, ok := p.articles[id]; !ok {
				p.articles[id] = nil
				ids = append(ids, id)
			}
		}
	}
	found, err := catalog.FindAll(tx, ids)
	if err != nil {
		return err
	}
	for _, a := range found {
		p.articles[a.ID] = a
	}
	return p.learn(tx, p.cols, found)
}

// pictureNames are the cells of the batch that name pictures.
func (p *planner) pictureNames(entries []*entry) []string {
	var names []string
	note := func(cell string) {
		for _, n := range splitList(cell) {
			if n != "" {
				names = append(names, n)
			}
		}
	}
	for i, c := range p.cols.columns {
		if c.value != pictures {
			continue
		}
		for _, e := range entries {
			note(e.article[i])
			for _, v := range e.variants {
				note(v.cells[i])
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// articleOf finds the article an entry is about: the one its SKUs belong to, else the one of its
// code. It notes rows whose SKU belongs to yet another.
func (p *planner) articleOf(e *entry) *catalog.Product {
	var target catalog.ProductID
	byCode, coded := p.byCode[e.code]
	if coded {
		target = byCode
	}
	sku, ok := p.cols.at["sku"]
	if !ok {
		return p.articles[target]
	}
	for _, v := range e.variants {
		owner, taken := p.bySKU[strings.TrimSpace(v.cells[sku])]
		switch {
		case !taken || owner == target:
		case target.IsZero():
			target = owner
		default:
			e.refuse(v.line, "sku", errSKUElsewhere.With(fault.Args{"code": p.articles[owner].Code}))
		}
	}
	return p.articles[target]
}

var (
	errSKUElsewhere = fault.New(fault.Malformed, "transfer.sku_elsewhere")
	errRequired     = fault.New(fault.Malformed, "form.required")
	errPicture      = fault.New(fault.Malformed, "transfer.picture")
	errUnknownKey   = fault.New(fault.Malformed, "transfer.sku_unknown")
)

// merge joins entries of one article that a file without codes has as single rows.
func (p *planner) merge(entries []*entry) []*entry {
	if p.cols.has("code") {
		return entries
	}
	var out []*entry
	first := map[catalog.ProductID]*entry{}
	for _, e := range entries {
		a := p.articleOf(e)
		if a == nil {
			out = append(out, e)
			continue
		}
		if have, ok := first[a.ID]; ok {
			have.variants = slices.Concat(have.variants, e.variants)
			have.problems = slices.Concat(have.problems, e.problems)
			continue
		}
		joined := *e // planning anew starts from the entries as they were read
		first[a.ID] = &joined
		out = append(out, &joined)
	}
	return out
}
