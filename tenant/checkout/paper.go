package checkout

import (
	"context"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/shipment"
	"echoppe.dev/tenant/terminal"
)

// Paper is an order as its buyer sees it.
type Paper struct {
	Order   *order.Order
	Link    string            // opens it without an account
	Events  []order.Happening // those he may see, the oldest first
	Parcels []shipment.Parcel
	Totals  []bill.Total
	// Attempt is the newest attempt to pay, nil when nothing was to be paid.
	Attempt *payment.Payment
	// Instructions say how to pay, while that is awaited without a bank's page.
	Instructions *payment.Instructions
	// Offers are the modes it can be paid with (again); empty when nothing is due, and while money is
	// promised or being looked at.
	Offers []payment.Offer
	// Charges are what each of them charges, in their order.
	Charges []currency.Leg
	// Own tells that its customer reads it, and Cards are those of his that one of Offers can be paid with (Recognise).
	Own   bool
	Cards []payment.SavedCard
	// First is the first order of the repetition it is one of, nil for none (PGW-31).
	First *order.Order
}

// Consent is what the order's buyer agrees to, in his language, who lets its repetition charge his card by the offer of that place;
// "" where that cannot be.
func (p *Paper) Consent(l i18n.Locale, shop string, i int) string {
	if p.First == nil || !p.First.Request.Repeat.More() || !p.Offers[i].Repeats {
		return ""
	}
	return consent(l, shop, p.First.Request.Repeat, p.Charges[i].Amount)
}

// Show is the order behind a signed link. Errors: order.ErrLink, order.ErrUnknown.
func (d *Desk) Show(ctx context.Context, shop *tenant.Shop, link string) (*Paper, error) {
	return d.paper(ctx, shop, func(tx tenant.Tx) (*order.Order, error) {
		key, err := d.Links.Read(tx, link)
		if err != nil {
			return nil, err
		}
		return order.Find(tx, key)
	})
}

// ShowOwn is an order of a signed-in customer, by its number. Errors: order.ErrUnknown, also for an
// order of somebody else.
func (d *Desk) ShowOwn(ctx context.Context, shop *tenant.Shop, who Visitor, number string) (*Paper, error) {
	return d.paper(ctx, shop, func(tx tenant.Tx) (*order.Order, error) {
		o, err := order.FindByNumber(tx, number)
		if err != nil {
			return nil, err
		}
		if who.Customer.IsZero() || o.Customer != who.Customer {
			return nil, order.ErrUnknown
		}
		return o, nil
	})
}

// ListOwn is one page of the orders of a signed-in customer.
func (d *Desk) ListOwn(ctx context.Context, shop *tenant.Shop, who Visitor, after string, limit int) (order.Page, error) {
	var page order.Page
	if who.Customer.IsZero() {
		return page, nil
	}
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
		page, err = order.List(tx, order.Filter{Customer: who.Customer, After: after, Limit: limit})
		return err
	})
	return page, err
}

func (d *Desk) paper(ctx context.Context, shop *tenant.Shop, find func(tenant.Tx) (*order.Order, error)) (*Paper, error) {
	var p *Paper
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		o, err := find(tx)
		if err != nil {
			return err
		}
		p = &Paper{Order: o, Link: d.Links.Make(shop, o.ID, o.PlacedAt), Totals: bill.Totals(o.Priced)}
		if p.Events, err = order.Events(tx, o.ID, true); err != nil {
			return err
		}
		if p.Parcels, err = shipment.ListOf(tx, o.ID); err != nil {
			return err
		}
		attempts, err := payment.ListOf(tx, paymentOrder(o.ID))
		if err != nil {
			return err
		}
		if p.Offers, p.Charges, err = d.offers(tx, o, attempts); err != nil {
			return err
		}
		if p.First, err = firstOf(tx, o, false); err != nil || len(attempts) == 0 {
			return err
		}
		p.Attempt = &attempts[len(attempts)-1]
		if p.Attempt.State.Open() {
			p.Instructions, err = d.instruct(tx, o, *p.Attempt)
		}
		return err
	})
	return p, err
}

