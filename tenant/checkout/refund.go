package checkout

import (
	"context"
	"errors"
	"fmt"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// refund names one refund for the bank, which gives it back once however often it is asked.
type refund struct{}

// Refund gives money of a payment back: through the bank where the family can, else it records what
// the merchant has given back himself. The intent is written before the bank is called, so that a
// refund whose answer was lost is seen on the timeline.
//
// Errors: payment.ErrPayment; ErrAmount when it is not positive or more than is left;
// payment.ErrDeclined; of kind Upstream when the bank's answer is not known.
func (d *Desk) Refund(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which payment.ID, amount money.Amount, r Remark) error {
	r, err := r.clean()
	if err != nil {
		return err
	}
	var p payment.Payment
	err = shop.Read(ctx, func(tx tenant.Tx) (err error) {
		p, err = payment.Find(tx, which)
		return err
	})
	if err != nil {
		return err
	}
	left := p.Refundable()
	if amount.Currency() != left.Currency() || !amount.IsPositive() || amount.Cmp(left) > 0 {
		return ErrAmount.With(fault.Args{"max": left}).On("amount")
	}
	gateway, account, err := d.account(ctx, shop, p.Mode)
	if bank, ok := gateway.(payment.Refunder); ok && err == nil {
		err := d.refundByBank(ctx, shop, who, bank, account, p, amount, r)
		if !errors.Is(err, payment.ErrOffice) {
			return err
		}
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		out, err := payment.Settle(tx, who, p.ID, payment.Settlement{Event: payment.Refunded, Amount: amount, Note: r.Note})
		if err != nil {
			return err
		}
		_, err = d.hear(tx, out, who)
		return err
	})
}

// refundByBank writes the intent, asks the bank, and writes the outcome.
func (d *Desk) refundByBank(ctx context.Context, shop *tenant.Shop, who tenant.Actor, bank payment.Refunder,
	a payment.Account, p payment.Payment, amount money.Amount, r Remark,
) error {
	key := id.New[refund]().String()
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		return order.Happen(tx, orderOf(p.Order), order.Happening{Kind: order.Noted, Actor: who, Note: r.Note, Visible: r.Visible,
			Data: map[string]string{"refund": amount.String(), "currency": amount.Currency().Code(), "key": key}})
	})
	if err != nil {
		return err
	}
	n, err := bank.Refund(ctx, a, p, amount, key)
	if err != nil {
		return fmt.Errorf("refund payment %s: %w", p.Ref, err)
	}
	return d.record(ctx, shop, a, payment.SourceCall, n)
}
