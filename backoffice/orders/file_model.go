package orders

import (
	"slices"

	"github.com/a-h/templ"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payout"
	"echoppe.dev/tenant/pricing"
)

// fileModel is what the page of an order shows.
type fileModel struct {
	*checkout.File
	Modes     modeNames
	PaidOut   map[payment.ID][]payout.Item
	Refusals  refusals
	Held      func(payment.Payment) bool // whether a trusted third party takes the money
	Base      string                     // path of the order below the office
	BuyerPage string                     // address of the page the buyer sees
	Offices   map[payment.ID]string      // where payments are in the offices of their banks
}

func (m fileModel) header(v *desk.Visit) ui.Header {
	o := m.Order
	h := ui.Header{
		Title: o.Number, Lead: v.View.DayTime(o.PlacedAt) + " · " + o.Buyer,
		Crumbs: []ui.Crumb{{Label: v.T("orders.title"), Href: v.Href("orders")}, {Label: o.Number}},
		Badges: append([]ui.Badge{stateBadge(v.View, o.State)}, riskBadges(v.View, o)...),
		Actions: []ui.Action{
			{Label: v.T("orders.print"), Href: v.Href(m.Base + "/print"), Icon: ui.IconPrinter},
			{Label: v.T("orders.buyer_page"), Href: m.BuyerPage, Icon: ui.IconExternalLink, NewTab: true},
		},
	}
	if s := o.PaymentState(); awaited(o.State, s) {
		h.Badges = append(h.Badges, paymentBadge(v.View, s))
	}
	if s := o.ShipmentState(); s == order.PartShipped {
		h.Badges = append(h.Badges, shipmentBadge(v.View, s))
	}
	if m.Overdue {
		h.Badges = append(h.Badges, ui.Badge{Label: v.T("orders.request.overdue"), Tone: ui.Warn})
	}
	if o.Test {
		h.Badges = append(h.Badges, ui.Badge{Label: v.T("orders.test"), Tone: ui.Warn})
	}
	if m.may(v, order.Cancel) {
		h.More = []ui.Action{{Label: v.T(order.Cancel.Key()), Href: v.Href(m.Base + "/cancel"), Icon: ui.IconBan, Look: ui.Danger}}
	}
	return h
}

// may tells whether the order takes an event and the visitor may choose it.
func (m fileModel) may(v *desk.Visit, e order.Event) bool {
	return slices.Contains(m.Allowed, e) && v.Can(permissions[string(e)])
}

// steps are the events that need nothing but a remark, the likeliest first.
func (m fileModel) steps(v *desk.Visit) []ui.Action {
	var actions []ui.Action
	p, promised := m.promise()
	first := promised && !m.Held(p) // money held by a trusted third party waits for the parcel
	if first && v.Can(moveCapture.may) {
		actions = append(actions, ui.Action{Label: v.T("orders.capture_now", ui.Args{"amount": p.Amount}), Href: v.Href(m.Base + moveCapture.path(p)), Icon: moveCapture.icon})
	}
	if m.may(v, order.Ship) || m.shippable(v) {
		actions = append(actions, ui.Action{Label: v.T(order.Ship.Key()), Href: v.Href(m.Base + "/ship"), Icon: ui.IconTruck})
	}
	if m.Askable() && v.Can("orders.note") {
		ask := ui.Action{Label: v.T("orders.rest_ask"), Icon: ui.IconCoin}
		if len(checkout.Lacking(m.Waiting)) > 0 {
			ask.Href = v.Href(m.Base + "/ask")
		} else {
			ask.FormAction = v.Href(m.Base + "/ask")
		}
		actions = append(actions, ask)
	}
	if m.Linkable() && v.Can("orders.note") {
		actions = append(actions, ui.Action{Label: v.T("orders.send_link"), Icon: ui.IconMail, FormAction: v.Href(m.Base + "/link")})
	}
	icons := map[order.Event]ui.Icon{order.Await: ui.IconPackage, order.Deliver: ui.IconCircleCheck, order.Close: ui.IconLock}
	for _, e := range []order.Event{order.Deliver, order.Close, order.Await} {
		if m.may(v, e) {
			actions = append(actions, ui.Action{Label: v.T(e.Key()), Icon: icons[e], FormAction: v.Href(m.Base + "/" + string(e))})
		}
	}
	if len(actions) > 0 && (promised || !m.payFirst()) {
		actions[0].Look = ui.Primary
	}
	return actions
}

// shippable: an order that can be made ready can be sent in one go.
func (m fileModel) shippable(v *desk.Visit) bool {
	left := slices.ContainsFunc(m.Order.Lines, func(l order.Line) bool { return l.Left() > 0 })
	return left && m.may(v, order.Await)
}

