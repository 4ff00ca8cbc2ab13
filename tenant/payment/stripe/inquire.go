package stripe

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	api "github.com/stripe/stripe-go/v76"

	"echoppe.dev/tenant/payment"
)

// Inquire asks for the session or the intent. Our book keeps the first name Stripe had for a payment; the buyer may have gone
// on from the shop's page to Stripe's, or from a session that ran out to another. So unless that first one brought money, our
// reference is searched as well, which finds intents only, and those of the last minute not always.
func (g *Gateway) Inquire(ctx context.Context, a payment.Account, p payment.Payment) (payment.Notice, error) {
	if p.BankRef == "" {
		return g.searched(ctx, a, p)
	}
	n, err := g.named(ctx, a, p)
	if err == nil && good(n) || err != nil && !errors.Is(err, payment.ErrNotKnown) {
		return n, err
	}
	m, lost := g.searched(ctx, a, p)
	switch {
	case err != nil: // Stripe knows nothing of that name
		return m, lost
	case lost == nil && good(m):
		return m, nil
	}
	return n, nil
}

// good tells that money came, or is promised.
func good(n payment.Notice) bool {
	return n.Event == payment.Captured || n.Event == payment.Authorised
}

// named asks for what our book names. Errors: ErrNotKnown, ErrOffice; of kind Upstream.
func (g *Gateway) named(ctx context.Context, a payment.Account, p payment.Payment) (payment.Notice, error) {
	intent := p.BankRef
	if strings.HasPrefix(p.BankRef, sessionPrefix) {
		s, err := g.session(ctx, a, p)
		if err != nil {
			return payment.Notice{}, unwell(err)
		}
		if s.Status != "complete" || s.Intent == "" {
			return upstream(s.notice(p.Ref, false))
		}
		intent = string(s.Intent)
	}
	i, err := g.checked(ctx, a, p, intent)
	if err != nil {
		return payment.Notice{}, unwell(err)
	}
	n, err := upstream(i.notice(p.Ref))
	if err == nil {
		_ = g.tellCard(ctx, a, i, &n) // the event will tell it, and is repeated until it can
	}
	return n, err
}

// unwell makes of a no to a question what it is: no answer.
func unwell(err error) error {
	if errors.Is(err, payment.ErrDeclined) {
		return payment.ErrBank.Because(err)
	}
	return err
}

// upstream is what an answer nobody understands means: it may be better the next time.
func upstream(n payment.Notice, err error) (payment.Notice, error) {
	if err != nil {
		return payment.Notice{}, payment.ErrBank.Because(err)
	}
	return n, nil
}

// session is the payment's session. Errors as for call.
func (g *Gateway) session(ctx context.Context, a payment.Account, p payment.Payment) (session, error) {
	var s session
	if err := g.call(ctx, a, p.Test, http.MethodGet, api.FormatURLPath("/v1/checkout/sessions/%s", p.BankRef), &api.Params{}, &s); err != nil {
		return session{}, err
	}
	if s.ID != p.BankRef || !s.ours(a, p) {
		return session{}, payment.ErrBank.Because(errors.New("stripe: a session of another payment"))
	}
	return s, nil
}

// intent is the payment's intent. Errors as for call.
func (g *Gateway) intent(ctx context.Context, a payment.Account, p payment.Payment) (intent, error) {
	return g.checked(ctx, a, p, p.BankRef)
}

func (g *Gateway) checked(ctx context.Context, a payment.Account, p payment.Payment, id string) (intent, error) {
	i, err := g.getIntent(ctx, a, id, p.Test)
	if err == nil && (i.ID != id || !i.ours(a, p)) {
		return intent{}, payment.ErrBank.Because(errors.New("stripe: an intent of another payment"))
	}
	return i, err
}

func (g *Gateway) getIntent(ctx context.Context, a payment.Account, id string, test bool) (intent, error) {
	var i intent
	params := &api.Params{}
	params.AddExtra("expand[]", "latest_charge") // which tells what was paid with
	err := g.call(ctx, a, test, http.MethodGet, api.FormatURLPath("/v1/payment_intents/%s", id), params, &i)
	return i, err
}

// weight is which of several intents says what became of the payment: money before a promise, a promise before a wait.
var weight = map[payment.Event]int{payment.Captured: 5, payment.Authorised: 4, payment.Waiting: 3, payment.Failed: 2, payment.Cancelled: 1}

// searched is what the best intent with our reference says. Errors: ErrNotKnown, ErrOffice; of kind Upstream.
func (g *Gateway) searched(ctx context.Context, a payment.Account, p payment.Payment) (payment.Notice, error) {
	if !refShape.MatchString(p.Ref) {
		return payment.Notice{}, payment.ErrNotKnown
	}
	params := &api.Params{}
	params.AddExtra("query", fmt.Sprintf("metadata['%s']:'%s'", metaRef, p.Ref))
	params.AddExtra("limit", "10")
	params.AddExtra("expand[]", "data.latest_charge")
	var found list[intent]
	if err := g.call(ctx, a, p.Test, http.MethodGet, "/v1/payment_intents/search", params, &found); err != nil {
		return payment.Notice{}, unwell(err)
	}
	var best payment.Notice
	for _, i := range found.Data {
		n, err := i.notice(p.Ref)
		if err == nil && i.ours(a, p) && weight[n.Event] > weight[best.Event] {
			best = n
			_ = g.tellCard(ctx, a, i, &best) // as above
		}
	}
	if best.ID == "" {
		return payment.Notice{}, payment.ErrNotKnown
	}
	return best, nil
}
