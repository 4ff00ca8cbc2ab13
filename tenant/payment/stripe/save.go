package stripe

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	api "github.com/stripe/stripe-go/v76"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/tenant/payment"
)

// usage is what a card is kept for: payments at which the buyer is there, or by his mandate also those at which he is not. The bank
// is asked to make sure of him now where it must not later.
func usage(r payment.Request) string {
	if r.Lasting {
		return "off_session"
	}
	return "on_session"
}

// Repeats: any account may.
func (g *Gateway) Repeats(payment.Mode) bool { return true }

const (
	customerPrefix = "cus_"
	methodPrefix   = "pm_"
)

// intentTags are those of an intent.
func intentTags(a payment.Account, r payment.Request) map[string]string {
	tags := metadata(a, r.Payment)
	if r.Save {
		tags[metaSave] = "1"
	}
	return tags
}

// customer is a Customer, of which only the name matters.
type customer struct {
	api.APIResource
	ID string `json:"id"`
}

// method is a PaymentMethod.
type method struct {
	api.APIResource
	ID       string `json:"id"`
	Type     string `json:"type"`
	Customer name   `json:"customer"`
	Card     struct {
		Brand   string `json:"brand"`
		Last    string `json:"last4"`
		Month   int    `json:"exp_month"`
		Year    int    `json:"exp_year"`
		Country string `json:"country"`
	} `json:"card"`
}

// openCustomer makes the customer a card is kept for, once for a payment.
func (g *Gateway) openCustomer(ctx context.Context, a payment.Account, r payment.Request) (string, error) {
	params := &api.CustomerParams{Metadata: metadata(a, r.Payment)}
	if strings.Contains(r.Buyer.Email, "@") {
		params.Email = api.String(r.Buyer.Email)
	}
	params.IdempotencyKey = api.String(r.Payment.Ref + "-customer")
	var c customer
	if err := g.call(ctx, a, r.Payment.Test, http.MethodPost, "/v1/customers", params, &c); err != nil {
		return "", err
	}
	if !strings.HasPrefix(c.ID, customerPrefix) {
		return "", payment.ErrBank.Because(errors.New("stripe: a customer without a name"))
	}
	return c.ID, nil
}

// tellCard adds to a notice of money what Stripe calls the card its buyer wants to be kept. Errors: of kind Upstream when
// Stripe does not answer.
func (g *Gateway) tellCard(ctx context.Context, a payment.Account, i intent, n *payment.Notice) error {
	if i.Tags[metaSave] != "1" || !good(*n) || !strings.HasPrefix(string(i.Customer), customerPrefix) || !strings.HasPrefix(string(i.Method), methodPrefix) {
		return nil
	}
	var m method
	err := g.call(ctx, a, !i.Live, http.MethodGet, api.FormatURLPath("/v1/payment_methods/%s", string(i.Method)), &api.Params{}, &m)
	switch {
	case errors.Is(err, payment.ErrNotKnown), errors.Is(err, payment.ErrOffice):
		return nil // deleted since, or a key that may not look: the card is not kept
	case err != nil:
		return payment.ErrBank.Because(err)
	case m.Type != "card" || m.Customer != i.Customer || !nameShape.MatchString(string(i.Customer)) || !nameShape.MatchString(m.ID):
		return nil
	}
	n.Token = secret.NewText(string(i.Customer) + "/" + m.ID)
	n.Card.Brand, n.Card.Last, n.Card.Country = m.Card.Brand, m.Card.Last, m.Card.Country
	n.Card.Expiry = payment.ExpiryOf(strconv.Itoa(m.Card.Month), strconv.Itoa(m.Card.Year))
	return nil
}

