package supply

import (
	"context"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/stock"
)

// Send says that a draft went to the supplier: its pieces are on order. Errors: ErrUnknown, ErrRefused,
// ErrEmpty.
func Send(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which ID) error {
	return move(ctx, shop, who, which, Place, func(tx tenant.Tx, o *Order) error {
		if len(o.Lines) == 0 {
			return ErrEmpty
		}
		now := tx.Now()
		o.Placed = &now
		if err := o.expect(tx); err != nil {
			return err
		}
		return o.post(tx, who, stock.ReasonBought, 1)
	})
}

// expect names the day it usually takes, where nobody has.
func (o *Order) expect(tx tenant.Tx) error {
	if o.Expected != nil || o.Supplier.IsZero() {
		return nil
	}
	s, err := FindSupplier(tx, o.Supplier)
	if err != nil || s.Days == 0 {
		return err
	}
	day := tx.Now().Add(time.Duration(s.Days) * 24 * time.Hour)
	o.Expected = &day
	return nil
}

// CallOff cancels an order of which nothing has come. Errors: ErrUnknown, ErrRefused.
func CallOff(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which ID) error {
	return move(ctx, shop, who, which, Cancel, func(tx tenant.Tx, o *Order) error {
		if o.State == Draft {
			return nil
		}
		return o.post(tx, who, stock.ReasonUnbought, -1)
	})
}

// End says that the rest of an order will not come. Errors: ErrUnknown, ErrRefused.
func End(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which ID) error {
	return move(ctx, shop, who, which, Finish, func(tx tenant.Tx, o *Order) error {
		return o.post(tx, who, stock.ReasonUnbought, -1)
	})
}

// post writes what is still to come into the ledger, as being on order or not any more.
func (o *Order) post(tx tenant.Tx, who tenant.Actor, why stock.Reason, sign int) error {
	var list []stock.Posting
	for _, l := range o.Lines {
		if n := l.Left(); n > 0 {
			list = append(list, stock.Posting{Variant: l.Variant, OnOrder: sign * n})
		}
	}
	return stock.Post(tx, who, why, o.ID.String(), o.Number, list)
}

// move locks an order and takes it along an arrow of the table, with what belongs to it.
func move(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which ID, e Event, work func(tenant.Tx, *Order) error) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		o, err := lock(tx, which)
		if err != nil {
			return err
		}
		next, err := table.Next(o.State, e)
		if err != nil {
			return err
		}
		before := o.State
		if err := work(tx, o); err != nil {
			return err
		}
		o.State = next
		if err := o.write(tx); err != nil {
			return err
		}
		return tx.Record(who, "supply_order."+string(e), subject(o), fault.Args{"state": before}, fault.Args{"state": next})
	})
}
