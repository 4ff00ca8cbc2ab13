package orders

import (
	"net/url"

	"github.com/a-h/templ"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/shipping"
)

// listModel is what the list shows.
type listModel struct {
	Query     listQuery
	Refused   error // what of the query could not be read
	Page      order.Page
	Found     int
	Tally     map[order.State]int
	Held      int // that wait for a person
	Pledged   int // whose money a bank holds ready
	ToShip    int
	Awaited   int // pre-ordered lines that have not left
	Cards     int // sealed cards that wait to be keyed
	Disputed  int // payments that wait for evidence
	Payments  []payment.Mode
	Shippings []shipping.Stored
	Currency  money.Currency
}

func (m listModel) answers(v *desk.Visit) ui.Answers {
	q := m.Query
	typed := url.Values{"from": {q.From}, "until": {q.Until}, "least": {q.Least}, "most": {q.Most}}
	if m.Refused != nil {
		return ui.Refused(v.View, typed, m.Refused)
	}
	return ui.Asked(typed)
}

// found says how many orders the filter finds.
func (m listModel) found(v *desk.Visit) string {
	if m.Found >= maxCounted {
		return v.T("orders.found_many", ui.Args{"n": maxCounted})
	}
	return v.T("orders.found", ui.Args{"n": m.Found})
}

// tabs leads to the orders of each state.
func (m listModel) tabs(v *desk.Visit) []ui.Tab {
	all := 0
	for _, n := range m.Tally {
		all += n
	}
	tabs := []ui.Tab{{Label: v.T("orders.all"), Href: v.View.With("state", "", "after", ""), Count: all, Current: m.Query.State == ""}}
	tabs = append(tabs, ui.Tab{
		Label: v.T("orders.to_ship"), Href: v.View.With("state", toShip, "after", ""), Current: m.Query.State == toShip,
		Count: m.ToShip,
	})
	if m.Pledged > 0 || m.Query.State == toCollect {
		tabs = append(tabs, ui.Tab{Label: v.T("orders.to_collect"), Href: v.View.With("state", toCollect, "after", ""), Current: m.Query.State == toCollect, Count: m.Pledged})
	}
	if m.Cards > 0 {
		tabs = append(tabs, ui.Tab{Label: v.T("orders.cards"), Href: v.Href("orders/cards"), Count: m.Cards})
	}
	if m.Disputed > 0 {
		tabs = append(tabs, ui.Tab{Label: v.T("orders.disputes"), Href: v.Href("orders/disputes"), Count: m.Disputed})
	}
	if m.Held > 0 || m.Query.State == onHold {
		tabs = append(tabs, ui.Tab{Label: v.T("orders.held"), Href: v.View.With("state", onHold, "after", ""), Current: m.Query.State == onHold, Count: m.Held})
	}
	if m.Awaited > 0 {
		tabs = append(tabs, ui.Tab{Label: v.T("orders.waiting"), Href: v.Href("orders/waiting"), Count: m.Awaited})
	}
	for _, s := range order.States() {
		tabs = append(tabs, ui.Tab{
			Label: v.T(s.Key()), Href: v.View.With("state", string(s), "after", ""), Count: m.Tally[s], Current: m.Query.State == string(s),
		})
	}
	return tabs
}

// chips are the filters in force, each with the way out of it.
func (m listModel) chips(v *desk.Visit) []ui.Chip {
	q := m.Query
	var chips []ui.Chip
	add := func(name, label string) {
		chips = append(chips, ui.Chip{Label: label, Href: v.View.With(name, "", "after", "")})
	}
	if q.Text != "" {
		add("q", v.View.Quoted(q.Text))
	}
	if q.Payment != "" {
		add("payment", v.T(order.PaymentState(q.Payment).Key()))
	}
	for _, mode := range m.Payments {
		if mode.ID.String() == q.Mode {
			add("mode", modeName(v.View.Locale, mode))
		}
	}
	for _, mode := range m.Shippings {
		if mode.ID == q.Shipping {
			add("shipping", mode.Name.In(v.View.Locale))
		}
	}
	for _, f := range []struct{ name, text string }{{"from", q.From}, {"until", q.Until}, {"least", q.Least}, {"most", q.Most}} {
		if f.text != "" {
			add(f.name, v.T("orders.chip."+f.name, ui.Args{"value": f.text}))
		}
	}
	return chips
}

func (m listModel) filter(v *desk.Visit) ui.Filter {
	return ui.Filter{
		Search: m.Query.Text, SearchLabel: v.T("orders.search"), Chips: m.chips(v), Fields: 7, Open: m.Refused != nil,
		Clear: v.Href("orders"), Keep: keep(map[string]string{"state": m.Query.State}),
	}
}

func keep(fields map[string]string) map[string]string {
	for name, value := range fields {
		if value == "" {
			delete(fields, name)
		}
	}
	return fields
}

func (m listModel) paymentChoice(v *desk.Visit) ui.Field {
	f := ui.Field{Name: "payment", Label: v.T("orders.payment"), Value: m.Query.Payment, Options: []ui.Option{{Label: v.T("orders.any")}}}
	for _, s := range paymentStates() {
		f.Options = append(f.Options, ui.Option{Value: string(s), Label: v.T(s.Key())})
	}
	return f
}

func (m listModel) modeChoice(v *desk.Visit) ui.Field {
	f := ui.Field{Name: "mode", Label: v.T("orders.mode"), Value: m.Query.Mode, Options: []ui.Option{{Label: v.T("orders.any")}}}
	for _, mode := range m.Payments {
		f.Options = append(f.Options, ui.Option{Value: mode.ID.String(), Label: modeName(v.View.Locale, mode)})
	}
	return f
}

