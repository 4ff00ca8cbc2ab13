package checkout

import (
	"context"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// Refund gives money of a payment back: through the bank where the family can, else it records what
// the merchant has given back himself (PGW-30).
//
// Errors: payment.ErrPayment; ErrAmount when it is not positive or more than is left; those of moveMoney.
func (d *Desk) Refund(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which payment.ID, amount money.Amount, r Remark) error {
	p, err := findPayment(ctx, shop, which)
	if err != nil {
		return err
	}
	if err := within(amount, p.Refundable(), ErrAmount); err != nil {
		return err
	}
	return d.moveMoney(ctx, shop, who, p, wish{event: payment.Refunded, amount: amount, remark: r, data: "refund", call: func(g payment.Gateway) call {
		if bank, ok := g.(payment.Refunder); ok {
			return bank.Refund
		}
		return nil
	}})
}

// Capture takes money a bank has promised, or a part of it; the rest of the promise lapses (PGW-02).
//
// Errors: payment.ErrPayment; fsm.ErrRefused when nothing is promised; ErrCapture; those of moveMoney.
func (d *Desk) Capture(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which payment.ID, amount money.Amount, r Remark) error {
	p, err := findPayment(ctx, shop, which)
	if err != nil {
		return err
	}
	if err := within(amount, p.Amount, ErrCapture); err != nil {
		return err
	}
	return d.moveMoney(ctx, shop, who, p, wish{event: payment.Captured, amount: amount, remark: r, data: "capture", call: func(g payment.Gateway) call {
		if bank, ok := g.(payment.Capturer); ok {
			return bank.Capture
		}
		return nil
	}})
}

// Hold records that a trusted third party has the buyer's money (payment.Capabilities.Held): it is promised, and the order
// can be sent.
//
// Errors: payment.ErrPayment; ErrNotPayable for a payment nobody holds; fsm.ErrRefused when it is promised or paid already.
func (d *Desk) Hold(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which payment.ID, r Remark) error {
	p, err := findPayment(ctx, shop, which)
	if err != nil {
		return err
	}
	if !d.Held(p) {
		return ErrNotPayable
	}
	return d.moveMoney(ctx, shop, who, p, wish{event: payment.Authorised, amount: p.Amount, remark: r, call: func(payment.Gateway) call { return nil }})
}

// Held tells whether a trusted third party takes the money of a payment.
func (d *Desk) Held(p payment.Payment) bool {
	g, err := d.Modes.Gateways().Find(p.Kind)
	return err == nil && g.Capabilities().Held
}

// LetGo gives a promise back to the buyer's bank (PGW-02). The order stays, and can be paid anew.
//
// Errors: payment.ErrPayment; fsm.ErrRefused when nothing is promised; those of moveMoney.
func (d *Desk) LetGo(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which payment.ID, r Remark) error {
	p, err := findPayment(ctx, shop, which)
	if err != nil {
		return err
	}
	return d.moveMoney(ctx, shop, who, p, wish{event: payment.Cancelled, amount: p.Amount, remark: r, data: "release", call: func(g payment.Gateway) call {
		if bank, ok := g.(payment.Canceller); ok {
			return func(ctx context.Context, a payment.Account, p payment.Payment, _ money.Amount, key string) (payment.Notice, error) {
				return bank.Cancel(ctx, a, p, key)
			}
		}
		return nil
	}})
}

func findPayment(ctx context.Context, shop *tenant.Shop, which payment.ID) (p payment.Payment, err error) {
	err = shop.Read(ctx, func(tx tenant.Tx) error {
		p, err = payment.Find(tx, which)
		return err
	})
	return p, err
}

// within refuses an amount that is nothing, or more than there is, with the words of what was to be done with it.
func within(amount, most money.Amount, refusal *fault.Error) error {
	if amount.Currency() != most.Currency() || !amount.IsPositive() || amount.Cmp(most) > 0 {
		return refusal.With(fault.Args{"max": most}).On("amount")
	}
	return nil
}
