package paybox

import (
	"context"
	"fmt"
	"strings"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// Capture takes what was authorised, or a part of it.
func (g *Gateway) Capture(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	r, err := g.move(ctx, a, "capture", about(p, opCapture, amount, key))
	if err != nil {
		return payment.Notice{}, err
	}
	_, trans, _ := strings.Cut(p.BankRef, "-")
	return r.notice(p, "capture:"+trans, payment.Captured, amount), nil
}

// Refund gives money back. Each is a transaction of its own.
func (g *Gateway) Refund(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	r, err := g.move(ctx, a, "refund", about(p, opRefund, amount, key))
	if err != nil {
		return payment.Notice{}, err
	}
	return r.notice(p, "refund:"+bare(r["NUMAPPEL"])+"-"+bare(r["NUMTRANS"])+"-"+r["NUMQUESTION"], payment.Refunded, amount), nil
}

// Cancel lets go of an authorisation.
func (g *Gateway) Cancel(ctx context.Context, a payment.Account, p payment.Payment, key string) (payment.Notice, error) {
	r, err := g.move(ctx, a, "cancel", about(p, opCancel, p.Amount, key))
	if err != nil {
		return payment.Notice{}, err
	}
	_, trans, _ := strings.Cut(p.BankRef, "-")
	return r.notice(p, "cancel:"+trans, payment.Cancelled, p.Amount), nil
}

// move asks for something to be done. Errors: ErrDeclined and those of ask.
func (g *Gateway) move(ctx context.Context, a payment.Account, what string, q question) (reply, error) {
	if q.trans == "" {
		return nil, payment.ErrDeclined.Because(fmt.Errorf("paybox %s: the bank's number of the payment is not known", what))
	}
	r, err := g.ask(ctx, a, what, q)
	if err == nil && r["CODEREPONSE"] != ok {
		err = payment.ErrDeclined.Because(fmt.Errorf("paybox %s: %s %s", what, r["CODEREPONSE"], r["COMMENTAIRE"]))
	}
	return r, err
}

// notice is an answer in our words.
func (r reply) notice(p payment.Payment, id string, e payment.Event, amount money.Amount) payment.Notice {
	n := payment.Notice{ID: id, Ref: p.Ref, Event: e, Amount: amount, BankRef: p.BankRef, Test: p.Test, Message: r.message()}
	if e == payment.Cancelled {
		n.Reason = payment.ReasonAbandoned
	}
	return n
}
