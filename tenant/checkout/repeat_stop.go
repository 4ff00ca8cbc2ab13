package checkout

import (
	"context"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
)

// ErrNoRepeat refuses to stop what is not repeated, or no more.
var ErrNoRepeat = fault.New(fault.Conflict, "checkout.no_repeat")

// Stoppable tells that a repetition has begun, and is neither stopped nor at its end.
func Stoppable(first *order.Order) bool {
	return first != nil && !first.Request.Repeat.Start.IsZero() && first.Request.Repeat.More()
}

// StopRepeat ends the repetition an order is one of: nothing is asked for or charged any more, the card is erased at its bank, and
// both sides are told. Orders there are stay as they are; a charge that a bank has been asked for already is not taken back.
//
// Errors: order.ErrUnknown; ErrNoRepeat.
func (d *Desk) StopRepeat(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		o, err := order.Find(tx, which)
		if err != nil {
			return err
		}
		return d.stopRepeat(tx, who, o)
	})
}

// StopRepeatBy is StopRepeat for its buyer, who has the link to one of its orders. Errors: order.ErrLink; ErrNoRepeat.
func (d *Desk) StopRepeatBy(ctx context.Context, shop *tenant.Shop, who Visitor, link string) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		key, err := d.Links.Read(tx, link)
		if err != nil {
			return err
		}
		o, err := order.Find(tx, key)
		if err != nil {
			return err
		}
		actor := tenant.Actor{Kind: tenant.Guest, Name: o.Buyer}
		if !who.Customer.IsZero() && who.Customer == o.Customer {
			actor = tenant.Actor{Kind: tenant.Customer, ID: who.Customer.String(), Name: o.Buyer}
		}
		return d.stopRepeat(tx, actor, o)
	})
}

func (d *Desk) stopRepeat(tx tenant.Tx, who tenant.Actor, o *order.Order) error {
	if o.Request != nil && o.Request.Of != nil {
		if _, err := order.LockBare(tx, o.ID); err != nil { // before the first, as everywhere
			return err
		}
	}
	first, err := firstOf(tx, o, true)
	if err != nil {
		return err
	}
	if !Stoppable(first) {
		return ErrNoRepeat
	}
	return d.stopped(tx, who, first, o, "checkout.alert.repeat_stopped")
}

// cannotGoOn ends a repetition whose next order can no longer be written as it was agreed.
func (d *Desk) cannotGoOn(tx tenant.Tx, first *order.Order) error {
	latest, _, err := newestOf(tx, first)
	if err != nil {
		return err
	}
	return d.stopped(tx, tenant.ByProgram, first, latest, "checkout.alert.repeat_ended")
}

// stopped ends a repetition, and tells both sides on one of its orders.
func (d *Desk) stopped(tx tenant.Tx, who tenant.Actor, first, o *order.Order, why string) error {
	if err := d.endRepeat(tx, who, first); err != nil {
		return err
	}
	if err := alert(tx, o, why, map[string]string{"name": who.Name}); err != nil {
		return err
	}
	rules, err := d.rules(tx)
	if err != nil {
		return err
	}
	return d.Post.Put(tx, letter(o, notify.OrderRepeatStopped, nil),
		notify.Letter{Kind: notify.OrderRepeatStoppedStaff, To: notify.Staff, Locale: rules.Languages.Default, Order: subject(o.ID)})
}

// endRepeat ends the repetition of an order that is locked.
func (d *Desk) endRepeat(tx tenant.Tx, who tenant.Actor, first *order.Order) error {
	r := first.Request.Repeat
	r.Stopped, r.By, r.Retry = tx.Now(), who, time.Time{}
	if err := dropMandate(tx, r); err != nil {
		return err
	}
	return order.SaveRepeat(tx, first)
}

// repeatCalledOff lets a repetition go on when the order it waits for is called off, and ends it with its first.
func (d *Desk) repeatCalledOff(tx tenant.Tx, who tenant.Actor, o *order.Order) error {
	first, err := firstOf(tx, o, true)
	if err != nil || first == nil {
		return err
	}
	r := first.Request.Repeat
	switch {
	case first.ID == o.ID && Stoppable(first):
		return d.stopRepeat(tx, who, o)
	case first.ID == o.ID && r.Stopped.IsZero():
		return d.endRepeat(tx, who, first)
	case r.Newest(o.ID) && r.Stopped.IsZero():
		return d.repeatPaid(tx, o)
	}
	return nil
}
