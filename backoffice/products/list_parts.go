package products

import (
	"github.com/a-h/templ"

	"echoppe.dev/backoffice/products/pictures"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/stock"
)

func (m *listing) header() ui.Header {
	v := m.visit.View
	h := ui.Header{Title: v.T("office.nav.products")}
	if !m.Empty {
		h.Lead = v.T("products.list.count", ui.Args{"n": m.Found.Total})
	}
	if m.visit.Can("articles.import") {
		h.More = append(h.More, ui.Action{Label: v.T("products.import"), Href: m.visit.Href("transfer"), Icon: ui.IconFileImport})
	}
	if m.visit.Can("articles.edit") && !m.Empty {
		if m.Found.Total > 0 {
			h.More = append(h.More, ui.Action{Label: v.T("products.change.all", ui.Args{"n": m.Found.Total}), Href: m.changeAll(), Icon: ui.IconPencil})
		}
		h.More = append(h.More, ui.Action{Label: v.T("products.changes.title"), Href: m.visit.Href("products/changes"), Icon: ui.IconHistory})
	}
	if m.visit.Can("articles.edit") {
		h.Actions = append(h.Actions, ui.Action{Label: v.T("products.new"), Href: m.visit.Href("products/new"), Icon: ui.IconPlus, Look: ui.Primary})
	}
	return h
}

func (m *listing) table() ui.Table {
	v := m.visit.View
	t := ui.Table{
		ID: "articles", Caption: v.T("office.nav.products"), Sort: m.Query.Sort, BulkPost: m.visit.Href("products"),
		Columns: []ui.Column{
			{Title: v.T("products.field.name"), Main: true, Sort: "name"}, {Title: v.T("products.field.state")},
			{Title: v.T("products.field.stock"), End: true}, {Title: v.T("products.field.price"), End: true, Sort: "price"},
		},
		Empty: m.emptyState(),
	}
	if m.visit.Can("articles.edit") {
		t.Bulk = m.bulkActions()
	}
	for _, card := range m.Found.Cards {
		t.Rows = append(t.Rows, ui.Row{
			ID: card.ID.String(), Name: card.Name, Muted: card.State == catalog.Archived, More: m.rowActions(card),
			Cells: []templ.Component{
				ui.TitleCell(v, m.title(card)), ui.BadgeCell(v, stateBadge(v, card.State)), m.stockCell(card), ui.TextCell(m.price(card)),
			},
		})
	}
	return t
}

func (m *listing) bulkActions() []ui.Action {
	v := m.visit.View
	all := []ui.Action{
		{Label: v.T("products.bulk.publish"), Icon: ui.IconRocket, Name: "to", Value: string(catalog.Published)},
		{Label: v.T("products.bulk.withdraw"), Icon: ui.IconEyeOff, Name: "to", Value: string(catalog.Draft)},
	}
	if m.visit.Can("articles.delete") && m.Query.State != string(catalog.Archived) {
		all = append(all, ui.Action{Label: v.T("products.bulk.archive"), Icon: ui.IconTrash, Name: "to", Value: string(catalog.Archived)})
	}
	return append(all, ui.Action{Label: v.T("products.change.more"), Icon: ui.IconPencil, Name: "to", Value: toMore})
}

// changeAll is where all articles the list finds can be changed.
func (m *listing) changeAll() string {
	way := &changeModel{visit: m.visit, Pick: pick{Search: m.Query.Search, State: m.Query.State, Family: m.Query.Family, Stock: m.Query.Stock}}
	return way.at("")
}

func (m *listing) rowActions(card catalog.Card) []ui.Action {
	v, at := m.visit.View, m.visit.Href("products/"+card.ID.String())
	var all []ui.Action
	state := card.State
	if state == catalog.Published {
		all = append(all, ui.Action{Label: v.T("products.see"), Href: shopPage(m.visit, m.Settings, card.SlugLocale, card.Slug), NewTab: true})
	}
	if !m.visit.Can("articles.edit") {
		return all
	}
	if card.Variants > 1 {
		all = append(all, ui.Action{Label: v.T("products.variants.title"), Href: at + "/variants", Icon: ui.IconStack})
	}
	to := func(s catalog.State, label string, icon ui.Icon) {
		all = append(all, ui.Action{Label: v.T(label), Icon: icon, Post: at + "/state", Name: "to", Value: string(s)})
	}
	if state != catalog.Published {
		to(catalog.Published, "products.bulk.publish", ui.IconRocket)
	}
	if state != catalog.Draft {
		to(catalog.Draft, "products.bulk.withdraw", ui.IconEyeOff)
	}
	if state != catalog.Archived && m.visit.Can("articles.delete") {
		to(catalog.Archived, "products.bulk.archive", ui.IconTrash)
	}
	return all
}

func (m *listing) title(card catalog.Card) ui.Title {
	t := ui.Title{Text: card.Name, Href: m.visit.Href("products/" + card.ID.String()), Sub: card.Code, Pic: true}
	if card.Cover != nil {
		t.Image = pictures.Src(m.visit.Href("products"), card.Cover.Sizes, thumbSide)
	}
	return t
}

func (m *listing) price(card catalog.Card) string {
	v, cur := m.visit.View, m.Settings.Rules().Currency
	low := v.Money(money.New(card.PriceMin, cur))
	if card.PriceMax.Equal(card.PriceMin) {
		return low
	}
	return v.T("products.price.from", ui.Args{"price": low})
}

// stockCell says how many pieces can be sold, and whether that is few.
func (m *listing) stockCell(card catalog.Card) templ.Component {
	v := m.visit.View
	level := stock.Level{OnHand: card.OnHand, LowAt: card.LowAt, Tracked: true}
	if level.LowAt == 0 {
		level.LowAt = m.Settings.Stock.LowAt
	}
	switch {
	case card.OnHand <= 0 && card.Available:
		return ui.TextCell(v.T("products.stock.uncounted")) // not counted, or sold beyond what is there
	case level.Signal() == stock.Out:
		return ui.BadgeCell(v, ui.Badge{Label: v.T("products.stock.out"), Tone: ui.Bad})
	case level.Signal() == stock.Low:
		return ui.BadgeCell(v, ui.Badge{Label: v.T("products.stock.low", ui.Args{"n": card.OnHand}), Tone: ui.Warn})
	default:
		return ui.TextCell(v.Number(card.OnHand))
	}
}

func (m *listing) emptyState() ui.Empty {
	v := m.visit.View
	if !m.Empty {
		return ui.Empty{Icon: ui.IconSearch, Title: v.T("products.list.none"), Text: v.T("products.list.none_text")}
	}
	e := ui.Empty{Icon: ui.IconPackage, Title: v.T("products.list.empty"), Text: v.T("products.list.empty_text")}
	if m.visit.Can("articles.edit") {
		e.Actions = append(e.Actions, ui.Action{Label: v.T("products.new"), Href: m.visit.Href("products/new"), Icon: ui.IconPlus, Look: ui.Primary})
	}
	if m.visit.Can("articles.import") {
		e.Actions = append(e.Actions, ui.Action{Label: v.T("products.import"), Href: m.visit.Href("transfer"), Icon: ui.IconFileImport})
	}
	return e
}
