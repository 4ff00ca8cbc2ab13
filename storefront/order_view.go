package storefront

import (
	"html"
	"slices"
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/platform/kit/square"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/shipment"
)

// in are the links in a stored language, or the main one where the shop no longer serves it.
func (v *visit) in(l i18n.Locale) links {
	if slices.Contains(v.locales(), l) {
		return v.links.in(l)
	}
	return v.links.in(v.main())
}

// seeing is the visit of a reader who sees amounts as the buyer of an order did: in the display currency it was placed
// in, at the rate it keeps (CUR-03).
func (v *visit) seeing(o *order.Order) *visit {
	then := *v
	then.display, then.rates = o.Shown()
	return &then
}

// credit is what a buyer is to be given back, and why: "called_off" or "over"; nil for nothing.
func (v *visit) credit(o *order.Order) (*view.Money, string) {
	owed := o.Credit()
	if !owed.IsPositive() {
		return nil, ""
	}
	shown, why := v.money(o.Show(owed)), "over"
	if o.CalledOff() {
		why = "called_off"
	}
	return &shown, why
}

// orderView is an order as its buyer sees it.
func (v *visit) orderView(p *checkout.Paper) (*view.Order, error) {
	o := p.Order
	v = v.seeing(o)
	lines, err := v.orderLines(o)
	if err != nil {
		return nil, err
	}
	out := &view.Order{
		Lines:  lines,
		Number: o.Number, PlacedAt: o.PlacedAt.In(v.rules().Zone), State: orderState(o.State), Payment: paymentState(p),
		URL: v.links.order(p.Link), Email: o.Email, Steps: v.steps(p), Events: v.events(p), Parcels: v.parcels(p),
		Total: v.money(o.Show(o.Total)), Due: v.orderDue(o), Billing: o.Billing.Lines(v.locale()),
		ShippingName: o.Shipping.Label, PaymentName: o.Payment.Label, Note: o.BuyerNote,
		Instructions: v.instructions(p), Pay: v.payForm(p), Repeat: v.repeat(p),
	}
	out.Credit, out.CreditWhy = v.credit(o)
	if o.Advance != nil {
		out.ParcelsWish = string(o.Advance.Parcels)
	}
	if !o.Delivery.IsZero() {
		out.Delivery = o.Delivery.Lines(v.locale())
	}
	if a, paid, ok := o.Charge(); ok {
		out.Charged = &view.Charge{Amount: v.money(a), Paid: paid}
	}
	if o.State != order.Placed && o.Request == nil { // what was asked for without a cart is in no catalogue
		again := post(v.links.order(p.Link) + "/again")
		out.Again = &again
	}
	if o.Priced != nil {
		shown, err := o.Bill()
		if err != nil {
			return nil, err
		}
		out.Totals = v.totalsOf(bill.Totals(shown), false)
	}
	return out, nil
}

// orderState is a state in the theme's words.
func orderState(s order.State) string {
	if s == order.AwaitingShipment {
		return "preparing"
	}
	return string(s)
}

// paymentState is what the buyer is told of the money.
func paymentState(p *checkout.Paper) string {
	switch s := p.Order.PaymentState(); s {
	case order.PartPaid, order.PartRefunded, order.DepositPaid, order.NothingYet:
		return string(s)
	case order.AllRefunded:
		return "refunded"
	case order.CreditOwed:
		return creditState(p.Order.CalledOff())
	case order.FullyPaid:
		return "paid"
	case order.Unpaid:
	}
	if p.Attempt == nil {
		return "awaiting"
	}
	if p.Attempt.Settling {
		return "pending"
	}
	switch p.Attempt.State {
	case payment.StateReview:
		return "review"
	case payment.StateFailed:
		return "failed"
	case payment.StateAuthorised:
		return "pending"
	}
	return "awaiting"
}

// creditState is a credit in the theme's words: to be given back, or only more than was asked.
func creditState(calledOff bool) string {
	if calledOff {
		return "credit"
	}
	return "paid"
}

// stages are what an order passes: without a parcel nothing is sent, and what was asked for without articles ends with its payment.
func stages(o *order.Order) []order.State {
	switch {
	case o.Request != nil:
		return []order.State{order.Placed, order.Paid}
	case o.ShipmentState() == order.NothingToShip:
		return []order.State{order.Placed, order.Paid, order.Delivered}
	}
	return []order.State{order.Placed, order.Paid, order.Shipped, order.Delivered}
}

// steps are where an order stands among its stages.
func (v *visit) steps(p *checkout.Paper) []view.OrderStep {
	if p.Order.State == order.Cancelled || p.Order.State == order.Refunded {
		return nil
	}
	var steps []view.OrderStep
	for _, s := range stages(p.Order) {
		step := view.OrderStep{Key: string(s)}
		for _, e := range p.Events {
			if e.Kind == order.Moved && e.After == s {
				at := e.At.In(v.rules().Zone)
				step.At, step.Done = &at, true
			}
		}
		if s == order.Paid && p.Order.PaymentState() == order.FullyPaid {
			step.Done = true
		}
		steps = append(steps, step)
	}
	return steps
}

