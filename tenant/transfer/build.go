package transfer

import (
	"maps"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
)

// targets are the ids of what a batch names: what the shop has, and what is made for it.
type targets struct {
	nodes map[string]catalog.NodeID // by nodeKey
	media map[string]media.ID       // by ref
}

// built is an article ready to be saved, with what goes along.
type built struct {
	product *catalog.Product
	before  *catalog.Product
	lines   []int                  // row in the file by variant, 0 for those it does not name
	counts  map[int]int            // pieces by variant, of those that exist
	alts    map[media.ID]i18n.Text // descriptions of pictures as they will be
	panels  []*catalog.Panel       // secondary views to be stored
}

// build makes the article of a change. It alters nothing that the change or the lookup hold, since
// a unit of work may be run twice.
func (p *planner) build(c *change, t targets) (*built, *fault.Error) {
	b := &built{before: c.before, counts: map[int]int{}, alts: map[media.ID]i18n.Text{}}
	if c.before != nil {
		a := *c.before
		a.Texts = maps.Clone(a.Texts)
		a.Variants = slices.Clone(a.Variants)
		a.Nodes = slices.Clone(a.Nodes)
		b.product = &a
	} else {
		b.product = &catalog.Product{Code: c.entry.code, State: catalog.Draft, Kind: catalog.Physical, TaxClass: "standard",
			PriceGross: p.gross, Texts: map[i18n.Locale]catalog.Text{}}
	}
	b.lines = make([]int, len(b.product.Variants))
	for i, col := range p.cols.columns {
		if c.changed[i] {
			p.setArticle(b, c, col, c.article[i], t)
		}
	}
	p.buildOptions(b, c, t)
	for n := range c.rows {
		if err := p.buildVariant(b, c, n, t); err != nil {
			return nil, err
		}
	}
	p.buildPrices(b, c)
	p.buildPictures(b, c, t)
	p.buildPanels(b, c)
	return b, nil
}

func (p *planner) setArticle(b *built, c *change, col column, cell string, t targets) {
	a := b.product
	switch col.field {
	case "code":
		a.Code = cell
	case "state":
		a.State = catalog.State(cell)
	case "kind":
		a.Kind = catalog.Kind(cell)
	case "tax_class":
		a.TaxClass = cell
	case "price_includes_tax":
		a.PriceGross = cell == yes
	case "name", "slug", "summary", "body", "seo_title", "seo_description":
		setText(a, col, cell)
	case "families", "taxonomy":
		p.setNodes(a, col, cell, t)
	case "new":
		a.Flags.New = flagOf(cell)
	case "discover":
		a.Flags.Discover = flagOf(cell)
	case "forthcoming":
		a.Flags.Forthcoming = flagOf(cell)
	case "available_on":
		a.AvailableOn = parseInstant(cell)
	case "preorder":
		a.Preorder = whole(cell)
	case "deposit":
		a.Terms = depositOf(cell)
	case "rating":
		a.Rating = optionalNumber(cell)
	case "unit":
		a.Unit = cell
	case "measure":
		a.Measure = catalog.BaseMeasure(cell)
	case "show_stock":
		a.ShowStock = showOf(cell)
	case "position":
		a.Position = whole(cell)
	}
}

// setText sets one field of a language; a language left without any text is gone.
func setText(a *catalog.Product, col column, cell string) {
	t := a.Texts[col.locale]
	switch col.field {
	case "name":
		t.Name = cell
	case "slug":
		t.Slug = cell
	case "summary":
		t.Summary = cell
	case "body":
		t.Body = cell
	case "seo_title":
		t.SEOTitle = cell
	case "seo_description":
		t.SEODescription = cell
	}
	bare := t
	bare.Slug = ""
	if bare == (catalog.Text{}) && (col.field != "slug" || cell == "") {
		delete(a.Texts, col.locale)
		return
	}
	a.Texts[col.locale] = t
}

// setNodes replaces the article's entries of one taxonomy; families stand first.
func (p *planner) setNodes(a *catalog.Product, col column, cell string, t targets) {
	taxonomy := col.taxonomy()
	var wanted []catalog.NodeID
	for _, path := range splitPaths(cell) {
		if n, ok := t.nodes[nodeKey(taxonomy, path)]; ok && !slices.Contains(wanted, n) {
			wanted = append(wanted, n)
		}
	}
	x, known := p.tree.Taxonomy(taxonomy)
	others := slices.DeleteFunc(a.Nodes, func(which catalog.NodeID) bool {
		n, ok := p.tree.Node(which)
		return slices.Contains(wanted, which) || ok && known && n.Taxonomy == x.ID
	})
	if taxonomy != catalog.Families {
		a.Nodes = append(others, wanted...)
		return
	}
	a.Nodes = append(wanted, others...)
	a.MainNode = catalog.NodeID{}
	if len(wanted) > 0 {
		a.MainNode = wanted[0]
	}
}

// taxonomy is the code of the taxonomy a column is about.
func (c column) taxonomy() string {
	if c.field == "families" {
		return catalog.Families
	}
	return c.arg
}

