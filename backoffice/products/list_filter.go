package products

import (
	"slices"
	"strings"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/catalog"
)

func (m *listing) filter() ui.Filter {
	v := m.visit.View
	f := ui.Filter{Search: m.Query.Search, SearchLabel: v.T("products.list.search"), Fields: 3, Keep: map[string]string{}}
	if m.Query.Sort != "" {
		f.Keep["sort"] = m.Query.Sort
	}
	chip := func(name, label string) {
		f.Chips = append(f.Chips, ui.Chip{Label: label, Href: v.With(name, "", "page", "")})
	}
	if m.Query.State != "" {
		chip("state", v.T("products.state."+string(m.states()[0])))
	}
	if m.Family != nil {
		chip("family", m.familyName(m.Family))
	}
	if m.Query.Stock != "" {
		chip("stock", v.T("products.filter."+string(m.short())))
	}
	if len(f.Chips) > 0 {
		f.Clear = v.With("state", "", "family", "", "stock", "", "page", "")
	}
	return f
}

func (m *listing) short() catalog.Short {
	if m.Query.Stock == string(catalog.ShortOut) {
		return catalog.ShortOut
	}
	return catalog.ShortLow
}

func (m *listing) stateChoices() []ui.Option {
	v := m.visit.View
	choices := []ui.Option{{Label: v.T("products.filter.current")}}
	for _, s := range states {
		choices = append(choices, ui.Option{Value: string(s), Label: v.T("products.state." + string(s))})
	}
	return choices
}

func (m *listing) stockChoices() []ui.Option {
	v := m.visit.View
	return []ui.Option{
		{Label: v.T("products.filter.any")},
		{Value: string(catalog.ShortLow), Label: v.T("products.filter.low")},
		{Value: string(catalog.ShortOut), Label: v.T("products.filter.out")},
	}
}

// maxFamilies is how many families the filter offers; of a larger tree the tops, and those around
// the chosen one.
const maxFamilies = 300

func (m *listing) familyChoices() []ui.Option {
	choices := []ui.Option{{Label: m.visit.T("products.filter.any")}}
	families, ok := m.Tree.Taxonomy(catalog.Families)
	if !ok {
		return choices
	}
	small := m.Tree.Size() <= maxFamilies
	var walk func(nodes []*catalog.Node)
	walk = func(nodes []*catalog.Node) {
		for _, n := range nodes {
			if len(choices) > maxFamilies {
				return
			}
			choices = append(choices, ui.Option{Value: n.ID.String(), Label: strings.Repeat("– ", n.Depth()-1) + m.familyName(n)})
			if small || m.Family != nil && slices.Contains(m.Family.Path, n.ID) {
				walk(m.Tree.Children(n.ID))
			}
		}
	}
	walk(m.Tree.Top(families.ID))
	return choices
}

func (m *listing) familyName(n *catalog.Node) string {
	return n.Text(m.visit.View.Locale, m.Settings.Languages.Default).Name
}

func (m *listing) pages() ui.Pages {
	number := max(m.Query.Page, 1)
	from := (number-1)*articlesAPage + 1
	return ui.Pages{
		Number: number, Last: max(1, m.Found.Pages(articlesAPage)),
		From: from, To: from + len(m.Found.Cards) - 1, Total: m.Found.Total,
	}
}
