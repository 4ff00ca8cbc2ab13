package checkout

import (
	"context"
	"errors"
	"fmt"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// call is what a bank is asked, in the form of payment.Refunder.
type call func(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error)

// wish is what is wanted of a bank.
type wish struct {
	event  payment.Event
	amount money.Amount
	remark Remark
	data   string                     // what the timeline calls it
	call   func(payment.Gateway) call // nil where the family cannot
}

// moveMoney asks a bank for something, or records what was done in its own office. The intent is written before the bank is
// called, so that a call whose answer was lost is seen on the timeline, and what is wanted again goes by the same key.
//
// Errors: those of payment.Ask; payment.ErrUnanswered; payment.ErrDeclined; of kind Upstream when the bank's answer is not known.
func (d *Desk) moveMoney(ctx context.Context, shop *tenant.Shop, who tenant.Actor, p payment.Payment, w wish) (err error) {
	if w.remark, err = w.remark.clean(); err != nil {
		return err
	}
	gateway, account, err := d.account(ctx, shop, p.Mode)
	if err == nil && !w.remark.Done {
		if bank := w.call(gateway); bank != nil {
			err := d.askBank(ctx, shop, who, gateway, account, p, w, bank)
			if !errors.Is(err, payment.ErrOffice) {
				return err
			}
		}
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		out, err := payment.Settle(tx, who, p.ID, payment.Settlement{Event: w.event, Amount: w.amount, Note: w.remark.Note})
		if err != nil {
			return err
		}
		_, err = d.hear(tx, out, who)
		return err
	})
}

// askBank writes the intent, asks the bank, and writes what it says.
func (d *Desk) askBank(ctx context.Context, shop *tenant.Shop, who tenant.Actor, g payment.Gateway, a payment.Account, p payment.Payment, w wish, bank call) error {
	var asking payment.Asking
	err := shop.Write(ctx, func(tx tenant.Tx) (err error) {
		if asking, err = payment.Ask(tx, who, p.ID, w.event, w.amount); err != nil || asking.Again {
			return err
		}
		return order.Happen(tx, orderOf(p.Order), order.Happening{Kind: order.Noted, Actor: who, Note: w.remark.Note, Visible: w.remark.Visible,
			Data: map[string]string{w.data: w.amount.String(), "currency": w.amount.Currency().Code(), "key": asking.Key}})
	})
	if err != nil {
		return err
	}
	if asking.Again {
		if done, err := d.doneBefore(ctx, shop, g, a, p, w); done || err != nil {
			return err
		}
	}
	n, err := bank(ctx, a, p, w.amount, asking.Key)
	said := err
	switch {
	case err == nil:
		return d.record(ctx, shop, a, payment.SourceCall, n)
	case errors.Is(err, payment.ErrDeclined), errors.Is(err, payment.ErrOffice):
		denied := shop.Write(ctx, func(tx tenant.Tx) error {
			if err := payment.Deny(tx, p.ID, w.event, w.amount, asking.Key); err != nil || errors.Is(said, payment.ErrOffice) {
				return err
			}
			return tell(tx, p, w, "bank_denied")
		})
		return errors.Join(err, denied)
	case fault.Is(err, fault.Upstream):
		silent := shop.Write(ctx, func(tx tenant.Tx) error { return tell(tx, p, w, "bank_silent") })
		return errors.Join(fmt.Errorf("ask about payment %s: %w", p.Ref, err), silent)
	}
	return fmt.Errorf("ask about payment %s: %w", p.Ref, err)
}

// doneBefore finds out whether a call whose answer never came was obeyed after all. Errors: payment.ErrUnanswered where
// the bank neither tells nor recognises the call when it comes again.
func (d *Desk) doneBefore(ctx context.Context, shop *tenant.Shop, g payment.Gateway, a payment.Account, p payment.Payment, w wish) (bool, error) {
	teller, can := g.(payment.Inquirer)
	if can {
		n, err := teller.Inquire(ctx, a, p)
		if w.event == payment.Captured && n.Event == payment.Captured && g.Capabilities().CapturesUntold {
			n.Amount = w.amount
		}
		if err == nil {
			err = d.record(ctx, shop, a, payment.SourceInquiry, n)
		}
		can = !errors.Is(err, payment.ErrNotKnown) && !errors.Is(err, payment.ErrOffice)
		if err != nil && can {
			return false, fmt.Errorf("ask about payment %s: %w", p.Ref, err)
		}
	}
	if can && w.event == payment.Refunded {
		can = !g.Capabilities().RefundsUntold
	}
	if !can && g.Capabilities().Keyless {
		return false, payment.ErrUnanswered
	}
	var key string
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
		key, err = payment.Unanswered(tx, p.ID, w.event, w.amount)
		return err
	})
	return key == "", err
}

// tell puts before a person what became of a wish: the bank said no (bank_denied), or did not answer, so that the money
// may have moved or not (bank_silent).
func tell(tx tenant.Tx, p payment.Payment, w wish, what string) error {
	return order.Happen(tx, orderOf(p.Order), order.Happening{Kind: order.Alerted, Actor: tenant.ByProgram, Note: "checkout.alert." + what + "." + w.data,
		Data: map[string]string{"amount": w.amount.String(), "currency": w.amount.Currency().Code()}})
}
