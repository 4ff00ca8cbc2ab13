package stripe

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	api "github.com/stripe/stripe-go/v76"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// Capture takes what was authorised, or a part of it; Stripe lets go of the rest.
func (g *Gateway) Capture(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	minor, err := count(amount)
	if err != nil {
		return payment.Notice{}, err
	}
	params := &api.PaymentIntentCaptureParams{AmountToCapture: api.Int64(minor)}
	i, err := g.move(ctx, a, p, "capture", params, key)
	if err != nil {
		return payment.Notice{}, err
	}
	n, err := upstream(i.notice(p.Ref))
	if err == nil && (n.Event != payment.Captured || !n.Amount.Equal(amount)) {
		err = payment.ErrBank.Because(fmt.Errorf("stripe: asked to take %d, and told of %d, %s", minor, i.Received, i.Status))
	}
	return n, err
}

// Cancel lets go of an authorisation.
func (g *Gateway) Cancel(ctx context.Context, a payment.Account, p payment.Payment, key string) (payment.Notice, error) {
	i, err := g.move(ctx, a, p, "cancel", &api.PaymentIntentCancelParams{}, key)
	if err != nil {
		return payment.Notice{}, err
	}
	n, err := upstream(i.notice(p.Ref))
	if err == nil && n.Event != payment.Cancelled {
		err = payment.ErrBank.Because(fmt.Errorf("stripe: asked to let go, and told of %s", i.Status))
	}
	return n, err
}

// move does something to the payment's intent, once for a key.
func (g *Gateway) move(ctx context.Context, a payment.Account, p payment.Payment, what string, params api.ParamsContainer, key string) (intent, error) {
	if err := movable(a, p); err != nil {
		return intent{}, err
	}
	params.GetParams().IdempotencyKey = api.String(p.Ref + "-" + what + "-" + key)
	var i intent
	err := g.call(ctx, a, p.Test, http.MethodPost, api.FormatURLPath("/v1/payment_intents/%s/"+what, p.BankRef), params, &i)
	switch {
	case errors.Is(err, payment.ErrNotKnown):
		return intent{}, payment.ErrDeclined.Because(err)
	case err != nil:
		return intent{}, err
	case i.ID != p.BankRef || !i.ours(a, p):
		return intent{}, payment.ErrBank.Because(errors.New("stripe: an answer about another payment"))
	}
	return i, nil
}

// movable tells that we know what to ask about, and may ask. Errors: ErrOffice, ErrDeclined.
func movable(a payment.Account, p payment.Payment) error {
	switch {
	case reveal(a, "secret", p.Test) == "":
		return payment.ErrOffice
	case !strings.HasPrefix(p.BankRef, intentPrefix):
		return payment.ErrDeclined.Because(errors.New("stripe: the intent of the payment is not known"))
	}
	return nil
}

// Refund gives money back, once for a key. Stripe forgets keys after a day, so what was given back is looked through for ours
// before.
func (g *Gateway) Refund(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	minor, err := count(amount)
	if err != nil {
		return payment.Notice{}, err
	}
	if err := movable(a, p); err != nil {
		return payment.Notice{}, err
	}
	before, err := g.refunds(ctx, a, p.BankRef, p.Test)
	if errors.Is(err, payment.ErrNotKnown) {
		err = payment.ErrDeclined.Because(err)
	}
	if err != nil {
		return payment.Notice{}, err
	}
	for _, r := range before {
		if r.Tags[metaKey] == key && r.Tags.ref(a) == p.Ref {
			return g.gaveBack(p, r, minor)
		}
	}
	tags := metadata(a, p)
	tags[metaKey] = key
	params := &api.RefundParams{PaymentIntent: api.String(p.BankRef), Amount: api.Int64(minor), Metadata: tags}
	params.IdempotencyKey = api.String(p.Ref + "-refund-" + key)
	var r refund
	if err := g.call(ctx, a, p.Test, http.MethodPost, "/v1/refunds", params, &r); err != nil {
		if errors.Is(err, payment.ErrNotKnown) {
			err = payment.ErrDeclined.Because(err)
		}
		return payment.Notice{}, err
	}
	return g.gaveBack(p, r, minor)
}

// gaveBack is a refund we asked for, in our words.
func (g *Gateway) gaveBack(p payment.Payment, r refund, minor int64) (payment.Notice, error) {
	switch {
	case r.Amount != minor || r.Currency != currencyOf(p) || string(r.Intent) != p.BankRef:
		return payment.Notice{}, payment.ErrBank.Because(errors.New("stripe: an answer about another refund"))
	case r.failed():
		return payment.Notice{}, payment.ErrDeclined.Because(fmt.Errorf("stripe: the refund %s is %s", r.ID, r.Status))
	}
	return upstream(r.notice(p.Ref, !p.Test))
}

// refunds are those of an intent, the oldest first.
func (g *Gateway) refunds(ctx context.Context, a payment.Account, of string, test bool) ([]refund, error) {
	params := &api.Params{}
	params.AddExtra("payment_intent", of)
	params.AddExtra("limit", "100")
	var found list[refund]
	if err := g.call(ctx, a, test, http.MethodGet, "/v1/refunds", params, &found); err != nil {
		return nil, err
	}
	oldest := make([]refund, len(found.Data))
	for i, r := range found.Data {
		oldest[len(oldest)-1-i] = r
	}
	return oldest, nil
}
