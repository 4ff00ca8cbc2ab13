package stripe

import (
	"context"
	"errors"
	"net/http"
	"strings"

	api "github.com/stripe/stripe-go/v76"

	"echoppe.dev/tenant/payment"
)

// jsPath is Stripe.js, which must come from Stripe itself.
const jsPath = "/v3/"

// embed opens a PaymentIntent for the payment element on the shop's page, or finds the one that is open. Which methods the
// buyer sees is chosen in Stripe's dashboard; Google Pay and Apple Pay are among them where the domain is registered.
func (g *Gateway) embed(ctx context.Context, a payment.Account, r payment.Request, amount int64) (payment.Action, error) {
	p, before := r.Payment, ""
	public := a.Config.Text(payment.FieldFor("public", p.Test))
	if public == "" {
		return nil, payment.ErrBank.Because(errors.New("stripe: no publishable key"))
	}
	if strings.HasPrefix(p.BankRef, intentPrefix) {
		i, err := g.intent(ctx, a, p)
		switch {
		case err != nil && !errors.Is(err, payment.ErrNotKnown):
			return nil, err
		case err == nil && i.payable():
			return g.fields(r, i, public), nil
		case err == nil && i.Status != statusCanceled:
			return payment.Redirect{URL: r.ReturnURL, BankRef: p.BankRef}, nil
		}
		before = p.BankRef
	}
	params := &api.PaymentIntentParams{
		Amount: api.Int64(amount), Currency: api.String(currencyOf(p)), CaptureMethod: api.String(captureMethod(a)), Description: api.String(title(r)),
		AutomaticPaymentMethods: &api.PaymentIntentAutomaticPaymentMethodsParams{Enabled: api.Bool(true)}, Metadata: intentTags(a, r),
	}
	if r.Save {
		customer, err := g.openCustomer(ctx, a, r)
		if err != nil {
			return nil, err
		}
		params.Customer = api.String(customer)
		params.PaymentMethodOptions = &api.PaymentIntentPaymentMethodOptionsParams{Card: &api.PaymentIntentPaymentMethodOptionsCardParams{SetupFutureUsage: api.String(usage(r))}}
	}
	g.prepare(params, p.Ref, before, r.NotifyURL)
	var i intent
	if err := g.call(ctx, a, p.Test, http.MethodPost, "/v1/payment_intents", params, &i); err != nil {
		return nil, err
	}
	if !i.ours(a, p) || i.ClientSecret == "" {
		return nil, payment.ErrBank.Because(errors.New("stripe: an intent of another payment"))
	}
	return g.fields(r, i, public), nil
}

// fields is what the shop's page needs; doc.go says what its script does with it.
func (g *Gateway) fields(r payment.Request, i intent, public string) payment.Embedded {
	test := r.Payment.Test
	return payment.Embedded{
		Driver: Family, Script: g.calls.At(Family, g.brand.Hosts(test, script)[0], jsPath), BankRef: i.ID,
		Data: []payment.FormField{{Name: "public-key", Value: public}, {Name: "client-secret", Value: i.ClientSecret},
			{Name: "return", Value: r.ReturnURL}, {Name: "locale", Value: string(g.brand.Speaks(r.Locale))}},
		Origins: g.origins(test),
	}
}

// origins are those of Stripe's guide to security, for Stripe.js with the payment element
// (docs.stripe.com/security/guide, "Content Security Policy").
func (g *Gateway) origins(test bool) payment.Origins {
	js, calls := origin(g.calls.At(Family, g.brand.Hosts(test, script)[0], "")), origin(g.calls.At(Family, g.brand.Hosts(test, server)[0], ""))
	if g.calls.Pretended() {
		return payment.Origins{Script: []string{js}, Frame: []string{js}, Connect: []string{calls}, Payment: []string{js}}
	}
	scripts := []string{js, "https://*.js.stripe.com"}
	return payment.Origins{Script: scripts, Frame: append(scripts[:2:2], "https://hooks.stripe.com"), Connect: []string{calls}, Image: []string{"https://*.stripe.com"},
		Payment: []string{js}}
}

// origin is scheme, host and port of an address.
func origin(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host
}
