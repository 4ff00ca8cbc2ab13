package checkout

import (
	"context"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
)

// Refusals about orders that wait for a person (FRD-05).
var (
	// ErrHeld refuses to send what is on hold.
	ErrHeld = fault.New(fault.Conflict, "checkout.held")
	// ErrNotHeld refuses to release what is not.
	ErrNotHeld = fault.New(fault.Conflict, "checkout.not_held")
)

// The data of a timeline's line that says what a person decided about an order's risk.
const (
	KeyScreening = "screening"
	Released     = "released"
	Marked       = "marked"
	Cleared      = "cleared" // it was marked, and is no fraud after all
)

// Release lets an order go that was held; that it is fraud is taken back. It is not held again by what is found later.
// Errors: order.ErrUnknown, ErrNotHeld.
func (d *Desk) Release(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID, r Remark) error {
	return d.move(ctx, shop, which, r, func(tx tenant.Tx, o *order.Order, r Remark) error {
		if !o.Screening.IsHeld() {
			return ErrNotHeld
		}
		what := Released
		if o.Screening.IsMarked() {
			what = Cleared
		}
		o.Screening.Release(tx.Now())
		if what == Cleared {
			if err := reportLater(tx, o.ID); err != nil {
				return err
			}
		}
		return d.decided(tx, o, who, what, r)
	})
}

// MarkFraud says that an order is fraud: it is held if something of it can still be, and the shops that share
// signals are warned where this one shares too. Said again it changes nothing. Errors: order.ErrUnknown.
func (d *Desk) MarkFraud(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID, r Remark) error {
	return d.move(ctx, shop, which, r, func(tx tenant.Tx, o *order.Order, r Remark) error {
		if o.Screening.IsMarked() {
			return nil
		}
		o.Screening.Mark(tx.Now())
		if err := reportLater(tx, o.ID); err != nil {
			return err
		}
		return d.decided(tx, o, who, Marked, r)
	})
}

// decided writes what a person decided, with who it was; the buyer is told nothing of it.
func (d *Desk) decided(tx tenant.Tx, o *order.Order, who tenant.Actor, what string, r Remark) error {
	if err := order.Screened(tx, o); err != nil {
		return err
	}
	return order.Happen(tx, o.ID, order.Happening{Kind: order.Noted, Actor: who, Note: r.Note, Data: map[string]string{KeyScreening: what}})
}
