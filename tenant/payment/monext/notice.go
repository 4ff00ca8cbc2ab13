package monext

import (
	"context"
	"errors"
	"net/http"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/payment"
)

// webTransaction is the type of notices about a session; the others are about wallets, subscriptions and what a merchant did
// in the bank's office.
const webTransaction = "WEBTRS"

// ReadNotice asks the bank about the token it was called with. Nothing of the call itself is believed: whoever knows a token
// can only make us ask. The mode's own world is asked first and then the other, since a payment may be of before the
// merchant has changed it.
func (g *Gateway) ReadNotice(ctx context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	if len(raw.Body) >= payment.MaxBody || len(raw.RawQuery) >= payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	kinds, tokens := raw.Query["notificationType"], raw.Query["token"]
	if len(kinds) != 1 || len(tokens) != 1 || !tokenShape.MatchString(tokens[0]) {
		return payment.Notice{}, payment.ErrGarbled
	}
	if kinds[0] != webTransaction {
		return payment.Notice{}, payment.ErrNoNotices
	}
	return g.find(ctx, a, tokens[0])
}

// find is a session in our words, in whichever world it is known. Errors: ErrForged when it is in none; of kind Upstream.
func (g *Gateway) find(ctx context.Context, a payment.Account, token string) (payment.Notice, error) {
	asked := false
	for _, test := range []bool{a.Test, !a.Test} {
		if keyOf(a, test) == "" {
			continue
		}
		d, err := g.desk(a, test)
		if err != nil {
			return payment.Notice{}, err
		}
		asked = true
		s, err := d.session(ctx, token)
		if missing(err) {
			continue
		}
		if err != nil {
			return payment.Notice{}, err
		}
		return s.notice(token, test)
	}
	if !asked {
		return payment.Notice{}, payment.ErrBank.Because(errors.New("monext: the mode has no key"))
	}
	return payment.Notice{}, payment.ErrForged
}

// Inquire asks about the session of a payment and, where it was only authorised, about what was done since. A payment
// without a token was never shown to a buyer.
func (g *Gateway) Inquire(ctx context.Context, a payment.Account, p payment.Payment) (payment.Notice, error) {
	token, _ := split(p.BankRef)
	if token == "" {
		return payment.Notice{}, payment.ErrNotKnown
	}
	d, err := g.desk(a, p.Test)
	if err != nil {
		return payment.Notice{}, err
	}
	s, err := d.session(ctx, token)
	if err != nil {
		return payment.Notice{}, err
	}
	n, err := s.notice(token, p.Test)
	if err != nil {
		return payment.Notice{}, err
	}
	if n.Ref != p.Ref {
		return payment.Notice{}, bad("session", "an answer about another payment")
	}
	if n.Event != payment.Authorised {
		return n, nil
	}
	h, err := d.history(ctx, s.transaction)
	if err != nil {
		return payment.Notice{}, bad("transaction", err)
	}
	return h.since(n, s), nil
}

// Acknowledge: the bank repeats what is not answered with 200. The words are those of the vendor's own modules.
func (g *Gateway) Acknowledge(_ payment.Notice, err error) payment.Reply {
	reply := payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8", Body: []byte("OK")}
	if err == nil {
		return reply
	}
	reply.Body = []byte("KO")
	switch {
	case errors.Is(err, payment.ErrNoNotices):
		reply.Status = http.StatusNotImplemented
	case errors.Is(err, payment.ErrForged), fault.Is(err, fault.NotFound):
		reply.Status = http.StatusNotFound
	case fault.Is(err, fault.Denied):
		reply.Status = http.StatusForbidden
	case fault.Is(err, fault.Malformed):
		reply.Status = http.StatusBadRequest
	default:
		reply.Status = http.StatusServiceUnavailable
	}
	return reply
}
