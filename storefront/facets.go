package storefront

import (
	"maps"
	"slices"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/catalog"
)

// facets are the filters of a list, the price first.
func (v *visit) facets(found []catalog.Facet) []*view.Facet {
	var list []*view.Facet
	if !v.profile.undecided {
		list = append(list, v.priceFacet())
	}
	for _, f := range found {
		if len(f.Values) == 0 {
			continue
		}
		field := v.facetField(f)
		facet := &view.Facet{Key: f.Code, Label: nameOr(f.Name.In(v.locale(), v.main()), f.Code), Kind: "list", Field: field,
			Open: len(v.query[field]) > 0}
		for _, value := range f.Values {
			code := v.facetValue(f, value)
			facet.Values = append(facet.Values, view.FacetValue{Value: code, Count: value.Count,
				Label: nameOr(value.Name.In(v.locale(), v.main()), code), Selected: slices.Contains(v.query[field], code)})
		}
		list = append(list, facet)
	}
	return append(list, v.unmet(list)...)
}

// unmet are the filters that are set and that nothing on the list meets: they must be seen to be
// taken away.
func (v *visit) unmet(met []*view.Facet) []*view.Facet {
	var list []*view.Facet
	for _, field := range slices.Sorted(maps.Keys(v.query)) {
		code, option := cutField(field, "o_")
		if !option {
			var ok bool
			if code, ok = cutField(field, "f_"); !ok {
				continue
			}
		}
		if slices.ContainsFunc(met, func(f *view.Facet) bool { return f.Field == field }) {
			continue
		}
		f := &view.Facet{Key: code, Label: code, Kind: "list", Field: field, Open: true}
		for _, value := range v.query[field] {
			f.Values = append(f.Values, view.FacetValue{Value: value, Label: value, Selected: true})
		}
		list = append(list, f)
	}
	return list
}

// priceFacet is the range of prices, in the display currency.
func (v *visit) priceFacet() *view.Facet {
	f := &view.Facet{Key: "price", Kind: "range", Field: "price", Unit: v.display.Currency.Code(),
		Low: v.priceInput("price_min"), High: v.priceInput("price_max")}
	f.Open = f.Low.Value != "" || f.High.Value != ""
	return f
}

func (v *visit) priceInput(name string) view.Input {
	in := view.Input{Name: name, Value: v.query.Get(name)}
	if n, typed := v.bound(name); typed && n == nil {
		in.Error = v.say("form.number", nil)
	}
	return in
}

func (v *visit) facetField(f catalog.Facet) string {
	if f.Kind == "option" {
		return optionField(f.Code)
	}
	return "f_" + f.Code
}

// facetValue is a value as addresses name it: nodes by their code rather than their id.
func (v *visit) facetValue(f catalog.Facet, value catalog.FacetValue) string {
	if f.Kind == "option" {
		return value.Code
	}
	if n, ok := v.node(value.Code); ok {
		return n.Code
	}
	return value.Code
}

// active are the filters set, each a link that takes it away.
func (v *visit) active(base string, facets []*view.Facet) []*view.Link {
	var list []*view.Link
	take := func(label, name string, left ...string) {
		list = append(list, &view.Link{Label: label, URL: withQuery(base, v.but(name, left...))})
	}
	if n, _ := v.bound("price_min"); n != nil {
		take("≥ "+v.query.Get("price_min")+" "+v.display.Currency.Code(), "price_min")
	}
	if n, _ := v.bound("price_max"); n != nil {
		take("≤ "+v.query.Get("price_max")+" "+v.display.Currency.Code(), "price_max")
	}
	for _, f := range facets {
		for _, value := range f.Values {
			if value.Selected {
				left := slices.DeleteFunc(slices.Clone(v.query[f.Field]), func(x string) bool { return x == value.Value })
				take(value.Label, f.Field, left...)
			}
		}
	}
	return list
}
