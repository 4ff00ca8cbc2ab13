package square

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/payment"
)

// ReadNotice reads an event. The key that signed it tells the mode; the address it was signed for is the one the merchant was
// given, whatever a proxy made of the call. Square is asked which payment of ours it is about, since no event says it.
func (g *Gateway) ReadNotice(ctx context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	if len(raw.Body) > payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	if len(raw.Header[signatureHeader]) != 1 {
		return payment.Notice{}, payment.ErrForged
	}
	told := raw.HeaderValue(signatureHeader)
	test := verify(reveal(a, "hook", true), raw.URL, raw.Body, told)
	live := verify(reveal(a, "hook", false), raw.URL, raw.Body, told)
	if !test && !live {
		return payment.Notice{}, payment.ErrForged
	}
	var e event
	if err := json.Unmarshal(raw.Body, &e); err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	n, err := g.read(ctx, a, e, test)
	if err != nil {
		return payment.Notice{}, err
	}
	n.Message["event"], n.Message["type"] = bounded(e.ID), bounded(e.Type)
	return n, nil
}

// Acknowledge is a word the merchant reads in the developer dashboard's log of webhooks. Any status of 200 to 299 is well; after
// others Square repeats for a day or more.
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