// promise is the payment whose money a bank holds for the shop and waits to be asked for.
func (m fileModel) promise() (payment.Payment, bool) {
	i := slices.IndexFunc(m.Payments, func(p payment.Payment) bool { return isPromised(p, false) })
	if i < 0 {
		return payment.Payment{}, false
	}
	return m.Payments[i], true
}

// payable tells whether money for the order can be recorded by hand.
func (m fileModel) payable(v *desk.Visit) bool {
	_, promised := m.promise()
	return !promised && v.Can("orders.settle") && m.Order.Due().IsPositive() && m.Order.State != order.Cancelled && (len(m.Payments) > 0 || m.Order.Owes() || m.Order.Request != nil)
}

// payFirst tells that the natural next thing is money.
func (m fileModel) payFirst() bool {
	return m.Order.State == order.Placed && m.Order.Due().IsPositive() && (!m.Order.Secured() || m.Order.Advance.Asked != nil)
}

// stations show how far the order has come, in as few as fit on a phone; one that was called off has
// left the road.
func (m fileModel) stations(v *desk.Visit) []ui.Step {
	o := m.Order
	road := []order.State{order.Placed, order.Paid, order.Shipped, order.Delivered}
	switch o.State {
	case order.AwaitingShipment:
		road[2] = order.AwaitingShipment
	case order.Closed:
		road[3] = order.Closed
	case order.Placed, order.Paid, order.Shipped, order.Delivered:
	case order.Cancelled, order.Refunded:
		return nil
	}
	if o.ShipmentState() == order.NothingToShip {
		road = slices.Delete(road, 2, 3)
	}
	at := slices.Index(road, o.State)
	steps := make([]ui.Step, len(road))
	for i, s := range road {
		steps[i] = ui.Step{Title: v.T(s.Key()), State: ui.StepOpen}
		switch {
		case s == order.Paid && i < at && o.Due().IsPositive():
			steps[i].State = ui.StepWarn // sent before it is paid
		case i < at, i == at && s == order.Closed:
			steps[i].State = ui.StepDone
		case i == at:
			steps[i].State = ui.StepCurrent
		}
	}
	return steps
}

func (m fileModel) lines(v *desk.Visit) ui.Table {
	t := ui.Table{
		Caption: v.T("orders.lines"), Bare: true,
		Columns: []ui.Column{
			{Title: v.T("orders.article"), Main: true}, {Title: v.T("orders.unit"), End: true}, {Title: v.T("orders.qty"), End: true},
			{Title: v.T("orders.sent"), End: true}, {Title: v.T("orders.vat"), End: true}, {Title: v.T("orders.total"), End: true},
		},
	}
	for i, l := range m.Order.Lines {
		unit, total, off := figures(v.View, m.Order, m.Order.Priced, i)
		title := ui.Title{Text: l.Name, Sub: join(l.SKU, checkout.OptionsIn(l.Options, v.View.Locale), off)}
		if l.Expected != nil && l.Left() > 0 {
			title.Badges = []ui.Badge{{Label: v.T("orders.expected", ui.Args{"date": v.View.Day(*l.Expected)}), Tone: ui.Info}}
		}
		if !l.Product.IsZero() && v.Can("articles.view") {
			title.Href = v.Href("products/" + l.Product.String())
		}
		sent := "–"
		if l.Physical {
			sent = v.View.Number(l.Shipped) + " / " + v.View.Number(l.Qty)
		}
		t.Rows = append(t.Rows, ui.Row{ID: l.ID.String(), Name: l.Name, Cells: []templ.Component{
			ui.TitleCell(v.View, title), ui.TextCell(v.View.Money(unit)), ui.TextCell(v.View.Number(l.Qty)), ui.TextCell(sent),
			ui.TextCell(v.View.Percent(l.TaxRate)), ui.TextCell(v.View.Money(total)),
		}})
	}
	t.Foot = totals(v.View, m.Totals, len(t.Columns))
	return t
}

// figures are what a piece and the line cost as the buyer saw them, and what was taken off them. Under
// the lines stand the totals, with what was taken off the order as a whole. The price is that of the order, in the
// shop's currency or the buyer's.
func figures(v ui.View, o *order.Order, priced *pricing.Priced, line int) (unit, total money.Amount, off string) {
	l := o.Lines[line]
	if priced == nil || line >= len(priced.Lines) {
		return l.Unit, l.Total, ""
	}
	shown := bill.Lines(priced)[line]
	return shown.Unit, shown.Total, shown.Says(v.Locale)
}

func join(parts ...string) string {
	out := ""
	for _, p := range parts {
		if p == "" {
			continue
		}
		if out != "" {
			out += " · "
		}
		out += p
	}
	return out
}

