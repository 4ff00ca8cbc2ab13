package square

import (
	"context"
	"errors"
	"fmt"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// Capture takes what was approved. No part of it: Square completes a payment whole, and that of an order must be the order's sum.
// Completing has no key, so what is done already is not asked for again.
func (g *Gateway) Capture(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, _ string) (payment.Notice, error) {
	one, err := g.paid(ctx, a, p)
	if err != nil {
		return payment.Notice{}, err
	}
	whole, err := one.Total.amount()
	switch {
	case err != nil:
		return payment.Notice{}, payment.ErrBank.Because(err)
	case !whole.Equal(amount):
		return payment.Notice{}, payment.ErrDeclined.Because(errors.New("square: a payment is taken whole or not at all"))
	case one.Status == statusApproved:
		body := struct{}{}
		if one, err = g.paymentAfter(ctx, a, one.ID, p.Test, post("complete", "/v2/payments/"+one.ID+"/complete", body)); err != nil {
			return payment.Notice{}, moved(err)
		}
	case one.Status != statusCompleted:
		return payment.Notice{}, payment.ErrDeclined.Because(fmt.Errorf("square: nothing is approved, the payment is %.30q", one.Status))
	}
	return done(one, p, payment.Captured, amount)
}

// Cancel lets go of what was approved.
func (g *Gateway) Cancel(ctx context.Context, a payment.Account, p payment.Payment, _ string) (payment.Notice, error) {
	one, err := g.paid(ctx, a, p)
	if err != nil {
		return payment.Notice{}, err
	}
	switch one.Status {
	case statusCanceled:
	case statusApproved:
		if one, err = g.paymentAfter(ctx, a, one.ID, p.Test, post("cancel", "/v2/payments/"+one.ID+"/cancel", nil)); err != nil {
			return payment.Notice{}, moved(err)
		}
	default:
		return payment.Notice{}, payment.ErrDeclined.Because(fmt.Errorf("square: nothing is approved, the payment is %.30q", one.Status))
	}
	return done(one, p, payment.Cancelled, p.Amount)
}

// paid is the payment that paid, or promises to. Errors: ErrDeclined when there is none; as for call.
func (g *Gateway) paid(ctx context.Context, a payment.Account, p payment.Payment) (paymentObject, error) {
	o, err := g.orderFor(ctx, a, p)
	if err != nil {
		return paymentObject{}, moved(err)
	}
	one, err := g.best(ctx, a, o, p.Test)
	return one, moved(err)
}

// done is the answer to a call about a payment. Only what was asked is believed to have been done.
func done(one paymentObject, p payment.Payment, want payment.Event, amount money.Amount) (payment.Notice, error) {
	n, err := upstream(one.notice(p.Ref, p.Test))
	if err == nil && (n.Event != want || !n.Amount.Equal(amount)) {
		err = payment.ErrBank.Because(fmt.Errorf("square: asked for %s, and told of %d, %.30q", want, one.Total.Amount, one.Status))
	}
	return n, err
}

// moved is why something was not done: what Square does not know cannot be moved.
func moved(err error) error {
	if errors.Is(err, payment.ErrNotKnown) {
		return payment.ErrDeclined.Because(err)
	}
	return err
}

// newRefund is the body of RefundPayment.
type newRefund struct {
	Key     string `json:"idempotency_key"` // 45 bytes at most
	Payment string `json:"payment_id"`
	Amount  cash   `json:"amount_money"`
	Reason  string `json:"reason"` // shown in Square's dashboard
}

// Refund gives money back, once for a key. How long Square remembers keys is said nowhere, so ours is the reason of the refund as
// well, and what was given back before is looked through for it.
func (g *Gateway) Refund(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	sum, err := cashOf(amount)
	if err != nil {
		return payment.Notice{}, err
	}
	one, err := g.paid(ctx, a, p)
	if err != nil {
		return payment.Notice{}, err
	}
	for _, id := range one.Refunds {
		if !idShape.MatchString(id) {
			return payment.Notice{}, payment.ErrBank.Because(errNameless)
		}
		r, err := g.refundAfter(ctx, a, p, get("refund", "/v2/refunds/"+id))
		if err != nil {
			return payment.Notice{}, answered(err)
		}
		if r.Reason == key {
			return gaveBack(r, p, one.ID, sum)
		}
	}
	r, err := g.refundAfter(ctx, a, p, post("refund", "/v2/refunds", newRefund{Key: key, Payment: one.ID, Amount: sum, Reason: key}))
	if err != nil {
		return payment.Notice{}, moved(err)
	}
	return gaveBack(r, p, one.ID, sum)
}

// refundAfter is the refund a call answers with.
func (g *Gateway) refundAfter(ctx context.Context, a payment.Account, p payment.Payment, q question) (refundObject, error) {
	var answer struct {
		Refund refundObject `json:"refund"`
	}
	err := g.call(ctx, a, p.Test, q, &answer)
	return answer.Refund, err
}

// gaveBack is a refund we asked for, in our words.
func gaveBack(r refundObject, p payment.Payment, of string, sum cash) (payment.Notice, error) {
	switch {
	case r.Amount != sum || r.Payment != of:
		return payment.Notice{}, payment.ErrBank.Because(errors.New("square: an answer about another refund"))
	case r.failed():
		return payment.Notice{}, payment.ErrDeclined.Because(fmt.Errorf("square: the refund is %s", r.Status))
	}
	return upstream(r.notice(p.Ref, p.Test))
}
