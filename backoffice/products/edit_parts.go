package products

import (
	"strconv"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/catalog"
)

func (m *editor) header() ui.Header {
	v := m.visit.View
	h := ui.Header{
		Title:  m.name(),
		Crumbs: []ui.Crumb{{Label: v.T("office.nav.products"), Href: m.visit.Href("products")}, {Label: m.name()}},
		Badges: []ui.Badge{stateBadge(v, m.Product.State)},
	}
	if m.Product.State == catalog.Published {
		h.Actions = append(h.Actions, ui.Action{Label: v.T("products.see"), Href: m.inShop(), NewTab: true})
	}
	if m.visit.Can("articles.edit") {
		h.More = append(h.More, ui.Action{Label: v.T("products.versions.undo"), Post: m.path("versions", "last"),
			Name: "rev", Value: strconv.Itoa(m.Product.Rev), Icon: ui.IconArrowBackUp})
	}
	h.More = append(h.More, ui.Action{Label: v.T("products.versions.title"), Href: m.path("versions"), Icon: ui.IconHistory})
	return h
}

// inShop is the article's page in the shop, in the reader's language if the shop serves it.
func (m *editor) inShop() string {
	l := m.Settings.Languages.Default
	if m.Settings.Languages.Serves(m.visit.View.Locale) {
		l = m.visit.View.Locale
	}
	if t, ok := m.Product.Texts[l]; !ok || t.Slug == "" {
		l = m.Settings.Languages.Default
	}
	return shopPage(m.visit, m.Settings, l, m.Product.Texts[l].Slug)
}

func (m *editor) stateField() ui.Field {
	f := m.field("state", "state", m.Sheet.State)
	for _, s := range states {
		if s == catalog.Archived && !m.visit.Can("articles.delete") && m.Product.State != catalog.Archived {
			continue
		}
		f.Options = append(f.Options, ui.Option{
			Value: string(s), Label: m.stateName(string(s)), Help: m.visit.T("products.state." + string(s) + ".help"),
		})
	}
	return f
}

var states = []catalog.State{catalog.Published, catalog.Draft, catalog.Archived}

func (m *editor) facts() []ui.Term {
	v := m.visit.View
	terms := []ui.Term{
		{Name: v.T("products.fact.updated"), Body: ui.When(v, m.Product.UpdatedAt)},
		{Name: v.T("products.fact.created"), Body: ui.DayOf(v, m.Product.CreatedAt)},
	}
	if m.Product.PublishedAt != nil {
		terms = append(terms, ui.Term{Name: v.T("products.fact.published"), Body: ui.DayOf(v, *m.Product.PublishedAt)})
	}
	return terms
}

// variantFacts say what the variants cost and how many pieces there are.
func (m *editor) variantFacts() []ui.Term {
	v := m.visit.View
	pieces, tracked := 0, false
	for _, variant := range m.Product.Variants {
		if variant.Tracked {
			pieces, tracked = pieces+variant.OnHand, true
		}
	}
	stock := v.T("products.stock.uncounted")
	if tracked {
		stock = v.Number(pieces)
	}
	return []ui.Term{{Name: v.T("products.field.price"), Text: m.priceRange(m.Product)}, {Name: v.T("products.field.stock"), Text: stock}}
}

// priceRange is what the variants of an article cost, from the lowest price to the highest.
func (m *editor) priceRange(p *catalog.Product) string {
	v, cur := m.visit.View, m.Settings.Rules().Currency
	low, high := p.Variants[0].Price, p.Variants[0].Price
	for _, variant := range p.Variants {
		if variant.Price.LessThan(low) {
			low = variant.Price
		}
		if variant.Price.GreaterThan(high) {
			high = variant.Price
		}
	}
	price := v.Money(money.New(low, cur))
	if !low.Equal(high) {
		price += " – " + v.Money(money.New(high, cur))
	}
	return price
}

func (m *editor) saveBar() ui.Save {
	v := m.visit.View
	s := ui.Save{Cancel: m.visit.Href("products")}
	if m.Product.State == catalog.Draft {
		s.More = []ui.Action{{Label: v.T("products.save_publish"), Icon: ui.IconRocket, Name: "do", Value: "publish"}}
	}
	return s
}