// totals are the rows under a table of goods with so many columns, in the words of v, which may be the
// buyer's: a name in the first, an amount in the last.
func totals(v ui.View, list []bill.Total, columns int) []ui.Row {
	rows := make([]ui.Row, len(list))
	for i, t := range list {
		key, args := t.Label()
		label := v.T(key, args)
		if name := t.Note.In(v.Locale); name != "" {
			label += " (" + name + ")"
		}
		cells := make([]templ.Component, columns)
		for j := range cells {
			cells[j] = ui.TextCell("")
		}
		cells[0], cells[columns-1] = ui.TextCell(label), ui.TextCell(v.Money(t.Amount))
		rows[i] = ui.Row{Muted: t.Kind != "total", Cells: cells}
	}
	return rows
}

// taxTable is the VAT by rate, over the whole order.
func taxTable(v ui.View, p *pricing.Priced) ui.Table {
	t := ui.Table{
		Caption: v.T("orders.vat_by_rate"), Bare: true, Dense: true,
		Columns: []ui.Column{{Title: v.T("orders.rate"), Main: true}, {Title: v.T("orders.net"), End: true}, {Title: v.T("orders.vat"), End: true}},
	}
	for _, r := range p.Totals.TaxByRate {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{
			ui.TextCell(v.Percent(r.Rate.Percent())), ui.TextCell(v.Money(r.Net)), ui.TextCell(v.Money(r.Tax)),
		}})
	}
	return t
}

// why answers "why this price", in the order of the calculation.
func why(v ui.View, p *pricing.Priced) ui.Table {
	t := ui.Table{
		Caption: v.T("orders.why"), Bare: true, Dense: true,
		Columns: []ui.Column{{Title: v.T("orders.reason"), Main: true}, {Title: v.T("orders.before"), End: true}, {Title: v.T("orders.after"), End: true}},
	}
	names := make(map[string]string, len(p.Lines))
	for _, l := range p.Lines {
		names[l.ID] = l.Name
	}
	for _, e := range p.Trace {
		before, after := "", ""
		if e.Before != nil && e.After != nil {
			before, after = v.Money(*e.Before), v.Money(*e.After)
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{
			ui.TwoLineCell(desk.Reason(v, e.Reason), names[e.Line]), ui.TextCell(before), ui.TextCell(after),
		}})
	}
	return t
}

func (m fileModel) buyer(v *desk.Visit) []ui.Term {
	o := m.Order
	who := ui.Term{Name: v.T("orders.buyer"), Text: o.Buyer}
	if !o.Customer.IsZero() && v.Can("customers.view") {
		who.Body = ui.LinkCell(v.Href("customers/"+o.Customer.String()), o.Buyer)
	}
	kind := v.T("orders.customer")
	if o.Guest {
		kind = v.T("orders.guest")
	}
	terms := []ui.Term{
		who, {Name: v.T("orders.account"), Text: kind}, {Name: v.T("orders.email"), Body: ui.LinkCell("mailto:"+o.Email, o.Email)},
		{Name: v.T("orders.language"), Text: o.Locale.Name()}, {Name: v.T("orders.shipping"), Text: m.Modes.of(v.View.Locale, o.Shipping)},
		{Name: v.T("orders.mode"), Text: m.Modes.of(v.View.Locale, o.Payment)},
	}
	if wish := parcelsWish(v, m.Order); wish != "" {
		terms = append(terms, ui.Term{Name: v.T("orders.parcels_wish"), Text: wish})
	}
	return terms
}

// parcelsWish is how the buyer wants his order sent, where he was asked; "" else.
func parcelsWish(v *desk.Visit, o *order.Order) string {
	if o.Advance == nil || o.Advance.Parcels == order.AsTheyCome {
		return ""
	}
	return v.T("orders.parcels_" + string(o.Advance.Parcels))
}

// sums are what the money comes to; nothing remains to be paid of an order that was called off.
func (m fileModel) sums(v *desk.Visit) []ui.Term {
	o := m.Order
	var terms []ui.Term
	if o.Deferred() {
		terms = []ui.Term{{Name: v.T("checkout.due.now"), Text: v.View.Money(o.Advance.Now)},
			{Name: v.T("checkout.due.later"), Text: v.View.Money(o.Total.Sub(o.Advance.Now))}}
		if at := o.Advance.Asked; at != nil {
			terms = append(terms, ui.Term{Name: v.T("orders.rest_asked"), Text: v.View.DayTime(*at)})
		}
	}
	terms = append(terms, ui.Term{Name: v.T("orders.paid"), Text: v.View.Money(o.Paid)}, ui.Term{Name: v.T("orders.refunded"), Text: v.View.Money(o.Refunded)})
	if o.Request != nil && !o.Request.Due.IsZero() {
		terms = append(terms, ui.Term{Name: v.T("orders.request.due"), Text: v.View.Day(o.Request.Due)})
	}
	if o.State != order.Cancelled {
		terms = append(terms, ui.Term{Name: v.T("orders.due"), Text: v.View.Money(o.Due())})
	}
	return terms
}

