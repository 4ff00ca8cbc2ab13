package cart

import (
	"cmp"
	"slices"

	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/stock"
)

// Of is what the line is about: its variant's good, in words and at a price that contain its extras.
// Where they cannot be had as they were chosen the line is Withdrawn, and not sold at another price.
func (l Line) Of(goods map[stock.VariantID]Good) (Good, Problem) {
	g, ok := goods[l.Variant]
	if !ok || !g.ForSale {
		return g, Gone
	}
	extras, ok := catalog.Priced(g.offered, l.Extras, g.currency)
	if !ok {
		return g, Withdrawn
	}
	g.Extras = extras
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
