package checkout

import (
	"slices"
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
)

func subject(o order.ID) notify.OrderID { return id.As[notify.Order](o) }

// announce writes both sides of a new order (ORD-11) and sets the watch over it.
func (d *Desk) announce(tx tenant.Tx, o *order.Order, offer *payment.Offer, s *settings.Settings) error {
	letters := []notify.Letter{
		{Kind: notify.OrderPlaced, To: notify.Buyer, Locale: o.Locale, Order: subject(o.ID)},
		{Kind: notify.OrderReceived, To: notify.Staff, Locale: s.Languages.Default, Order: subject(o.ID)},
	}
	if offer == nil {
		return d.Post.PutWith(tx, letters, screenOf(tx, o.ID))
	}
	return d.Post.PutWith(tx, letters, screenOf(tx, o.ID), lookAt(tx, o.ID, firstLook(tx, *offer, s.Stock)))
}

// tell writes the buyer a letter.
func (d *Desk) tell(tx tenant.Tx, o *order.Order, k notify.Kind, words map[string]string) error {
	return d.Post.Put(tx, letter(o, k, words))
}

// letter is one to the buyer of an order.
func letter(o *order.Order, k notify.Kind, words map[string]string) notify.Letter {
	return notify.Letter{Kind: k, To: notify.Buyer, Locale: o.Locale, Order: subject(o.ID), Words: words}
}

// Facts tells what a letter says about an order, to its buyer in the currency he saw it in; it makes the Desk the
// notify.Facts.
func (d *Desk) Facts(tx tenant.Tx, which notify.OrderID, l i18n.Locale, staff bool) (*notify.Order, error) {
	o, err := order.Find(tx, id.As[order.Order](which))
	if err != nil {
		return nil, err
	}
	r, err := d.rules(tx)
	if err != nil {
		return nil, err
	}
	if o, err = d.orderIn(tx, r.Settings, o, l); err != nil {
		return nil, err
	}
	priced, show := o.Priced, func(a money.Amount) money.Amount { return a }
	if !staff {
		show = o.Show
		if priced, err = o.Bill(); err != nil {
			return nil, err
		}
	}
	f := &notify.Order{
		Number: o.Number, PlacedAt: o.PlacedAt.In(r.Rules().Zone), Buyer: o.Buyer, Email: o.Email, Locale: o.Locale,
		Lines: linesOf(o, priced, l), Totals: totalRows(bill.Totals(priced), l), Total: i18n.FormatMoney(l, show(o.Total)),
		Billing: o.Billing.Lines(l), Shipping: o.Shipping.Label, Payment: o.Payment.Label, BuyerNote: o.BuyerNote,
		URL:       d.Addresses.Order(tx.Shop(), d.Links.Make(tx.Shop(), o.ID, o.PlacedAt)),
		OfficeURL: d.Addresses.Office(tx.Shop(), o.ID), Test: o.Test, Unpaid: !o.Secured() && payable(o),
	}
	if g, err := d.Modes.Gateways().Find(o.Payment.Kind); err == nil {
		f.AtBank = f.Unpaid && !g.Capabilities().Offline
	}
	if o.Deferred() {
		f.Totals, f.Due = append(f.Totals, instalments(o, l, show)...), i18n.FormatMoney(l, show(o.Due()))
	}
	if !o.Delivery.IsZero() {
		f.Delivery = o.Delivery.Lines(l)
	}
	f.Charged, f.ToCharge = charged(o, staff, l)
	f.Instructions, err = d.instructions(tx, o, l)
	return f, err
}

// charged is what was charged, or what will be, where the amounts of a letter are in another currency; "" else.
func charged(o *order.Order, staff bool, l i18n.Locale) (was, will string) {
	seen := *o
	if staff { // who sees the shop's own
		seen.Currencies.Display = o.Currencies.Management
	}
	a, paid, ok := seen.Charge()
	switch {
	case !ok:
		return "", ""
	case paid:
		return i18n.FormatMoney(l, a), ""
	}
	return "", i18n.FormatMoney(l, a)
}