// lettersTable is the letters about the order with their fate.
func (m fileModel) letters(v *desk.Visit) ui.Table {
	t := ui.Table{
		Caption: v.T("orders.mails"), Bare: true, Dense: true,
		Columns: []ui.Column{{Title: v.T("orders.mail"), Main: true}, {Title: v.T("orders.state")}},
		Empty:   ui.Empty{Title: v.T("orders.no_mails")},
	}
	for _, l := range m.Mails {
		tone := map[notify.State]ui.Tone{notify.Queued: ui.Info, notify.Sent: ui.Good, notify.Failed: ui.Bad}[l.State]
		sub := v.View.DayTime(l.CreatedAt)
		if l.Problem != "" {
			sub += " · " + v.T("orders.mail_problem", ui.Args{"why": problem(v.View, l.Problem, nil), "n": l.Attempts})
		}
		kind := v.T("notify.kind." + string(l.Kind))
		row := ui.Row{ID: l.ID.String(), Name: kind, Cells: []templ.Component{
			ui.TwoLineCell(kind, sub), ui.BadgeCell(v.View, ui.Badge{Label: v.T("notify.state." + string(l.State)), Tone: tone, Dot: true}),
		}}
		if v.Can("mails.resend") {
			row.More = []ui.Action{{Label: v.T("orders.resend"), Icon: ui.IconRefresh, Post: v.Href(m.Base + "/mails/" + l.ID.String())}}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// problem is the key of a refused letter in words, when there are words for it.
func problem(v ui.View, key string, data map[string]string) string {
	if v.Words.Has(v.Locale, key) {
		args := ui.Args{}
		for name, text := range data {
			args[name] = text
		}
		if amount, in := data["amount"], data["currency"]; amount != "" && in != "" {
			args["amount"] = amountText(v, amount, in)
		}
		return v.T(key, args)
	}
	return key
}

func (m fileModel) ledger(v *desk.Visit, p payment.Payment) ui.Table {
	t := ui.Table{
		Caption: v.T("orders.ledger"), Bare: true, Dense: true,
		Columns: []ui.Column{{Title: v.T("orders.event"), Main: true}, {Title: v.T("orders.source")}, {Title: v.T("orders.amount"), End: true}},
	}
	asked := answered(m.Ledgers[p.ID])
	for i, e := range m.Ledgers[p.ID] {
		amount := ""
		if !e.Amount.Currency().IsZero() {
			amount = v.View.Money(e.Amount)
		}
		sub := v.View.DayTime(e.At)
		switch said, is := asked[i]; {
		case is && said == payment.Denied:
			sub += " · " + v.T("orders.asked_denied")
		case is && said == "":
			sub += " · " + v.T("orders.asked_silent")
		case e.Verdict != payment.Applied:
			sub += " · " + v.T("payment.verdict."+string(e.Verdict))
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{
			ui.TwoLineCell(v.T("payment.event."+string(e.Event)), sub), ui.TextCell(v.T("payment.source." + string(e.Source))), ui.TextCell(amount),
		}})
	}
	return t
}

func moneyBadge(v ui.View, p payment.Payment) ui.Badge {
	tones := map[payment.State]ui.Tone{
		payment.StateCaptured: ui.Good, payment.StateAuthorised: ui.Info, payment.StateCreated: ui.Neutral, payment.StatePending: ui.Info,
		payment.StateFailed: ui.Bad, payment.StateReview: ui.Bad, payment.StateDisputed: ui.Bad, payment.StateChargedBack: ui.Bad,
	}
	tone, known := tones[p.State]
	if !known {
		tone = ui.Neutral
	}
	return ui.Badge{Label: v.T(p.State.Key()), Tone: tone, Dot: true}
}

// lined is an address as an envelope shows it.
func lined(l i18n.Locale, a address.Address) []string {
	if a.IsZero() {
		return nil
	}
	lines := a.Lines(l)
	if a.Phone != "" {
		lines = append(lines, a.Phone)
	}
	return lines
}

// credit says that money came for an order that was called off, and leads to where it is given back.
func (m fileModel) credit(v *desk.Visit) ui.Flash {
	text := "orders.credit"
	if !m.Order.CalledOff() {
		text = "orders.credit_over"
	}
	f := ui.Flash{Tone: ui.Warn, Text: v.T(text, ui.Args{"amount": m.Order.Credit()})}
	if !v.Can("orders.refund") {
		return f
	}
	for _, p := range slices.Backward(m.Payments) {
		if p.State.Paid() && p.Refundable().IsPositive() {
			f.Action = &ui.Action{Label: v.T(order.Refund.Key()), Icon: ui.IconArrowBackUp, Href: v.Href(m.Base + "/refund/" + p.ID.String())}
			return f
		}
	}
	return f
}
