package stripe

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"echoppe.dev/tenant/payment"
)

// errOther is the reason for not taking a message that is rightly signed and concerns another shop of the same account, other
// software of the merchant's, or something we do not deal with. Stripe is told that it was heard: it sends an account's events
// to every endpoint, and switches off endpoints that refuse them.
var errOther = errors.New("stripe: nothing of ours")

func other(what string) error {
	return payment.ErrGarbled.Because(fmt.Errorf("%w: %s", errOther, what))
}

// event is the envelope of a notice.
type event struct {
	ID   string `json:"id"`
	Type string `json:"type"`
	Live *bool  `json:"livemode"`
	Data struct {
		Object json.RawMessage `json:"object"`
		Before struct {
			Refunded *int64 `json:"amount_refunded"`
		} `json:"previous_attributes"`
	} `json:"data"`
}

// read puts an event into our words. Errors: ErrGarbled; of kind Upstream.
func (g *Gateway) read(ctx context.Context, a payment.Account, e event) (payment.Notice, error) {
	switch kind, what := e.kind(); kind {
	case "checkout.session":
		var s session
		if err := e.open(&s); err != nil {
			return payment.Notice{}, err
		}
		if s.Ref == "" || s.Tags.ref(a) != s.Ref {
			return payment.Notice{}, other(e.Type)
		}
		s.Live = *e.Live
		return s.notice(s.Ref, what == "async_payment_failed")
	case "payment_intent":
		var i intent
		if err := e.open(&i); err != nil {
			return payment.Notice{}, err
		}
		if i.Tags.ref(a) == "" {
			return payment.Notice{}, other(e.Type)
		}
		i.Live = *e.Live
		n, err := i.notice(i.Tags.ref(a))
		if err != nil {
			return payment.Notice{}, err
		}
		return n, g.tellCard(ctx, a, i, &n)
	case "charge":
		return g.readCharge(ctx, a, e, what)
	case "refund", "charge.refund":
		var r refund
		if err := e.open(&r); err != nil {
			return payment.Notice{}, err
		}
		ref, err := g.refOf(ctx, a, r.Tags, r.Intent, *e.Live)
		if err != nil {
			return payment.Notice{}, err
		}
		return r.notice(ref, *e.Live)
	case "charge.dispute":
		var d dispute
		if err := e.open(&d); err != nil {
			return payment.Notice{}, err
		}
		ref, err := g.refOf(ctx, a, nil, d.Intent, *e.Live)
		if err != nil {
			return payment.Notice{}, err
		}
		return d.notice(ref, *e.Live)
	}
	return payment.Notice{}, other(e.Type)
}

// kind is the sort of object an event is about, and what happened to it.
func (e event) kind() (kind, what string) {
	at := strings.LastIndexByte(e.Type, '.')
	if at < 0 {
		return "", e.Type
	}
	return e.Type[:at], bounded(e.Type[at+1:])
}

// open reads the object of an event. Errors: ErrGarbled.
func (e event) open(into any) error {
	if err := json.Unmarshal(e.Data.Object, into); err != nil {
		return payment.ErrGarbled.Because(err)
	}
	return nil
}

// readCharge reads what happened to a charge.
func (g *Gateway) readCharge(ctx context.Context, a payment.Account, e event, what string) (payment.Notice, error) {
	var c charge
	if err := e.open(&c); err != nil {
		return payment.Notice{}, err
	}
	ref := c.Tags.ref(a)
	if ref == "" {
		return payment.Notice{}, other(e.Type)
	}
	switch what {
	case "succeeded", "captured":
		return c.notice(ref, *e.Live, false)
	case "pending":
		return c.notice(ref, *e.Live, true)
	case "refunded":
		return g.refunded(ctx, a, c, ref, e)
	}
	return payment.Notice{}, other(e.Type) // the intent says it as well
}

// refOf is our reference: the object's own, or that of its intent, for which Stripe is asked. Errors: ErrGarbled for an
// intent that is none of ours; of kind Upstream.
func (g *Gateway) refOf(ctx context.Context, a payment.Account, own tags, of name, live bool) (string, error) {
	if ref := own.ref(a); ref != "" {
		return ref, nil
	}
	if !strings.HasPrefix(string(of), intentPrefix) {
		return "", other("no intent")
	}
	i, err := g.getIntent(ctx, a, string(of), !live)
	switch {
	case errors.Is(err, payment.ErrNotKnown):
		return "", other("an intent nobody knows")
	case err != nil:
		return "", payment.ErrBank.Because(err)
	case i.Live != live || i.Tags.ref(a) == "":
		return "", other("an intent of somebody else")
	}
	return i.Tags.ref(a), nil
}