// File is an order as staff sees it.
type File struct {
	Order    *order.Order
	Link     string // opens the buyer's page
	Events   []order.Happening
	Parcels  []shipment.Parcel
	Totals   []bill.Total
	Payments []payment.Payment
	Ledgers  map[payment.ID][]payment.Entry
	Mails    []notify.Mail
	Allowed  []order.Event
	Overdue  bool // the last day to pay it is over
	// Way is what the newest open attempt to pay it can do; nothing without one.
	Way payment.Capabilities
	// First is the first order of the repetition it is one of, nil for none; Series are the orders of that, the oldest first.
	First  *order.Order
	Series []order.Order
	// Waiting are the lines that were ordered before their articles were there, and have not left.
	Waiting []Waiting
	// Card is the sealed card that waits with the newest attempt to be keyed by the merchant, nil for none (PAY-03); Terminal are
	// his keys.
	Card     *payment.SealedCard
	Terminal terminal.Book
}

// Unpaid tells that sending it must be taken upon oneself, see ErrUnpaid.
func (f *File) Unpaid() bool { return f.Order.Due().IsPositive() && !f.Way.OnDelivery }

// Awaited is what is still to come of an order: what its newest open attempt asks, in the currency it is settled in, unless that
// is a bank's; else what the order asks for next.
func (f *File) Awaited() money.Amount {
	if p := current(f.Payments); p != nil && f.Way.Offline {
		return p.Amount
	}
	return f.Order.Asks()
}

// Askable tells that its buyer can be asked for the rest now, see Desk.AskRest.
func (f *File) Askable() bool {
	o := f.Order
	return o.Owes() && o.Secured() && payable(o) && o.Advance.Asked == nil
}

// Sendable is how many pieces of a line can be put into a parcel now, as the buyer wanted his order sent: what
// is there, or, where he wanted everything together, nothing before all of it is.
func (f *File) Sendable(l order.Line) int {
	left, lacking := l.Left(), false
	for _, w := range f.Waiting {
		lacking = lacking || !w.Ready()
		if w.Line == l.ID {
			left = min(left, w.There)
		}
	}
	if lacking && f.Order.Advance.Parcels == order.Together {
		return 0
	}
	return left
}

// repetition adds what the order is one of. The newest are enough to see how it goes.
func (f *File) repetition(tx tenant.Tx) (err error) {
	if f.First, err = firstOf(tx, f.Order, false); err != nil || f.First == nil {
		return err
	}
	f.Series = []order.Order{*f.First}
	list := f.First.Request.Repeat.Orders
	for _, which := range list[max(0, len(list)-maxSeries):] {
		o, err := order.Find(tx, which)
		if err != nil {
			return err
		}
		f.Series = append(f.Series, *o)
	}
	return nil
}

// maxSeries bounds how many orders of a repetition are shown besides the first.
const maxSeries = 12

// Open is an order with everything staff wants to know. Errors: order.ErrUnknown.
func (d *Desk) Open(ctx context.Context, shop *tenant.Shop, which order.ID) (*File, error) {
	var f *File
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		o, err := order.Find(tx, which)
		if err != nil {
			return err
		}
		f = &File{Order: o, Link: d.Links.Make(shop, o.ID, o.PlacedAt), Totals: bill.Totals(o.Priced), Allowed: allowed(o),
			Ledgers: map[payment.ID][]payment.Entry{}}
		if o.Request != nil {
			today, err := quote.Today(tx)
			if err != nil {
				return err
			}
			f.Overdue = o.Overdue(today)
			if err := f.repetition(tx); err != nil {
				return err
			}
		}
		if f.Events, err = order.Events(tx, o.ID, false); err != nil {
			return err
		}
		if f.Parcels, err = shipment.ListOf(tx, o.ID); err != nil {
			return err
		}
		if f.Mails, err = notify.ListOf(tx, subject(o.ID)); err != nil {
			return err
		}
		if f.Payments, err = payment.ListOf(tx, paymentOrder(o.ID)); err != nil {
			return err
		}
		if p := current(f.Payments); p != nil {
			if g, err := d.Modes.Gateways().Find(p.Kind); err == nil {
				f.Way = g.Capabilities()
			}
		}
		if p := current(f.Payments); p != nil && p.Kind == terminal.Kind {
			if err := d.openSealed(tx, f, p.ID); err != nil {
				return err
			}
		}
		if o.Advance != nil {
			if f.Waiting, err = waiting(tx, catalog.ProductID{}, o.ID); err != nil {
				return err
			}
		}
		for _, p := range f.Payments {
			if f.Ledgers[p.ID], err = payment.Ledger(tx, p.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return f, err
}
