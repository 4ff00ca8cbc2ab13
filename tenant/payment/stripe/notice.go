package stripe

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/payment"
)

// signatureHeader is the header of the signature, as net/http writes it.
const signatureHeader = "Stripe-Signature"

// ReadNotice reads an event. The secret that signed it tells the mode. Stripe is asked about a refund and a dispute, whose
// events do not name the payment.
func (g *Gateway) ReadNotice(ctx context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	if len(raw.Body) > payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	if len(raw.Header[signatureHeader]) != 1 {
		return payment.Notice{}, payment.ErrForged
	}
	s, ok := readSeal(raw.HeaderValue(signatureHeader))
	test := s.verify(reveal(a, "hook", true), raw.Body)
	live := s.verify(reveal(a, "hook", false), raw.Body)
	if !ok || !test && !live || !s.fresh(g.calls.Clock().Now()) {
		return payment.Notice{}, payment.ErrForged
	}
	var e event
	if err := json.Unmarshal(raw.Body, &e); err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	if e.Live == nil || *e.Live != live || len(e.Data.Object) == 0 {
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("stripe: an event of another mode than its secret, or about nothing"))
	}
	n, err := g.read(ctx, a, e)
	if err != nil {
		return payment.Notice{}, err
	}
	n.Message["event"], n.Message["type"] = bounded(e.ID), bounded(e.Type)
	return n, nil
}

// bounded is a word of Stripe's for the ledger.
func bounded(text string) string { return text[:min(len(text), 100)] }

// Acknowledge is a word the merchant reads beside the event in Stripe's dashboard. Any status of 200 to 299 is well.
func (g *Gateway) Acknowledge(_ payment.Notice, err error) payment.Reply {
	reply := payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8", Body: []byte("OK")}
	switch {
	case err == nil:
		return reply
	case errors.Is(err, errOther):
		reply.Body = []byte("nothing of this shop")
		return reply
	case fault.Is(err, fault.Denied):
		reply.Status = http.StatusForbidden
	case fault.Is(err, fault.Malformed):
		reply.Status = http.StatusBadRequest
	case fault.Is(err, fault.NotFound):
		reply.Status = http.StatusNotFound
	default:
		reply.Status = http.StatusServiceUnavailable
	}
	reply.Body = []byte("KO")
	return reply
}