// buildOptions gives the article the options and values its rows choose; those it has stay, in
// their order.
func (p *planner) buildOptions(b *built, c *change, t targets) {
	if !p.optionsChange(c) {
		return
	}
	var options []catalog.Option
	for n, code := range c.options.codes {
		if code == "" {
			continue
		}
		o := catalog.Option{Code: code, Name: i18n.Text{}}
		if c.before != nil {
			if i := slices.IndexFunc(c.before.Options, func(have catalog.Option) bool { return have.Code == code }); i >= 0 {
				have := c.before.Options[i]
				o.Values, o.Place = slices.Clone(have.Values), have.Place
				maps.Copy(o.Name, have.Name)
			}
		}
		if name := c.options.names[n]; name != "" && name != code {
			o.Name[p.fallback] = name
		}
		number := "option" + strconv.Itoa(n+1)
		for _, l := range p.offered {
			if at, ok := p.cols.at[number+".name."+string(l)]; ok {
				setWord(o.Name, l, c.article[at])
			}
		}
		for row := range c.rows {
			p.buildValue(&o, c, row, n, t)
		}
		options = append(options, o)
	}
	b.product.Options = options
}

// optionsChange tells whether anything about options changes.
func (p *planner) optionsChange(c *change) bool {
	if c.before == nil {
		return true
	}
	for i, col := range p.cols.columns {
		switch col.field {
		case "option", "option.name":
			if c.changed[i] {
				return true
			}
		case "option.value", "option.value.name", "option.swatch":
			if slices.ContainsFunc(c.rows, func(r rowChange) bool { return r.changed[i] }) {
				return true
			}
		}
	}
	return slices.ContainsFunc(c.rows, func(r rowChange) bool { return r.at < 0 })
}

// buildValue adds the value a row chooses to its option, or renames it.
func (p *planner) buildValue(o *catalog.Option, c *change, row, n int, t targets) {
	code := c.options.values[row][n]
	if code == "" {
		return
	}
	i := slices.IndexFunc(o.Values, func(v catalog.OptionValue) bool { return v.Code == code })
	if i < 0 {
		v := catalog.OptionValue{Code: code, Name: i18n.Text{}}
		if name, ok := c.options.called[n][code]; ok {
			v.Name[p.fallback] = name
		}
		o.Values = append(o.Values, v)
		i = len(o.Values) - 1
	}
	v := &o.Values[i]
	v.Name = maps.Clone(v.Name)
	if v.Name == nil {
		v.Name = i18n.Text{}
	}
	number, cells := "option"+strconv.Itoa(n+1), c.rows[row].cells
	for _, l := range p.offered {
		if at, ok := p.cols.at[number+".value."+string(l)]; ok {
			setWord(v.Name, l, cells[at])
		}
	}
	if at, ok := p.cols.at[number+".swatch"]; ok && cells[at] != p.optionalRef(v.Media) {
		v.Media = nil
		if m, ok := t.media[cells[at]]; ok {
			v.Media = &m
		}
	}
}

func setWord(t i18n.Text, l i18n.Locale, s string) {
	if s == "" {
		delete(t, l)
		return
	}
	t[l] = s
}

// buildVariant applies a row to its variant.
func (p *planner) buildVariant(b *built, c *change, n int, t targets) *fault.Error {
	r := &c.rows[n]
	at := r.at
	if at < 0 {
		b.product.Variants = append(b.product.Variants, catalog.Variant{Active: true, SKU: c.entry.code + "-" + strconv.Itoa(n+1)})
		b.lines = append(b.lines, r.line)
		at = len(b.product.Variants) - 1
	}
	b.lines[at] = r.line
	v := &b.product.Variants[at]
	if p.optionsChange(c) {
		v.Options = c.options.chosen(n)
	}
	priced := r.at >= 0
	for i, col := range p.cols.columns {
		if col.variant && r.changed[i] {
			p.setVariant(b, v, at, r, col, r.cells[i], t)
			priced = priced || col.field == "price"
		}
	}
	if !priced {
		return errRequired.On("price").With(fault.Args{"row": r.line})
	}
	return nil
}

func (p *planner) setVariant(b *built, v *catalog.Variant, at int, r *rowChange, col column, cell string, t targets) {
	switch col.field {
	case "sku":
		v.SKU = cell
	case "barcode":
		v.Barcode = cell
	case "price":
		v.Price = decimal.RequireFromString(cell)
	case "compare_at":
		v.CompareAt = optionalNumber(cell)
	case "cost":
		v.Cost = optionalNumber(cell)
	case "content":
		v.Content = optionalNumber(cell)
	case "weight_g":
		v.WeightG = whole(cell)
	case "picture":
		v.Picture = nil
		if m, ok := t.media[cell]; ok {
			v.Picture = &m
		}
	case "active":
		v.Active = cell == yes
	case "tracked":
		v.Tracked = cell == yes
	case "backorder":
		v.Backorder = cell == yes
	case "stock":
		if !p.cols.has("tracked") { // who writes a number of pieces counts them
			v.Tracked = true
		}
		if r.at >= 0 {
			b.counts[at] = whole(cell)
			return
		}
		v.OnHand = whole(cell)
	case "low_at":
		v.LowAt = whole(cell)
	case "reorder_qty":
		v.Reorder = whole(cell)
	}
}
