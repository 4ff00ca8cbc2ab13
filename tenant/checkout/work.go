package checkout

import (
	"context"
	"slices"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/shipment"
	"echoppe.dev/tenant/stock"
)

// Remark is what staff writes beside an action.
type Remark struct {
	Note    string
	Visible bool // the buyer sees the note on his order
	Mail    bool // the buyer gets a letter
	Unpaid  bool // pieces may leave although what was due before is not paid, see ErrRest
	Done    bool // money was moved in the bank's own office: it is written down, and the bank is not asked
}

func (r Remark) step() order.Step { return order.Step{Note: r.Note, Visible: r.Visible} }

// words are the note for a letter, if the buyer may read it.
func (r Remark) words() map[string]string {
	if !r.Visible || r.Note == "" {
		return nil
	}
	return map[string]string{"note": r.Note}
}

const maxRemark = 4000

func (r Remark) clean() (Remark, error) {
	var c form.Checker
	r.Note = c.Block("note", r.Note, maxRemark)
	return r, c.Err()
}

// allowed are the events staff can choose: money is recorded, not chosen.
func allowed(o *order.Order) []order.Event {
	return slices.DeleteFunc(o.Allowed(), func(e order.Event) bool {
		switch e {
		case order.Pay, order.Refund:
			return true
		case order.Deliver:
			return !deliverable(o) || o.Held()
		case order.Ship, order.Await:
			return o.ShipmentState() == order.NothingToShip || o.Held()
		case order.Close, order.Cancel:
		}
		return false
	})
}

// deliverable: what has to be carried must have left first.
func deliverable(o *order.Order) bool {
	s := o.ShipmentState()
	return s == order.NothingToShip || s == order.AllShipped
}

// move locks an order and moves it, and does what else belongs to that.
func (d *Desk) move(ctx context.Context, shop *tenant.Shop, which order.ID, r Remark, work func(tenant.Tx, *order.Order, Remark) error) error {
	r, err := r.clean()
	if err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		o, err := order.Lock(tx, which)
		if err != nil {
			return err
		}
		return work(tx, o, r)
	})
}

// Await says that an order is ready to be sent; one that is not paid too, when it is to be paid on
// delivery. Its pieces leave the stock, if that is their moment, or are kept for it. Errors: order.ErrUnknown, order.ErrRefused, ErrHeld.
func (d *Desk) Await(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID, r Remark) error {
	return d.move(ctx, shop, which, r, func(tx tenant.Tx, o *order.Order, r Remark) error {
		if o.Held() {
			return ErrHeld
		}
		if err := order.Move(tx, o, order.Await, who, r.step()); err != nil {
			return err
		}
		if err := d.reach(tx, o, payment.MomentPlaced, payment.MomentAwaiting); err != nil {
			return err
		}
		if r.Mail {
			return d.tell(tx, o, notify.OrderNote, r.words())
		}
		return nil
	})
}

// Ship sends a parcel with some or all that is left. The order is shipped with its last piece, and
// its stock leaves with the first at the latest; what has not arrived yet, with its own.
//
// Errors: order.ErrUnknown; order.ErrRefused; ErrHeld; shipment.ErrNothing; shipment.ErrEmpty; shipment.ErrTooMany; ErrRest on "unpaid";
// refused fields "carrier", "tracking", "url".
func (d *Desk) Ship(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID, p shipment.Draft, r Remark) error {
	p, err := p.Clean()
	if err != nil {
		return err
	}
	return d.move(ctx, shop, which, r, func(tx tenant.Tx, o *order.Order, r Remark) error {
		if o.Held() {
			return ErrHeld
		}
		if err := d.permits(tx, o, packed(o, p), r.Unpaid); err != nil {
			return err
		}
		if o.Can(order.Await) {
			if err := order.Move(tx, o, order.Await, who, order.Step{}); err != nil {
				return err
			}
		}
		if !o.Can(order.Ship) {
			return order.Move(tx, o, order.Ship, who, order.Step{}) // says why not
		}
		if err := d.send(tx, o, who, p, r); err != nil {
			return err
		}
		if o.ShipmentState() != order.AllShipped {
			return nil
		}
		if err := stock.Settle(tx, holder(o.ID)); err != nil {
			return err
		}
		return order.Move(tx, o, order.Ship, who, order.Step{})
	})
}

