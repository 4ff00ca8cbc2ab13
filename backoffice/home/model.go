package home

import (
	"github.com/a-h/templ"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/start"
	"echoppe.dev/tenant/stats"
)

// greeting calls the visitor by name; a mail address is not one, and stands beside the menu already.
func greeting(v *desk.Visit) string {
	if v.Account.Name == "" {
		return v.T("home.title_nameless")
	}
	return v.T("home.title", ui.Args{"name": v.Account.Name})
}

// figures are the cards on top; a visitor sees those of his own work.
func (m homeModel) figures(v *desk.Visit) []ui.Stat {
	today, yesterday := m.Today.Now(), m.Today.Yesterday()
	var cards []ui.Stat
	turnover := v.T("home.yesterday", ui.Args{"value": yesterday.Turnover})
	if n := m.Today.Elsewhere; n > 0 {
		turnover += " · " + v.T("home.old_currency", ui.Args{"n": n, "days": len(m.Today.Days)})
	}
	if v.Can("orders.view") {
		cards = append(cards,
			ui.Stat{Label: v.T("home.orders_today"), Value: v.View.Number(today.Orders), Note: v.T("home.yesterday", ui.Args{"value": yesterday.Orders}), Href: v.Href("orders")},
			ui.Stat{Label: v.T("home.turnover_today"), Value: v.View.Money(today.Turnover), Note: turnover, Trend: trend(m.Today.Days)},
			ui.Stat{Label: v.T("home.to_ship"), Value: v.View.Number(m.Today.ToShip), Note: v.T("home.unpaid", ui.Args{"n": m.Today.Unpaid}), Href: v.Href("orders?state=to_ship")},
		)
	}
	if v.Can("stock.view") { // the two alerts of the stock (STK-05)
		low := ui.Stat{Label: v.T("home.low"), Value: v.View.Number(m.Today.Low), Note: v.T("home.low_note"), Href: v.Href("stock?show=low")}
		out := ui.Stat{Label: v.T("home.sold_out"), Value: v.View.Number(m.Today.Out), Note: v.T("home.sold_out_note"), Href: v.Href("stock?show=out")}
		if m.Today.Low > 0 {
			low.Tone = ui.Warn
		}
		if m.Today.Out > 0 {
			out.Tone = ui.Bad
		}
		cards = append(cards, low, out)
	}
	return cards
}

// trend is the turnover of the last days as a small line.
func trend(days []stats.Day) []float64 {
	line := make([]float64, len(days))
	for i, d := range days {
		line[i] = d.Turnover.Decimal().InexactFloat64() // for drawing only
	}
	return line
}

// steps are what remains before the shop sells; nil when nothing does, and for those who may not set the
// shop up: what they cannot do is nothing they should be sent to.
func (m homeModel) steps(v *desk.Visit) []ui.Step {
	if !v.Can("settings.edit") {
		return nil
	}
	s := m.Steps
	list := []ui.Step{
		step(v, "asked", s.Asked, 1, link(v, "settings.edit", "welcome")),
		step(v, "named", s.Named, 2, link(v, "settings.edit", "settings/identity")),
		step(v, "article", s.Published > m.Samples, 3, link(v, "articles.edit", "products/new")),
	}
	if s.Answers.Trade.Carries() {
		list = append(list, step(v, "delivery", s.Shipping > 0, 2, link(v, "settings.edit", "settings/shipping")))
	}
	list = append(list, paying(v, s),
		step(v, "lawful", s.Lawful(), 5, link(v, "content.edit", "settings/pages")),
		step(v, "confirmed", v.Account.Verified, 1, &ui.Action{Post: v.Href("welcome/confirm")}),
		step(v, "order", s.Orders > 0, 2, &ui.Action{Href: v.Office.Shop.URL, NewTab: true}),
	)
	return marked(list)
}