// linesOf are what was ordered, by a price in the reader's currency.
func linesOf(o *order.Order, priced *pricing.Priced, l i18n.Locale) []notify.Line {
	shown := bill.Lines(priced)
	lines := make([]notify.Line, len(o.Lines))
	for i, x := range o.Lines {
		total, unit := x.Total, x.Unit
		if i < len(shown) {
			total, unit = shown[i].Total, shown[i].Unit
		}
		options := OptionsIn(x.Options, l)
		if i < len(shown) {
			options = joined(options, shown[i].Says(l))
		}
		lines[i] = notify.Line{Name: x.Name, Options: options, SKU: x.SKU, Qty: x.Qty,
			Unit: i18n.FormatMoney(l, unit), Total: i18n.FormatMoney(l, total)}
		if x.Expected != nil {
			lines[i].Expected = i18n.FormatDate(l, *x.Expected, i18n.Long)
		}
	}
	return lines
}

// OptionsIn are the options of a line, which orders and quotes keep as "Colour: red, Size: M", as a language writes them.
func OptionsIn(options string, l i18n.Locale) string {
	parts := strings.Split(options, ", ")
	for i, part := range parts {
		if name, value, ok := strings.Cut(part, ": "); ok {
			parts[i] = Words().T(l, "checkout.option", map[string]any{"name": name, "value": value})
		}
	}
	return strings.Join(parts, ", ")
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " · ")
}

// totalRows are totals in the words of a language.
func totalRows(totals []bill.Total, l i18n.Locale) []notify.Total {
	var list []notify.Total
	for _, t := range totals {
		key, args := t.Label()
		label := Words().T(l, key, args)
		if name := t.Note.In(l); name != "" {
			label += " (" + name + ")"
		}
		list = append(list, notify.Total{Label: label, Amount: i18n.FormatMoney(l, t.Amount), Strong: t.Kind == "total"})
	}
	return list
}

// instalments are what of the total is due when, or has come, for an order that is paid in two parts.
func instalments(o *order.Order, l i18n.Locale, show func(money.Amount) money.Amount) []notify.Total {
	now, later := "checkout.due.now", "checkout.due.later"
	if o.Secured() && o.Advance.Now.IsPositive() {
		now = "checkout.due.now_paid"
	}
	if !o.Due().IsPositive() {
		later = "checkout.due.later_paid"
	}
	first := show(o.Advance.Now)
	return []notify.Total{
		{Label: Words().T(l, now, nil), Amount: i18n.FormatMoney(l, first), Strong: true},
		{Label: Words().T(l, later, nil), Amount: i18n.FormatMoney(l, show(o.Total).Sub(first)), Strong: true},
	}
}

// instructions say how to pay as long as that is awaited. Families without a bank make them of what
// they are given and speak to nobody, so they may be asked inside a unit of work; others are not.
func (d *Desk) instructions(tx tenant.Tx, o *order.Order, l i18n.Locale) ([]notify.Instruction, error) {
	p, err := open(tx, o)
	if err != nil || p == nil {
		return nil, err
	}
	told, err := d.instruct(tx, o, *p)
	if err != nil || told == nil {
		return nil, err
	}
	words := payment.Words()
	list := make([]notify.Instruction, len(told.Lines))
	for i, line := range told.Lines {
		list[i] = notify.Instruction{Text: words.T(l, line.Key, line.Args), Value: line.Value}
	}
	return list, nil
}

// open is the newest attempt that is still open; nil when there is none.
func open(tx tenant.Tx, o *order.Order) (*payment.Payment, error) {
	attempts, err := payment.ListOf(tx, paymentOrder(o.ID))
	if err != nil {
		return nil, err
	}
	for i := len(attempts) - 1; i >= 0; i-- {
		if attempts[i].State.Open() {
			return &attempts[i], nil
		}
	}
	return nil, nil
}

// instruct is what a family without a bank tells the buyer; nil for one with a bank, and for a kind
// that is no longer available.
func (d *Desk) instruct(tx tenant.Tx, o *order.Order, p payment.Payment) (*payment.Instructions, error) {
	gateway, err := d.Modes.Gateways().Find(p.Kind)
	if err != nil || !gateway.Capabilities().Offline {
		return nil, nil
	}
	account, err := d.Modes.FindAccount(tx, p.Mode)
	if err != nil {
		return nil, nil // the mode was removed: its words are gone
	}
	link := d.Links.Make(tx.Shop(), o.ID, o.PlacedAt)
	request, err := d.request(tx, o, link, p)
	if err != nil {
		return nil, err
	}
	action, err := gateway.Start(tx.Context(), account, request)
	if err != nil {
		return nil, err
	}
	switch told := action.(type) {
	case payment.Instructions:
		return &told, nil
	case payment.Sealed:
		return d.sealedWords(tx, p)
	}
	return nil, nil
}

var _ notify.Facts = (*Desk)(nil)
