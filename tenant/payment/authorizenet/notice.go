package authorizenet

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/payment"
)

// webhook is a notice as far as it is read: which transaction to ask for.
type webhook struct {
	ID      string `json:"notificationId"`
	Type    string `json:"eventType"`
	Payload struct {
		Entity string `json:"entityName"`
		ID     string `json:"id"`
	} `json:"payload"`
}

// ReadNotice asks for the transaction a webhook names. Its errors are those of the port; a transaction the account does not have is
// ErrForeign.
func (g *Gateway) ReadNotice(ctx context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	if len(raw.Body) > payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	if len(raw.Header[signatureHeader]) != 1 {
		return payment.Notice{}, payment.ErrForged
	}
	told := raw.HeaderValue(signatureHeader)
	test := verify(reveal(a, "signature", true), raw.Body, told)
	live := verify(reveal(a, "signature", false), raw.Body, told)
	if !test && !live {
		return payment.Notice{}, payment.ErrForged
	}
	var w webhook
	if err := json.Unmarshal(raw.Body, &w); err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	if !strings.HasPrefix(w.Type, "net.authorize.payment.") || w.Payload.Entity != "transaction" {
		return payment.Notice{}, other(w.Type)
	}
	if !numberShape.MatchString(w.Payload.ID) {
		return payment.Notice{}, payment.ErrGarbled
	}
	s, err := g.open(a, test)
	if err != nil {
		return payment.Notice{}, payment.ErrBank.Because(err)
	}
	d, err := s.find(ctx, w.Payload.ID)
	switch {
	case errors.Is(err, payment.ErrNotKnown):
		return payment.Notice{}, payment.ErrForeign.Because(err)
	case errors.Is(err, payment.ErrOffice): // the merchant may yet allow it, and the webhook is repeated
		return payment.Notice{}, payment.ErrBank.Because(err)
	case err != nil:
		return payment.Notice{}, err
	}
	n, err := s.notice(d)
	if err != nil {
		return payment.Notice{}, err
	}
	if err := s.tellCard(ctx, d, &n); err != nil {
		return payment.Notice{}, err
	}
	if kind := strings.TrimPrefix(w.Type, "net.authorize.payment."); wordShape.MatchString(strings.ReplaceAll(kind, ".", "")) {
		n.Message["event"] = kind
	}
	return n, nil
}

// Acknowledge: any status of 200 to 299 is well. After others the webhook is repeated, and switched off in the end.
func (g *Gateway) Acknowledge(_ payment.Notice, err error) payment.Reply {
	reply := payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8", Body: []byte("OK")}
	switch {
	case err == nil:
		return reply
	case errors.Is(err, errOther), errors.Is(err, payment.ErrPayment):
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