// labels name the fields for the list of errors over the form.
func (m *editor) labels() map[string]string {
	labels := map[string]string{"photos": m.visit.T("products.section.photos"), "node": m.visit.T("products.field.nodes")}
	for _, name := range []string{"price", "stock", "stock_note", "sku", "code", "barcode", "compare_at", "cost", "weight",
		"low_at", "reorder", "unit", "measure", "content", "prices", "available_on", "state", "kind", "show_stock"} {
		labels[name] = m.visit.T("products.field." + name)
	}
	for _, name := range []string{"for", "profile", "currency", "from", "until", "price", "compare_at", "tiers"} {
		labels["prices."+name] = m.visit.T("products.field.prices." + name)
	}
	for _, one := range m.Measures {
		labels["ship."+one.mode] = one.label()
	}
	for _, name := range []string{"name", "summary", "body", "slug", "seo_title", "seo_description"} {
		for _, l := range m.Locales {
			labels[name+"."+string(l)] = m.visit.T("products.field."+name) + " (" + l.Name() + ")"
		}
	}
	for i, name := range flagNames {
		for _, end := range []string{"from", "until"} {
			labels["flag."+strconv.Itoa(i)+"."+end] = m.flagLabel(name, end)
		}
	}
	return labels
}

func (m *editor) clashTerms() []ui.Term {
	terms := make([]ui.Term, len(m.Clash))
	for i, d := range m.Clash {
		terms[i] = ui.Term{Name: d.Label, Body: clashBoth(m.visit.View, d)}
	}
	return terms
}

// orderActions move a thing of a list up, down or out of it; the words name it for those who do
// not see where the button stands.
func (m *editor) orderActions(thing string, at, of int, name string) []ui.Action {
	v := m.visit.View
	args := ui.Args{"name": name}
	value := func(deed string) string { return thing + "." + deed + "." + strconv.Itoa(at) }
	var actions []ui.Action
	if at > 0 {
		actions = append(actions, ui.Action{Label: v.T("products.order.up", args), Icon: ui.IconArrowUp, IconOnly: true, Look: ui.Plain, Name: "do", Value: value("up")})
	}
	if at < of-1 {
		actions = append(actions, ui.Action{Label: v.T("products.order.down", args), Icon: ui.IconArrowDown, IconOnly: true, Look: ui.Plain, Name: "do", Value: value("down")})
	}
	return actions
}

func linkChoices(v ui.View) []ui.Option {
	choices := []ui.Option{{Label: v.T("products.link.none")}}
	for _, k := range linkKinds {
		choices = append(choices, ui.Option{Value: string(k), Label: v.T("products.link." + string(k))})
	}
	return choices
}

func (m *editor) linkName(other string) string {
	for p, card := range m.Linked {
		if p.String() == other {
			return card.Name
		}
	}
	return m.visit.T("products.links.gone")
}

func (m *editor) panelTitle(p panelField) string {
	if title := m.text(textOf(p.Title)); title != "" {
		return title
	}
	return m.visit.T("products.panels.new")
}

// truth is the value of a check box.
func truth(on bool) string {
	if on {
		return "1"
	}
	return ""
}

func long(t ui.Texts, rows int) ui.Texts {
	t.LongText, t.Rows = true, rows
	return t
}

func stateBadge(v ui.View, s catalog.State) ui.Badge {
	tones := map[catalog.State]ui.Tone{catalog.Published: ui.Good, catalog.Draft: ui.Neutral, catalog.Archived: ui.Warn}
	return ui.Badge{Label: v.T("products.state." + string(s)), Tone: tones[s], Dot: true}
}

var flagNames = []string{"new", "discover", "forthcoming"}

func (m *editor) flag(i int) flagField {
	if i < len(m.Sheet.Flags) {
		return m.Sheet.Flags[i]
	}
	return flagField{}
}

func (m *editor) flagLabel(flag, end string) string {
	return m.visit.T("products.flag."+end, ui.Args{"flag": i18n.Key("products.flag." + flag)})
}

func (m *editor) flagDate(name, flag, end, value string) ui.Field {
	return ui.Field{Name: name, Label: m.flagLabel(flag, end), Value: value, Error: m.Answers.Errors[name]}
}
