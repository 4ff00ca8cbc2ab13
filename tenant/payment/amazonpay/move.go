package amazonpay

import (
	"context"
	"errors"
	"net/http"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// Inquire asks for the charge, or where none is known for the session, and completes it when the buyer agreed and has not
// come back.
func (g *Gateway) Inquire(ctx context.Context, a payment.Account, p payment.Payment) (payment.Notice, error) {
	if objectShape.MatchString(p.BankRef) {
		c, err := g.charge(ctx, a, p.Test, p.BankRef)
		if err != nil {
			return payment.Notice{}, err
		}
		return c.notice(p.Ref, p.Test)
	}
	s, err := g.own(ctx, a, p)
	if err != nil {
		return payment.Notice{}, err
	}
	return g.settle(ctx, a, s, p.Test)
}

// own is the session of a payment. Errors: ErrNotKnown, ErrBank.
func (g *Gateway) own(ctx context.Context, a payment.Account, p payment.Payment) (session, error) {
	s, err := g.session(ctx, a, p.Test, p.BankRef)
	if err == nil && s.Own.Ref != p.Ref || errors.Is(err, payment.ErrForeign) {
		return session{}, payment.ErrBank.Because(errors.New("amazonpay: a session of another payment"))
	}
	return s, err
}

// chargeOf is the number of the charge of a payment. A session is deleted after 30 days, and the charge is known before.
// Errors: ErrDeclined when there is none; ErrBank.
func (g *Gateway) chargeOf(ctx context.Context, a payment.Account, p payment.Payment) (string, error) {
	if objectShape.MatchString(p.BankRef) {
		return p.BankRef, nil
	}
	s, err := g.own(ctx, a, p)
	switch {
	case errors.Is(err, payment.ErrNotKnown):
		return "", payment.ErrDeclined.Because(err)
	case err != nil:
		return "", err
	case !objectShape.MatchString(s.Charge):
		return "", payment.ErrDeclined.Because(errors.New("amazonpay: nothing is authorised"))
	}
	return s.Charge, nil
}

// Capture takes what was authorised, or a part of it, for good.
func (g *Gateway) Capture(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	var body struct {
		Amount price `json:"captureAmount"`
	}
	id, err := g.prepare(ctx, a, p, amount, &body.Amount)
	if err != nil {
		return payment.Notice{}, err
	}
	var c charge
	err = g.call(ctx, a, p.Test, ask{what: "capture", method: http.MethodPost, path: "charges/" + id + "/capture", key: idempotency("capture", p.Ref, key), body: body}, &c)
	if err == nil {
		err = c.check(id, p.Test)
	}
	if err != nil {
		return payment.Notice{}, moved(err)
	}
	n, err := c.notice(p.Ref, p.Test)
	switch {
	case err != nil:
		return payment.Notice{}, err
	case n.Event == payment.Captured && !n.Amount.Equal(amount):
		return payment.Notice{}, payment.ErrBank.Because(errors.New("amazonpay: another amount was captured"))
	case n.Event != payment.Captured && n.Event != payment.Waiting:
		return payment.Notice{}, payment.ErrDeclined.Because(errState)
	}
	return n, nil
}

// Refund gives back of what was captured.
func (g *Gateway) Refund(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	var body struct {
		Charge string `json:"chargeId"`
		Amount price  `json:"refundAmount"`
	}
	var err error
	if body.Charge, err = g.prepare(ctx, a, p, amount, &body.Amount); err != nil {
		return payment.Notice{}, err
	}
	var r refund
	if err := g.call(ctx, a, p.Test, ask{what: "refund", method: http.MethodPost, path: "refunds", key: idempotency("refund", p.Ref, key), body: body}, &r); err != nil {
		return payment.Notice{}, moved(err)
	}
	n, err := r.notice(p.Ref, p.Test)
	switch {
	case err != nil:
		return payment.Notice{}, err
	case r.Charge != body.Charge || !n.Amount.Equal(amount):
		return payment.Notice{}, payment.ErrBank.Because(errors.New("amazonpay: a refund of another charge or amount"))
	case n.Event != payment.Refunded:
		return payment.Notice{}, payment.ErrDeclined.Because(errState)
	}
	return n, nil
}

// prepare finds the charge and writes the amount.
func (g *Gateway) prepare(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, into *price) (string, error) {
	var err error
	if *into, err = write(amount); err != nil {
		return "", payment.ErrUnfit
	}
	return g.chargeOf(ctx, a, p)
}

// Cancel lets go of an authorisation. Amazon knows no key for it, so it is asked first whether that was done before.
func (g *Gateway) Cancel(ctx context.Context, a payment.Account, p payment.Payment, _ string) (payment.Notice, error) {
	id, err := g.chargeOf(ctx, a, p)
	if err != nil {
		return payment.Notice{}, err
	}
	c, err := g.charge(ctx, a, p.Test, id)
	if err == nil && c.Status.State != "Canceled" {
		body := struct {
			Reason string `json:"cancellationReason"`
		}{"The order was not carried out"}
		c = charge{}
		if err = g.call(ctx, a, p.Test, ask{what: "cancel", method: http.MethodDelete, path: "charges/" + id + "/cancel", body: body}, &c); err == nil {
			err = c.check(id, p.Test)
		}
	}
	if err != nil {
		return payment.Notice{}, moved(err)
	}
	n, err := c.notice(p.Ref, p.Test)
	if err == nil && n.Event != payment.Cancelled {
		err = payment.ErrDeclined.Because(errState)
	}
	if err != nil {
		return payment.Notice{}, err
	}
	return n, nil
}

// moved is why something was not done: what Amazon refuses is ErrDeclined, and all else says nothing of what was done.
func moved(err error) error {
	var no *refusal
	switch {
	case errors.Is(err, payment.ErrBank):
		return err
	case errors.Is(err, payment.ErrNotKnown), errors.As(err, &no):
		return payment.ErrDeclined.Because(err)
	}
	return payment.ErrBank.Because(err)
}
