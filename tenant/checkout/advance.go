package checkout

import (
	"context"
	"strings"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// Refusals about orders with articles that are not there yet.
var (
	// ErrRest refuses to send what the buyer was promised to pay before it is sent, unless staff says so: due.
	ErrRest = fault.New(fault.Malformed, "checkout.rest_unpaid")
	// ErrUnpaid refuses to send what is not paid, unless staff says so: due.
	ErrUnpaid = fault.New(fault.Malformed, "checkout.unpaid")
	// ErrNoRest refuses to ask for a rest that is not to be asked for: none is due, or the first part is missing.
	ErrNoRest = fault.New(fault.Conflict, "checkout.no_rest")
	// ErrEarly asks staff whether the rest is to be asked for before what it is for is there: articles.
	ErrEarly = fault.New(fault.Malformed, "checkout.rest_early")
)

// divide says when the price is to be paid (STK-04); it changes no price.
func (k *reckoning) divide() {
	total := k.view.Total()
	k.view.Due = deposit.Divide(total, total, nil)
	if k.view.Priced == nil {
		return
	}
	parts := make([]deposit.Part, 0, len(k.view.Lines))
	for _, l := range k.view.Lines {
		if l.Price != nil {
			parts = append(parts, deposit.Part{Terms: l.Good.Terms, Qty: int64(l.Qty), Gross: l.Price.Total.Gross})
		}
	}
	t := k.view.Priced.Totals
	k.view.Due = deposit.Divide(total, t.Goods.Add(t.Discounts).Gross, parts)
}

// chosenParcels is how the buyer wants a mixed order sent: as he says, at once what is there as long as he has
// not, and nothing where he has no choice.
func (k *reckoning) chosenParcels(d Draft) order.Parcels {
	switch {
	case !k.rules.Stock.PartParcels || !k.view.Mixed():
		return order.AsTheyCome
	case d.Parcels == order.Together:
		return order.Together
	}
	return order.FirstPart
}

// advance is what of the order is due when and how it is sent; nil where nothing is particular.
func (k *reckoning) advance(d Draft) *order.Advance {
	parcels := k.chosenParcels(d)
	if !k.view.Due.Deferred() && parcels == order.AsTheyCome {
		return nil
	}
	return &order.Advance{Now: k.view.Due.Now, Parcels: parcels}
}

// secured does what an order owes the money that was due with it, while a rest is due later: its pieces are kept
// for it, whatever the patience of its payment mode, and the buyer is told. They leave when they would have left
// with the order, and otherwise not before all is paid.
func (d *Desk) secured(tx tenant.Tx, o *order.Order) error {
	if err := d.reach(tx, o, payment.MomentPlaced); err != nil {
		return err
	}
	if !o.Paid.IsPositive() {
		return nil // his confirmation says that nothing is due yet
	}
	return d.tell(tx, o, notify.OrderDeposit, nil)
}

// AskRest asks the buyer for what is still due before his pre-ordered articles are sent: a letter that leads to
// where he pays. Asked again it does nothing and says so; a job reminds him once, see RemindRest. early says that staff
// means it although not all of them are there: the letter tells the buyer that they are ready.
//
// Errors: order.ErrUnknown; ErrNoRest; ErrEarly on "early".
func (d *Desk) AskRest(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID, early bool) (asked bool, err error) {
	err = shop.Write(ctx, func(tx tenant.Tx) error {
		o, err := order.Lock(tx, which)
		if err != nil {
			return err
		}
		if !o.Owes() || !o.Secured() || !payable(o) {
			return ErrNoRest
		}
		if !early {
			if err := arrived(tx, which); err != nil {
				return err
			}
		}
		if asked, err = order.Ask(tx, o, who); err != nil || !asked {
			return err
		}
		return d.demand(tx, o)
	})
	return asked, err
}

// arrived tells whether what was ordered in advance is there for an order. Errors: ErrEarly.
func arrived(tx tenant.Tx, which order.ID) error {
	list, err := waiting(tx, catalog.ProductID{}, which)
	if err != nil {
		return err
	}
	if names := Lacking(list); len(names) > 0 {
		return ErrEarly.With(fault.Args{"articles": strings.Join(names, ", ")}).On("early")
	}
	return nil
}

// onDelivery tells whether the carrier brings the money of a kind of payment.
func (d *Desk) onDelivery(kind string) bool {
	g, err := d.Modes.Gateways().Find(kind)
	return err == nil && g.Capabilities().OnDelivery
}

// collects tells whether a mode can bring what is due with the order: what the carrier collects comes with the
// parcel, and is no deposit.
func (k *reckoning) collects(o payment.Offer) bool {
	return !o.Capabilities.OnDelivery || !k.view.Due.Deferred()
}

// nothingNow tells that nothing is due with the order: it is free, or all of it is due later. No payment mode is
// chosen then, so that none adds to the price.
func (k *reckoning) nothingNow(at time.Time) (bool, error) {
	free, err := k.free()
	if err != nil || !free {
		return false, err
	}
	if k.cart.Choices.Payment == "" {
		return true, nil
	}
	k.cart.Choices.Payment = ""
	return true, k.price(at)
}

// free tells that nothing is due with the order as far as its price is known: the delivery belongs to it. What a
// payment mode adds does not count, since a free order is paid with none.
func (k *reckoning) free() (bool, error) {
	if k.view.Due.Deferred() {
		return !k.view.Due.Now.IsPositive(), nil
	}
	if k.view.Priced == nil || k.view.Blocked || len(k.basket.Lines) == 0 || k.basket.NeedsShipping() && k.cart.Choices.Shipping == "" {
		return false, nil
	}
	plain, err := k.plain()
	return err == nil && !plain.IsPositive(), err
}

// permits tells whether pieces may leave an order: when it is paid, when it is to be paid to the carrier, or when staff takes it upon
// itself. Of an order that is paid in two parts what was there leaves after the first.
func (d *Desk) permits(tx tenant.Tx, o *order.Order, lines []order.LineID, unpaid bool) error {
	if !o.Due().IsPositive() || unpaid {
		return nil
	}
	p, err := open(tx, o)
	if err != nil || p != nil && (o.Secured() || !o.Owes()) && d.onDelivery(p.Kind) {
		return err
	}
	if !o.Owes() {
		return ErrUnpaid.With(fault.Args{"due": o.Due()}).On("unpaid")
	}
	for _, l := range o.Lines {
		for _, sent := range lines {
			if l.ID == sent && l.Expected != nil {
				return ErrRest.With(fault.Args{"due": o.Due()}).On("unpaid")
			}
		}
	}
	return nil
}
