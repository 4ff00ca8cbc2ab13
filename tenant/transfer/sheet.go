package transfer

import (
	"strconv"

	"github.com/shopspring/decimal"

	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
)

// sheet is an article as a file shows it, cell by cell of a layout.
type sheet struct {
	article  []string
	variants [][]string
}

// flatten writes an article as cells: the export, and what an import compares with.
func (k *lookup) flatten(l *layout, p *catalog.Product) sheet {
	s := sheet{article: make([]string, len(l.columns)), variants: make([][]string, len(p.Variants))}
	for v := range p.Variants {
		s.variants[v] = make([]string, len(l.columns))
	}
	for i, c := range l.columns {
		if !c.variant {
			s.article[i] = unbreak(k.articleCell(c, p))
			continue
		}
		for v := range p.Variants {
			s.variants[v][i] = unbreak(k.variantCell(c, p, &p.Variants[v]))
		}
	}
	return s
}

func (k *lookup) articleCell(c column, p *catalog.Product) string {
	switch c.field {
	case "code":
		return p.Code
	case "state":
		return string(p.State)
	case "kind":
		return string(p.Kind)
	case "tax_class":
		return p.TaxClass
	case "price_includes_tax":
		return yesText(p.PriceGross)
	case "name", "slug", "summary", "body", "seo_title", "seo_description":
		return textCell(c.field, p.Texts[c.locale])
	case "families", "taxonomy":
		return k.nodesCell(c, p)
	case "pictures", "pictures.alt", "pictures.option":
		return k.picturesCell(c, p)
	case "new":
		return flagText(p.Flags.New)
	case "discover":
		return flagText(p.Flags.Discover)
	case "forthcoming":
		return flagText(p.Flags.Forthcoming)
	case "available_on":
		if p.AvailableOn != nil {
			return instantText(*p.AvailableOn)
		}
	case "preorder":
		return strconv.Itoa(p.Preorder)
	case "deposit":
		return depositText(p.Terms)
	case "rating":
		return optionalText(p.Rating)
	case "unit":
		return p.Unit
	case "measure":
		return string(p.Measure)
	case "tiers":
		return tiersText(p.Prices)
	case "prices_json":
		return pricesText(p)
	case "show_stock":
		return string(p.ShowStock)
	case "position":
		return strconv.Itoa(p.Position)
	case "option", "option.name":
		if c.n <= len(p.Options) {
			if o := p.Options[c.n-1]; c.field == "option" {
				return o.Code
			} else {
				return o.Name[c.locale]
			}
		}
	case "panel.title", "panel.body", "panel.shared":
		return k.panelCell(c, p)
	case "links":
		return k.linksCell(c, p)
	}
	return ""
}

func textCell(f field, t catalog.Text) string {
	switch f {
	case "name":
		return t.Name
	case "slug":
		return t.Slug
	case "summary":
		return t.Summary
	case "body":
		return t.Body
	case "seo_title":
		return t.SEOTitle
	case "seo_description":
		return t.SEODescription
	}
	return ""
}

func (k *lookup) nodesCell(c column, p *catalog.Product) string {
	taxonomy, locale := c.arg, k.fallback
	if c.field == "families" {
		taxonomy = catalog.Families
	}
	if c.aux {
		locale = c.locale
	}
	var all [][]string
	for _, n := range k.nodesOf(p, taxonomy) {
		all = append(all, k.pathOf(n, locale))
	}
	return joinPaths(all)
}

func (k *lookup) picturesCell(c column, p *catalog.Product) string {
	items := make([]string, len(p.Pictures))
	for i, m := range p.Pictures {
		switch c.field {
		case "pictures":
			items[i] = k.ref(m.Media)
		case "pictures.option":
			items[i] = m.Option
		case "pictures.alt":
			if found, ok := k.media[m.Media]; ok {
				items[i] = found.Alt[c.locale]
			}
		}
	}
	return joinList(items)
}

func (k *lookup) panelCell(c column, p *catalog.Product) string {
	if c.n > len(p.Panels) {
		return ""
	}
	panel, ok := k.panels[p.Panels[c.n-1]]
	switch {
	case !ok:
		return ""
	case c.field == "panel.shared":
		if panel.Shared {
			return panel.ID.String()
		}
		return ""
	case panel.Shared:
		return ""
	case c.field == "panel.title":
		return panel.Titles[c.locale]
	}
	return panel.Bodies[c.locale]
}

func (k *lookup) linksCell(c column, p *catalog.Product) string {
	var codes []string
	for _, other := range p.Links {
		if string(other.Kind) == c.arg {
			codes = append(codes, k.codes[other.Other])
		}
	}
	return joinList(codes)
}

func (k *lookup) variantCell(c column, p *catalog.Product, v *catalog.Variant) string {
	switch c.field {
	case "sku":
		return v.SKU
	case "barcode":
		return v.Barcode
	case "price":
		return v.Price.String()
	case "compare_at":
		return optionalText(v.CompareAt)
	case "cost":
		return optionalText(v.Cost)
	case "content":
		return optionalText(v.Content)
	case "weight_g":
		return strconv.Itoa(v.WeightG)
	case "picture":
		return k.optionalRef(v.Picture)
	case "active":
		return yesText(v.Active)
	case "tracked":
		return yesText(v.Tracked)
	case "backorder":
		return yesText(v.Backorder)
	case "stock":
		if v.Tracked {
			return strconv.Itoa(v.OnHand)
		}
	case "low_at":
		return strconv.Itoa(v.LowAt)
	case "reorder_qty":
		return strconv.Itoa(v.Reorder)
	case "option.value", "option.value.name", "option.swatch":
		return k.optionCell(c, p, v)
	}
	return ""
}

func (k *lookup) optionCell(c column, p *catalog.Product, v *catalog.Variant) string {
	if c.n > len(p.Options) {
		return ""
	}
	o := p.Options[c.n-1]
	code := v.Options[o.Code]
	if c.field == "option.value" {
		return code
	}
	for _, x := range o.Values {
		if x.Code == code {
			if c.field == "option.swatch" {
				return k.optionalRef(x.Media)
			}
			return x.Name[c.locale]
		}
	}
	return ""
}

func (k *lookup) optionalRef(m *media.ID) string {
	if m == nil {
		return ""
	}
	return k.ref(*m)
}

func optionalText(n *decimal.Decimal) string {
	if n == nil {
		return ""
	}
	return n.String()
}

func flagText(f catalog.Flag) string {
	switch {
	case !f.On:
		return ""
	case f.From == nil && f.Until == nil:
		return yes
	}
	from, until := "", ""
	if f.From != nil {
		from = instantText(*f.From)
	}
	if f.Until != nil {
		until = instantText(*f.Until)
	}
	return from + ".." + until
}