// packed are the lines a parcel has pieces of.
func packed(o *order.Order, p shipment.Draft) []order.LineID {
	var lines []order.LineID
	for _, it := range p.Items {
		lines = append(lines, it.Line)
	}
	if p.Items == nil { // everything that is left
		for _, l := range o.Lines {
			lines = append(lines, l.ID)
		}
	}
	return lines
}

func (d *Desk) send(tx tenant.Tx, o *order.Order, who tenant.Actor, p shipment.Draft, r Remark) error {
	parcel, err := shipment.Send(tx, o, p)
	if err != nil {
		return err
	}
	if err := take(tx, o); err != nil {
		return err
	}
	words := map[string]string{"carrier": parcel.Carrier, "tracking": parcel.Tracking, "url": parcel.URL}
	err = order.Happen(tx, o.ID, order.Happening{Kind: order.Parcelled, Actor: who, Visible: true, Data: words})
	if err != nil {
		return err
	}
	if r.Note != "" {
		if err := order.Happen(tx, o.ID, order.Happening{Kind: order.Noted, Actor: who, Note: r.Note, Visible: r.Visible}); err != nil {
			return err
		}
	}
	if !r.Mail {
		return nil
	}
	letter := r.words()
	for k, v := range letter {
		words[k] = v
	}
	words["inside"] = Inside(o, &parcel, o.Locale)
	return d.tell(tx, o, notify.OrderShipped, words)
}

// Deliver says that an order has arrived, or, when nothing had to be carried, was handed over.
// Errors: order.ErrUnknown, order.ErrRefused, ErrHeld; ErrRest on "unpaid" where nothing was sent and a rest is due.
func (d *Desk) Deliver(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID, r Remark) error {
	return d.move(ctx, shop, which, r, func(tx tenant.Tx, o *order.Order, r Remark) error {
		if !deliverable(o) {
			return order.ErrRefused.With(map[string]any{"from": string(o.State), "event": string(order.Deliver)})
		}
		if o.Held() {
			return ErrHeld
		}
		if o.ShipmentState() == order.NothingToShip {
			if err := d.permits(tx, o, packed(o, shipment.Draft{}), r.Unpaid); err != nil {
				return err
			}
		}
		if err := order.Move(tx, o, order.Deliver, who, r.step()); err != nil {
			return err
		}
		if o.ShipmentState() == order.NothingToShip { // nothing was sent: this is when it leaves at the latest
			if err := take(tx, o); err != nil {
				return err
			}
			if err := stock.Settle(tx, holder(o.ID)); err != nil {
				return err
			}
		}
		return shipment.Deliver(tx, o.ID)
	})
}

// Close says that nothing is left to do. Errors: order.ErrUnknown, order.ErrRefused.
func (d *Desk) Close(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID, r Remark) error {
	return d.move(ctx, shop, which, r, func(tx tenant.Tx, o *order.Order, r Remark) error {
		return order.Move(tx, o, order.Close, who, r.step())
	})
}

// Cancel calls an order off: open attempts to pay are given up, the goods and the discounts go back once, the buyer
// may be told. Money that came is not given back by it: see Refund.
// Errors: order.ErrUnknown, order.ErrRefused.
func (d *Desk) Cancel(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID, r Remark) error {
	r, err := r.clean()
	if err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error { return d.cancel(tx, who, which, r) })
}

func (d *Desk) cancel(tx tenant.Tx, who tenant.Actor, which order.ID, r Remark) error {
	// The attempts are locked before the order, as everywhere.
	attempts, err := payment.ListOf(tx, paymentOrder(which))
	if err != nil {
		return err
	}
	if err := giveUp(tx, attempts); err != nil {
		return err
	}
	o, err := order.Lock(tx, which)
	if err != nil {
		return err
	}
	if err := order.Move(tx, o, order.Cancel, who, r.step()); err != nil {
		return err
	}
	if err := giveBack(tx, o); err != nil {
		return err
	}
	if err := promotion.GiveBack(tx, redeemer(o.ID)); err != nil {
		return err
	}
	if err := d.repeatCalledOff(tx, who, o); err != nil {
		return err
	}
	if r.Mail {
		if err := d.tell(tx, o, notify.OrderCancelled, r.words()); err != nil {
			return err
		}
	}
	return react(tx, d.Reactions.Canceled, o, who)
}

