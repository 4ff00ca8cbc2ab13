package stripe

import (
	"context"
	"errors"
	"fmt"

	"echoppe.dev/tenant/payment"
)

// refunded finds the refund charge.refunded is about. The event tells only how much has gone back of the charge in all; the
// refund with which that sum was reached has the name by which it is known elsewhere. Errors: ErrGarbled; of kind Upstream,
// also when no refund fits, so that Stripe tells it again.
func (g *Gateway) refunded(ctx context.Context, a payment.Account, c charge, ref string, e event) (payment.Notice, error) {
	all, err := g.refunds(ctx, a, string(c.Intent), !*e.Live)
	if err != nil {
		return payment.Notice{}, payment.ErrBank.Because(err)
	}
	var of []refund
	for _, r := range all {
		if string(r.Charge) == c.ID {
			of = append(of, r)
		}
	}
	r, found := reached(of, c.Refunded)
	if !found && e.Data.Before.Refunded != nil {
		r, found = newest(of, c.Refunded-*e.Data.Before.Refunded)
	}
	if !found {
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("stripe: %d of charge %s went back, by no refund that is known", c.Refunded, c.ID))
	}
	if r.Currency != c.Currency {
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("stripe: a refund in another currency"))
	}
	n, err := r.notice(ref, *e.Live)
	if err == nil && r.ID == of[0].ID && c.released() == r.Amount && r.Tags[metaKey] == "" {
		n.Event, n.ID = payment.Waiting, r.ID+":released"
	}
	return n, err
}

// released is what was authorised and not taken, which some versions tell as a first refund.
func (c charge) released() int64 {
	if c.Captured == 0 {
		return 0
	}
	return c.Amount - c.Captured
}

// reached is the refund after which that much had gone back.
func reached(oldest []refund, sum int64) (refund, bool) {
	for _, r := range oldest {
		if r.failed() {
			continue
		}
		if sum -= r.Amount; sum == 0 {
			return r, true
		}
	}
	return refund{}, false
}

// newest is the last refund of that sum.
func newest(oldest []refund, sum int64) (found refund, ok bool) {
	for _, r := range oldest {
		if r.Amount == sum && !r.failed() {
			found, ok = r, true
		}
	}
	return found, ok
}
