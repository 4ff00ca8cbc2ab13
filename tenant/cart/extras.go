package cart

import (
	"cmp"
	"slices"

	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/stock"
)

// Of is what the line is about: its variant's good, in words and at a price that contain its extras.
// Where they cannot be had as they were chosen the line is Withdrawn, and not sold at another price. A
// price that was agreed for a line stands whatever the catalogue says today.
func (l Line) Of(goods map[stock.VariantID]Good) (Good, Problem) {
	g, ok := goods[l.Variant]
	if !ok || !g.ForSale {
		return g, Gone
	}
	extras, ok := catalog.Priced(g.offered, l.Extras, g.currency)
	if !ok {
		return g, Withdrawn
	}
	if g.Extras = extras; l.Agreed != nil {
		g.agree(*l.Agreed)
	}
	g.Options = slices.Clone(g.Options)
	for i := range g.offered {
		e := &g.offered[i]
		if value := e.Value(l.Extras[e.Code]); value != nil {
			g.Options = append(g.Options, Option{
				Name: cmp.Or(e.Name.In(g.words[0], g.words[1]), e.Code), Value: cmp.Or(value.Name.In(g.words[0], g.words[1]), value.Code),
			})
		}
	}
	return g, NoProblem
}

// agree puts a price that was agreed in place of the catalogue's: the extras are in it, and cost nothing
// more, and no discount touches it.
func (g *Good) agree(price pricing.Price) {
	g.agreed, g.Gross, g.Blocked = &price, price.IncludesTax, true
	g.Extras = slices.Clone(g.Extras)
	for i := range g.Extras {
		g.Extras[i].Part = pricing.Part{}
	}
}