// Note writes on the timeline: for staff, for the buyer to see, or with a letter to him.
// Errors: refused field "note"; order.ErrUnknown.
func (d *Desk) Note(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID, r Remark) error {
	if r.Mail {
		r.Visible = true
	}
	return d.move(ctx, shop, which, r, func(tx tenant.Tx, o *order.Order, r Remark) error {
		var c form.Checker
		c.Required("note", r.Note)
		if err := c.Err(); err != nil {
			return err
		}
		err := order.Happen(tx, o.ID, order.Happening{Kind: order.Noted, Actor: who, Note: r.Note, Visible: r.Visible})
		if err != nil || !r.Mail {
			return err
		}
		return d.tell(tx, o, notify.OrderNote, r.words())
	})
}

// MarkPaid records money that came outside a bank's page: the cheque, the transfer, the cash. The
// amount is what was asked; its attempt is the newest that can still be paid. Recording it twice is
// refused.
//
// Errors: order.ErrUnknown; ErrNotPayable when nothing is due or there is no attempt; payment.ErrAmount.
func (d *Desk) MarkPaid(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID, amount money.Amount, r Remark) error {
	r, err := r.clean()
	if err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		p, err := d.unpaid(tx, which)
		if err != nil {
			return err
		}
		out, err := payment.Settle(tx, who, p.ID, payment.Settlement{Event: payment.Captured, Amount: amount, Note: r.Note})
		if err != nil {
			return err
		}
		if _, err = d.hear(tx, out, who); err != nil || r.Note == "" {
			return err
		}
		return order.Happen(tx, which, order.Happening{Kind: order.Noted, Actor: who, Note: r.Note, Visible: r.Visible})
	})
}

// unpaid is the attempt that money belongs to which came by another way than a bank's: the newest, unless one of them has
// been paid. Where the newest is a bank's, the money gets an attempt of its own, since the buyer may still be there. What is due
// before pre-ordered articles are sent has one of its own too. Errors: ErrNotPayable; ErrPromised.
func (d *Desk) unpaid(tx tenant.Tx, which order.ID) (payment.Payment, error) {
	attempts, err := payment.ListOf(tx, paymentOrder(which))
	if err != nil {
		return payment.Payment{}, err
	}
	if slices.ContainsFunc(attempts, func(p payment.Payment) bool { return p.State == payment.StateAuthorised }) {
		return payment.Payment{}, ErrPromised
	}
	o, err := order.Find(tx, which)
	if err != nil {
		return payment.Payment{}, err
	}
	rest := o.Owes() && o.Secured()
	for _, p := range attempts {
		if !rest && (p.State.Paid() || p.State == payment.StateRefunded) {
			return payment.Payment{}, ErrNotPayable
		}
	}
	newest := current(attempts)
	if !rest && newest == nil && len(attempts) > 0 {
		newest = &attempts[len(attempts)-1]
	}
	switch {
	case newest != nil && (d.offline(newest.Kind) || newest.State == payment.StateReview):
		return *newest, nil
	case newest != nil:
		return payment.BeginByHand(tx, payment.Bill{Order: paymentOrder(o.ID), Amount: o.Asks(), Worth: o.Asks(), Rest: rest})
	case rest || o.Request != nil:
		return d.handed(tx, o, attempts)
	}
	return payment.Payment{}, ErrNotPayable
}

// offline tells whether no bank is asked about a kind of payment.
func (d *Desk) offline(kind string) bool {
	gateway, err := d.Modes.Gateways().Find(kind)
	return err == nil && gateway.Capabilities().Offline
}

// handed begins an attempt for a rest, or for what the shop asked for without a cart, that was brought by a way no bank
// tells of. Errors: ErrNotPayable where the shop has no such mode, or a bank holds money for the order.
func (d *Desk) handed(tx tenant.Tx, o *order.Order, attempts []payment.Payment) (payment.Payment, error) {
	offers, charges, err := d.offers(tx, o, attempts)
	if err != nil {
		return payment.Payment{}, err
	}
	for i, offer := range offers {
		if offer.Capabilities.Offline {
			return d.begin(tx, o, offer, charges[i], payment.Saving{}, false)
		}
	}
	return payment.Payment{}, ErrNotPayable
}
