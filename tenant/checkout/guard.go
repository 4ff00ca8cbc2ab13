package checkout

import (
	"context"
	"errors"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/shield"
)

// ErrTried refuses another attempt to pay at a bank for a while (SEC-04): minutes. Ways without a bank stay open.
var ErrTried = fault.New(fault.Malformed, "checkout.tried_too_often")

// attemptOf is an attempt to pay as the shield counts it; o is nil before there is an order.
func attemptOf(shop *tenant.Shop, network string, o *order.ID) shield.Attempt {
	a := shield.Attempt{Shop: shop.ID().String(), Network: network}
	if o != nil {
		a.Order = o.String()
	}
	return a
}

// guard refuses an attempt to pay at a bank where too many were tried. What passes costs one question to the cache;
// only for what does not is the shop asked whether the mode is a bank's at all, and who the visitor is. It is no part of
// a unit of work. Errors: ErrTried on "payment".
func (d *Desk) guard(ctx context.Context, shop *tenant.Shop, who Visitor, mode payment.ModeID, o *order.ID, placed string) error {
	if d.Shield == nil {
		return nil
	}
	a := attemptOf(shop, fraud.Network(who.Client), o)
	over := d.Shield.Check(ctx, a)
	if over == shield.None {
		return nil
	}
	free, known := false, false
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		if placed != "" { // the same page sent again begins nothing
			if _, err := order.FindByPlaceKey(tx, placed); !errors.Is(err, order.ErrUnknown) {
				free = err == nil
				return err
			}
		}
		gateway, _, err := d.accountIn(tx, mode)
		if err != nil || gateway.Capabilities().Offline {
			free = true // a mode that is not there is told as such
			return nil
		}
		known, err = order.PaidBefore(tx, who.Customer, tx.Now().Add(-settled))
		return err
	})
	if err != nil || free || !d.Shield.Stop(ctx, a, over, known) {
		return err
	}
	return ErrTried.With(fault.Args{"minutes": int(shield.Window / time.Minute)}).On("payment")
}

// settled is how long ago a customer must have paid an order to be somebody the shop knows: an account and a stolen
// card that was good once are quickly made.
const settled = 24 * time.Hour

// guardPlace is guard for an order that is to be placed.
func (d *Desk) guardPlace(ctx context.Context, shop *tenant.Shop, who Visitor, cmd PlaceOrder) error {
	mode, err := id.Parse[payment.Mode](cmd.Draft.Payment)
	if err != nil {
		return nil // nothing to pay, or told by the checks
	}
	return d.guard(ctx, shop, who, mode, nil, (&placing{who: who, cmd: cmd}).key())
}

// guardAgain is guard for an order that is to be paid again. Errors: order.ErrLink; ErrTried.
func (d *Desk) guardAgain(ctx context.Context, shop *tenant.Shop, who Visitor, link string, mode payment.ModeID) error {
	if d.Shield == nil {
		return nil
	}
	var which order.ID
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
		which, err = d.Links.Read(tx, link)
		return err
	})
	if err != nil {
		return err
	}
	return d.guard(ctx, shop, who, mode, &which, "")
}

// begun counts an attempt that begins at a bank.
func (d *Desk) begun(ctx context.Context, shop *tenant.Shop, o *order.Order, p *payment.Payment) {
	if d.Shield == nil || p == nil {
		return
	}
	if gateway, err := d.Modes.Gateways().Find(p.Kind); err == nil && !gateway.Capabilities().Offline {
		d.Shield.Begun(ctx, attemptOf(shop, o.Screening.Network, &o.ID))
	}
}

// ended counts how an attempt at a bank went, by what the bank said. Another refusal under the reference of an attempt
// that was refused before is another card. o is nil where nobody has to know.
func (d *Desk) ended(ctx context.Context, shop *tenant.Shop, said payment.Notice, out payment.Outcome, o *order.Order) {
	if d.Shield == nil || o == nil || out.Repeat {
		return
	}
	a := attemptOf(shop, o.Screening.Network, &o.ID)
	switch said.Event {
	case payment.Authorised, payment.Captured:
		if out.Moved() && out.Before != payment.StateAuthorised {
			d.Shield.Succeeded(ctx, a)
		}
	case payment.Failed:
		switch said.Reason {
		case payment.ReasonTechnical: // nobody's card
		case payment.ReasonAbandoned, payment.ReasonExpired:
			d.Shield.Vain(ctx, a)
		default:
			d.Shield.Refused(ctx, a)
		}
	case payment.Cancelled:
		if out.Moved() && out.Before.Open() {
			d.Shield.Vain(ctx, a)
		}
	default:
	}
}