func (m listModel) shippingChoice(v *desk.Visit) ui.Field {
	f := ui.Field{Name: "shipping", Label: v.T("orders.shipping"), Value: m.Query.Shipping, Options: []ui.Option{{Label: v.T("orders.any")}}}
	for _, mode := range m.Shippings {
		f.Options = append(f.Options, ui.Option{Value: mode.ID, Label: mode.Name.In(v.View.Locale)})
	}
	return f
}

func (m listModel) table(v *desk.Visit) ui.Table {
	names := namesOf(m.Payments, m.Shippings)
	t := ui.Table{
		ID: "orders", Caption: v.T("orders.title"), BulkPost: v.Href("orders/print"),
		Bulk: []ui.Action{{Label: v.T("orders.print_selected"), Icon: ui.IconPrinter}},
		Columns: []ui.Column{
			{Title: v.T("orders.order"), Main: true}, {Title: v.T("orders.buyer")}, {Title: v.T("orders.state")},
			{Title: v.T("orders.payment")}, {Title: v.T("orders.shipping"), Wide: true}, {Title: v.T("orders.total"), End: true},
		},
		Empty: m.empty(v),
	}
	for _, r := range m.Page.Rows {
		title := ui.Title{Text: r.Number, Href: v.Href("orders/" + r.ID.String()), Sub: v.View.DayTime(r.PlacedAt)}
		if r.Test {
			title.Badges = []ui.Badge{{Label: v.T("orders.test"), Tone: ui.Warn}}
		}
		if r.Held {
			title.Badges = append(title.Badges, heldBadge(v.View))
		}
		t.Rows = append(t.Rows, ui.Row{ID: r.ID.String(), Name: r.Number, Cells: []templ.Component{
			ui.TitleCell(v.View, title), ui.TwoLineCell(r.Buyer, place(v.View, r)), ui.BadgeCell(v.View, stateBadge(v.View, r.State)),
			paymentCell(v.View, r), ui.TwoLineCell(names.of(v.View.Locale, r.Shipping), v.T("orders.pieces", ui.Args{"n": r.Pieces})),
			ui.TextCell(v.View.Money(r.Total)),
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

func (m listModel) empty(v *desk.Visit) ui.Empty {
	if m.Query == (listQuery{}) {
		return ui.Empty{Icon: ui.IconShoppingBag, Title: v.T("orders.none"), Text: v.T("orders.none_text"), Actions: []ui.Action{
			{Label: v.T("orders.buy_yourself"), Href: v.Office.Shop.URL, Icon: ui.IconExternalLink, NewTab: true},
		}}
	}
	return ui.Empty{Icon: ui.IconSearch, Title: v.T("orders.none_found"), Actions: []ui.Action{{Label: v.T("ui.filters_clear"), Href: v.Href("orders")}}}
}

func (m listModel) pages() ui.Pages {
	p := ui.Pages{After: m.Page.Next}
	if m.Query.After != "" {
		p.Before = "newest" // the list knows no page before; this leads to the first
	}
	return p
}

// Tones of states: what waits for somebody is warm, what is settled is calm.
func stateBadge(v ui.View, s order.State) ui.Badge {
	tones := map[order.State]ui.Tone{
		order.Placed: ui.Info, order.Paid: ui.Warn, order.AwaitingShipment: ui.Warn, order.Shipped: ui.Good,
		order.Delivered: ui.Good, order.Closed: ui.Neutral, order.Cancelled: ui.Bad, order.Refunded: ui.Neutral,
	}
	return ui.Badge{Label: v.T(s.Key()), Tone: tones[s], Dot: true}
}

// awaited tells whether the money of an order is worth a word: nobody waits for that of one called off.
func awaited(s order.State, p order.PaymentState) bool {
	return s != order.Cancelled || p != order.Unpaid && p != order.NothingYet
}

func paymentCell(v ui.View, r order.Row) templ.Component {
	if !awaited(r.State, r.Payment) {
		return ui.TextCell("–")
	}
	if r.Pledged {
		return ui.BadgeCell(v, ui.Badge{Label: v.T("orders.to_collect"), Tone: ui.Info})
	}
	return ui.BadgeCell(v, paymentBadge(v, r.Payment))
}

func paymentBadge(v ui.View, s order.PaymentState) ui.Badge {
	tones := map[order.PaymentState]ui.Tone{
		order.Unpaid: ui.Warn, order.PartPaid: ui.Warn, order.FullyPaid: ui.Good, order.CreditOwed: ui.Bad,
		order.PartRefunded: ui.Neutral, order.AllRefunded: ui.Neutral, order.DepositPaid: ui.Info, order.NothingYet: ui.Neutral,
	}
	return ui.Badge{Label: v.T(s.Key()), Tone: tones[s]}
}

func shipmentBadge(v ui.View, s order.ShipmentState) ui.Badge {
	tones := map[order.ShipmentState]ui.Tone{
		order.NothingToShip: ui.Neutral, order.NotShipped: ui.Warn, order.PartShipped: ui.Warn, order.AllShipped: ui.Good, order.AllDelivered: ui.Good,
	}
	return ui.Badge{Label: v.T(s.Key()), Tone: tones[s]}
}

// actions lead to what there is to see over many orders.
func (m listModel) actions(v *desk.Visit) []ui.Action {
	var actions []ui.Action
	if v.Can("orders.edit") {
		actions = append(actions, ui.Action{Label: v.T("orders.request.title"), Href: v.Href("orders/request"), Icon: ui.IconCoin})
	}
	if v.Can("reports.view") {
		actions = append(actions, ui.Action{Label: v.T("orders.margins"), Href: v.Href("orders/carriage"), Icon: ui.IconChartBar})
	}
	return actions
}
