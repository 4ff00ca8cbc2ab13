package paypal

import (
	"context"
	"errors"
	"mime"
	"net/http"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// ReadNotice reads a webhook, or IPN where the merchant has it.
func (g *Gateway) ReadNotice(ctx context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	if len(raw.Body) > payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	if raw.HeaderValue(headSig) == "" {
		if kind, _, err := mime.ParseMediaType(raw.HeaderValue("Content-Type")); err == nil && kind == bankcall.FormType {
			return g.readIPN(ctx, a, raw.Body)
		}
	}
	test, err := g.signed(ctx, a, raw)
	if err != nil {
		return payment.Notice{}, err
	}
	return g.readEvent(ctx, a, raw.Body, test)
}

// ReadReturn settles the order the buyer comes back with. Nothing in the address is signed: it says only which order to ask
// PayPal for, and whoever brings it must be who agreed.
func (g *Gateway) ReadReturn(ctx context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	tokens, payers := raw.Query["token"], raw.Query["PayerID"]
	if len(tokens) != 1 || len(payers) != 1 || !idShape.MatchString(tokens[0]) || !idShape.MatchString(payers[0]) {
		return payment.Notice{}, payment.ErrForged
	}
	s, err := g.open(a, a.Test)
	if err != nil {
		return payment.Notice{}, err
	}
	o, err := s.order(ctx, tokens[0])
	switch {
	case errors.Is(err, payment.ErrNotKnown):
		return payment.Notice{}, payment.ErrForged.Because(err)
	case err != nil:
		return payment.Notice{}, err
	case o.Payer.ID != payers[0]:
		return payment.Notice{}, payment.ErrForged
	}
	return s.settle(ctx, o)
}

// Acknowledge is an empty answer: any status of 200 to 299 is well, and after others PayPal repeats for three days.
func (g *Gateway) Acknowledge(_ payment.Notice, err error) payment.Reply {
	reply := payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8"}
	switch {
	case err == nil:
	case fault.Is(err, fault.Denied):
		reply.Status = http.StatusForbidden
	case fault.Is(err, fault.Malformed):
		reply.Status = http.StatusBadRequest
	case fault.Is(err, fault.NotFound):
		reply.Status = http.StatusNotFound
	default:
		reply.Status = http.StatusServiceUnavailable
	}
	return reply
}