// paying is the step of getting paid. A makeshift is done and says so; it leads to the first way to pay
// that was prepared and lacks only what the merchant knows.
func paying(v *desk.Visit, s start.Steps) ui.Step {
	path := "settings/payment"
	if s.Prepared != "" {
		path += "/" + s.Prepared
	}
	one := step(v, "payment", s.Payment > 0, 2, link(v, "settings.payment", path))
	makeshift := ""
	switch {
	case s.Payment == 0:
	case s.RealMoney == 0:
		makeshift = "home.step.payment.test"
	case s.RealMoney == s.ByCash:
		makeshift = "home.step.payment.cash"
	}
	if makeshift != "" {
		one.State, one.Text = ui.StepWarn, v.T(makeshift)
		one.Action = link(v, "settings.payment", path)
		label(v, "payment", one.Action)
	}
	if one.State != ui.StepDone && s.Prepared != "" {
		one.Text += " " + v.T("home.step.payment.prepared")
	}
	return one
}

// step is one step: its words are "home.step." and its name.
func step(v *desk.Visit, name string, done bool, minutes int, do *ui.Action) ui.Step {
	one := ui.Step{Title: v.T("home.step." + name), Text: v.T("home.step." + name + ".text"), Minutes: minutes, State: ui.StepOpen}
	if done {
		one.State, one.Text = ui.StepDone, ""
		return one
	}
	label(v, name, do)
	one.Action = do
	return one
}

func label(v *desk.Visit, name string, do *ui.Action) {
	if do != nil {
		do.Label = v.T("home.step." + name + ".do")
	}
}

// link leads to a page of the office, for those who may use it.
func link(v *desk.Visit, permission, path string) *ui.Action {
	if !v.Can(permission) {
		return nil
	}
	return &ui.Action{Href: v.Href(path)}
}

// marked makes the first open step the next one; nil when nothing remains to be done.
func marked(list []ui.Step) []ui.Step {
	next, left := -1, false
	for i, s := range list {
		left = left || s.State != ui.StepDone
		if s.State == ui.StepOpen && next < 0 {
			next = i
		}
	}
	if !left {
		return nil
	}
	if next >= 0 {
		list[next].State = ui.StepCurrent
		if list[next].Action != nil {
			list[next].Action.Look = ui.Primary
		}
	}
	return list
}

// newest is the table of the latest orders.
func (m homeModel) newest(v *desk.Visit) ui.Table {
	t := ui.Table{
		Caption: v.T("home.newest"), Bare: true,
		Columns: []ui.Column{{Title: v.T("home.order"), Main: true}, {Title: v.T("home.buyer")}, {Title: v.T("home.state")}, {Title: v.T("home.total"), End: true}},
		Empty:   ui.Empty{Icon: ui.IconShoppingBag, Title: v.T("home.no_orders")},
	}
	for _, r := range m.Newest {
		t.Rows = append(t.Rows, ui.Row{ID: r.ID.String(), Name: r.Number, Cells: []templ.Component{
			ui.TitleCell(v.View, ui.Title{Text: r.Number, Href: v.Href("orders/" + r.ID.String()), Sub: v.View.DayTime(r.PlacedAt)}),
			ui.TwoLineCell(r.Buyer, place(v.View, r)), ui.TextCell(v.T(r.State.Key())), ui.TextCell(v.View.Money(r.Total)),
		}})
	}
	return t
}

func place(v ui.View, r order.Row) string {
	if r.Country == "" {
		return r.Email
	}
	return address.CountryName(v.Locale, r.Country)
}

// trades are the answers to what is sold.
func trades(v *desk.Visit) []ui.Option {
	icons := map[start.Trade]ui.Icon{start.Physical: ui.IconPackage, start.Digital: ui.IconDownload, start.Services: ui.IconCalendar, start.All: ui.IconStack}
	options := make([]ui.Option, 0, len(icons))
	for _, t := range start.Trades() {
		options = append(options, ui.Option{Value: string(t), Label: v.T("home.trade." + string(t)), Help: v.T("home.trade." + string(t) + ".text"), Icon: icons[t]})
	}
	return options
}

func countries(v ui.View) []ui.Option {
	list := address.Countries(v.Locale)
	options := make([]ui.Option, len(list))
	for i, c := range list {
		options[i] = ui.Option{Value: c.Code, Label: c.Name}
	}
	return options
}