// Charge takes the money from a card Stripe keeps. Where the buyer is there Stripe has his bank ask him if it must; where he is not
// that is a refusal.
func (g *Gateway) Charge(ctx context.Context, a payment.Account, r payment.Request, card payment.Token) (payment.Charged, error) {
	p := r.Payment
	amount, err := count(p.Amount)
	if err != nil {
		return payment.Charged{}, err
	}
	if strings.HasPrefix(p.BankRef, intentPrefix) {
		i, err := g.intent(ctx, a, p)
		if err != nil {
			return payment.Charged{}, payment.ErrBank.Because(err)
		}
		return g.charged(i, p)
	}
	of, method, ok := strings.Cut(card.Name.Reveal(), "/")
	if !ok || card.Test != p.Test {
		return payment.Charged{}, payment.ErrNoCard
	}
	params := &api.PaymentIntentParams{
		Amount: api.Int64(amount), Currency: api.String(currencyOf(p)), CaptureMethod: api.String(captureMethod(a)), Description: api.String(title(r)),
		Customer: api.String(of), PaymentMethod: api.String(method), PaymentMethodTypes: api.StringSlice([]string{"card"}),
		Confirm: api.Bool(true), ReturnURL: api.String(r.ReturnURL), Metadata: metadata(a, p),
	}
	if r.Absent {
		params.OffSession, params.ReturnURL = api.Bool(true), nil
	}
	params.IdempotencyKey = api.String(p.Ref + "-charge")
	if g.calls.Pretended() {
		params.Headers = http.Header{pretendNotify: {r.NotifyURL}}
	}
	var i intent
	err = g.call(ctx, a, p.Test, http.MethodPost, "/v1/payment_intents", params, &i)
	if err != nil {
		return g.unpaid(ctx, a, p, err)
	}
	if !i.ours(a, p) {
		return payment.Charged{}, payment.ErrBank.Because(errors.New("stripe: an intent of another payment"))
	}
	return g.charged(i, p)
}

// unpaid is what an error in answer to a charge says: a card that was refused leaves an intent that tells why.
func (g *Gateway) unpaid(ctx context.Context, a payment.Account, p payment.Payment, err error) (payment.Charged, error) {
	var no *refused
	switch {
	case errors.Is(err, payment.ErrNotKnown):
		return payment.Charged{}, payment.ErrNoCard.Because(err)
	case codeOf(err) == api.ErrorCodeAmountTooSmall, codeOf(err) == api.ErrorCodeAmountTooLarge:
		return payment.Charged{}, payment.ErrUnfit.Because(err)
	case errors.Is(err, payment.ErrDeclined) && errors.As(err, &no) && no.api.PaymentIntent != nil:
		i, lost := g.checked(ctx, a, p, no.api.PaymentIntent.ID)
		if lost != nil {
			return payment.Charged{}, payment.ErrBank.Because(lost)
		}
		return g.charged(i, p)
	}
	return payment.Charged{}, payment.ErrBank.Because(err)
}

// charged is how an intent stands that was confirmed with a saved card.
func (g *Gateway) charged(i intent, p payment.Payment) (payment.Charged, error) {
	if i.Status == statusSecure {
		if i.Next == nil || !strings.HasPrefix(i.Next.Redirect.URL, "https://") && !g.calls.Pretended() {
			return payment.Charged{}, payment.ErrBank.Because(fmt.Errorf("stripe: intent %s leads nowhere", i.ID))
		}
		return payment.Charged{Next: payment.Redirect{URL: i.Next.Redirect.URL, BankRef: i.ID}}, nil
	}
	n, err := upstream(i.notice(p.Ref))
	return payment.Charged{Notice: n}, err
}

// Forget deletes the customer of a card.
func (g *Gateway) Forget(ctx context.Context, a payment.Account, card payment.Token) error {
	of, _, _ := strings.Cut(card.Name.Reveal(), "/")
	if !strings.HasPrefix(of, customerPrefix) {
		return nil
	}
	err := g.call(ctx, a, card.Test, http.MethodDelete, api.FormatURLPath("/v1/customers/%s", of), &api.Params{}, &customer{})
	switch {
	case errors.Is(err, payment.ErrNotKnown):
		return nil
	case errors.Is(err, payment.ErrDeclined):
		return payment.ErrBank.Because(err)
	}
	return err
}
