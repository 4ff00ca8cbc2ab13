package sips2

import (
	"context"
	"errors"
	"fmt"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// Capture takes what was authorised, or a part of it.
func (g *Gateway) Capture(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, _ string) (payment.Notice, error) {
	r, err := g.move(ctx, a, p, validate, amount)
	if err != nil {
		return payment.Notice{}, err
	}
	return payment.Notice{ID: "capture:" + p.Ref, Ref: p.Ref, Event: payment.Captured, Amount: amount, Test: p.Test, Message: r.message()}, nil
}

// Refund gives money back: what was not yet sent to the banks is cancelled, the rest refunded. Each of them is named by our
// key and the bank's time, since the bank has no name for it.
func (g *Gateway) Refund(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	stands, err := g.stands(ctx, a, p)
	if err != nil {
		return payment.Notice{}, err
	}
	f := credit
	if stands == toCapture {
		f = letGo
	}
	r, err := g.move(ctx, a, p, f, amount)
	if err != nil {
		return payment.Notice{}, err
	}
	return payment.Notice{ID: "refund:" + p.Ref + ":" + key + ":" + r.v["operationDateTime"], Ref: p.Ref, Event: payment.Refunded, Amount: amount,
		Test: p.Test, Message: r.message()}, nil
}

// Cancel lets go of an authorisation. The same function would undo what was taken already and not yet sent: that is a refund, and
// is not done here.
func (g *Gateway) Cancel(ctx context.Context, a payment.Account, p payment.Payment, _ string) (payment.Notice, error) {
	stands, err := g.stands(ctx, a, p)
	if err != nil {
		return payment.Notice{}, err
	}
	if stands != toValidate && !held[stands] {
		return payment.Notice{}, payment.ErrDeclined.Because(fmt.Errorf("sips2 cancel: the transaction is %s", stands))
	}
	r, err := g.move(ctx, a, p, letGo, p.Amount)
	if err != nil {
		return payment.Notice{}, err
	}
	return payment.Notice{ID: "cancel:" + p.Ref, Ref: p.Ref, Event: payment.Cancelled, Reason: payment.ReasonAbandoned, Amount: p.Amount,
		Test: p.Test, Message: r.message()}, nil
}

// stands is the status before something is done. Errors: ErrDeclined for a transaction the bank does not know; those of ask.
func (g *Gateway) stands(ctx context.Context, a payment.Account, p payment.Payment) (string, error) {
	r, err := g.status(ctx, a, p)
	if errors.Is(err, payment.ErrNotKnown) {
		return "", payment.ErrDeclined.Because(errors.New("sips2: the bank does not know the transaction"))
	}
	return r.v["transactionStatus"], err
}

// move asks for something to be done. Errors: ErrDeclined and those of ask.
func (g *Gateway) move(ctx context.Context, a payment.Account, p payment.Payment, f function, amount money.Amount) (reply, error) {
	r, err := g.ask(ctx, a, p, f, amount)
	if err == nil && r.code != done {
		err = payment.ErrDeclined.Because(fmt.Errorf("sips2 %s: code %s %s", f.name, r.code, r.v["errorFieldName"]))
	}
	return r, err
}