// events are what happened, the newest first.
func (v *visit) events(p *checkout.Paper) []view.OrderEvent {
	var list []view.OrderEvent
	for _, e := range slices.Backward(p.Events) {
		one := view.OrderEvent{At: e.At.In(v.rules().Zone), Note: e.Note}
		switch e.Kind {
		case order.Moved:
			if e.After == order.Paid && slices.ContainsFunc(p.Events, func(m order.Happening) bool { return m.Data["came"] != "" && m.At.Equal(e.At) }) {
				continue // the money that made it so is a line of its own
			}
			one.Key = orderState(e.After)
		case order.Noted:
			one.Key = "note"
		case order.Money:
			_, refused := e.Data[order.KeyRefused]
			switch came := v.came(e.Data); {
			case refused:
				one.Key = "payment_failed"
			case came != "":
				one.Key, one.Label = "paid", v.say("storefront.money_came", map[string]any{"amount": came})
			default:
				continue // its effect is a line of its own
			}
		default:
			continue
		}
		list = append(list, one)
	}
	return list
}

// came writes what the bank took, "" for nothing. Where that was in another currency than the order's own, both are kept.
func (v *visit) came(data map[string]string) string {
	a, ok := amountOf(data["came"], data["currency"])
	if !ok {
		return ""
	}
	if moved, ok := amountOf(data["moved"], data["moved_in"]); ok {
		a = moved
	}
	return i18n.FormatMoney(v.locale(), a)
}

// amountOf reads an amount that a timeline keeps as text.
func amountOf(text, code string) (money.Amount, bool) {
	cur, err := money.ParseCurrency(code)
	if err != nil {
		return money.Amount{}, false
	}
	a, err := money.Parse(text, cur)
	return a, err == nil
}

func (v *visit) parcels(p *checkout.Paper) []*view.Parcel {
	var out []*view.Parcel
	for i := range p.Parcels {
		one := &p.Parcels[i]
		at := one.ShippedAt.In(v.rules().Zone)
		out = append(out, &view.Parcel{Carrier: one.Carrier, Number: one.Tracking, URL: one.URL, ShippedAt: &at, Delivered: one.State == shipment.Delivered,
			Inside: checkout.Inside(p.Order, one, v.locale())})
	}
	return out
}

// orderLines are the ordered articles, on the side the buyer saw them.
func (v *visit) orderLines(o *order.Order) ([]*view.OrderLine, error) {
	lines := make([]*view.OrderLine, len(o.Lines))
	var shown []bill.Line
	priced, err := o.Bill()
	if err != nil {
		return nil, err
	}
	if priced != nil {
		shown = bill.Lines(priced)
	}
	for i, l := range o.Lines {
		unit, total, off := o.Show(l.Unit), o.Show(l.Total), ""
		var why []view.PriceStep
		if i < len(shown) && o.Priced.Lines[i].SKU == l.SKU {
			unit, total, off = shown[i].Unit, shown[i].Total, shown[i].Says(v.locale())
			why = v.why(priced, i)
		}
		lines[i] = &view.OrderLine{Name: l.Name, SKU: l.SKU, Options: pairs(l.Options), Unit: v.money(unit), Total: v.money(total), Off: off, Why: why,
			Quantity: l.Qty, Shipped: l.Shipped, Image: v.stamp(l.MediaKey)}
		if l.Expected != nil && l.Shipped < l.Qty {
			lines[i].Expected = l.Expected
		}
	}
	return lines, nil
}

// stampSide is the side of the square a stamp is laid out in; its key does not tell its size.
const stampSide = 160

// stamp is the small picture an order keeps of an article, nil when it had none.
func (v *visit) stamp(key string) *view.Image {
	if key == "" {
		return nil
	}
	return &view.Image{URL: v.links.media(key), Width: stampSide, Height: stampSide}
}

// pairs reads "Colour: red, Size: M" back into its parts.
func pairs(text string) []view.Pair {
	var list []view.Pair
	for part := range strings.SplitSeq(text, ", ") {
		if name, value, ok := strings.Cut(part, ": "); ok {
			list = append(list, view.Pair{Name: name, Value: value})
		}
	}
	return list
}

// instructions say how to pay, while that is awaited.
func (v *visit) instructions(p *checkout.Paper) *view.Instruction {
	if p.Instructions == nil {
		return nil
	}
	out := &view.Instruction{Kind: paymentKind(p.Order.Payment.Kind)}
	for _, l := range p.Instructions.Lines {
		text := v.say(l.Key, l.Args)
		if l.Value != "" {
			out.Data = append(out.Data, view.Pair{Name: text, Value: l.Value, Code: true})
			continue
		}
		out.Text += view.HTML("<p>" + html.EscapeString(text) + "</p>")
	}
	if c := square.Of(p.Instructions.QR); p.Instructions.QR != "" && c.Path != "" {
		out.Code = &view.QR{Path: c.Path, Size: c.Size}
	}
	if p.Instructions.Seal {
		out.Text += view.HTML(`<p><a href="` + html.EscapeString(v.links.hop(p.Link)) + `">` + html.EscapeString(v.say("storefront.card.enter", nil)) + "</a></p>")
	}
	return out
}
