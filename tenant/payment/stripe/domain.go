package stripe

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	api "github.com/stripe/stripe-go/v76"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// methodDomain is a domain on which wallets may be shown.
type methodDomain struct {
	api.APIResource
	ID      string `json:"id"`
	Domain  string `json:"domain_name"`
	Enabled bool   `json:"enabled"`
	Apple   struct {
		Status string `json:"status"`
	} `json:"apple_pay"`
}

// active is what Stripe says of a wallet that may be shown on a domain.
const active = "active"

// domains is where they are, at Stripe.
const domains = "/v1/payment_method_domains"

// ShowsWallets tells that the fields are on a page of the shop: Stripe's own page needs no domain.
func (g *Gateway) ShowsWallets(config form.Values) bool { return config.Text("page") == pageEmbedded }

// RegisterDomain tells Stripe that the fields may show wallets on a domain (a host name, without scheme and port): Google Pay, and
// Apple Pay once the file of AssociationFile is served there, which is when apple is true. Asking again does no harm: one that is
// known is switched on or looked at again where that is needed, and else left. It is done for the mode of the account. Errors:
// ErrOffice without a key; ErrDeclined for a domain Stripe does not take; of kind Upstream.
func (g *Gateway) RegisterDomain(ctx context.Context, a payment.Account, domain string) (apple bool, err error) {
	filter := &api.Params{}
	filter.AddExtra("domain_name", domain)
	var known list[methodDomain]
	if err := g.call(ctx, a, a.Test, http.MethodGet, domains, filter, &known); err != nil {
		return false, plainly(err)
	}
	path, params := domains, &api.PaymentMethodDomainParams{DomainName: api.String(domain)}
	for _, d := range known.Data {
		switch {
		case d.Domain != domain:
			continue
		case d.Enabled && d.Apple.Status == active:
			return true, nil
		case d.Enabled:
			path, params = api.FormatURLPath(domains+"/%s/validate", d.ID), &api.PaymentMethodDomainParams{}
		default:
			path, params = api.FormatURLPath(domains+"/%s", d.ID), &api.PaymentMethodDomainParams{Enabled: api.Bool(true)}
		}
	}
	var d methodDomain
	if err := g.call(ctx, a, a.Test, http.MethodPost, path, params, &d); err != nil {
		return false, plainly(err)
	}
	if d.Domain != domain {
		return false, payment.ErrBank.Because(errors.New("stripe: an answer about another domain"))
	}
	return d.Apple.Status == active, nil
}

// plainly is an error about something that is no payment.
func plainly(err error) error {
	if errors.Is(err, payment.ErrNotKnown) {
		return payment.ErrBank.Because(err)
	}
	return err
}

// AssociationFile is the file by which Apple knows that Stripe speaks for a domain, the same for every merchant
// (docs.stripe.com/apple-pay). It changes seldom: keep it. Errors: of kind Upstream.
func (g *Gateway) AssociationFile(ctx context.Context) ([]byte, error) {
	answer, err := g.calls.Do(ctx, bankcall.Call{Family: Family, What: "apple pay file", Hosts: g.brand.Hosts(false, files), Method: http.MethodGet,
		Path: "/files/apple-pay/apple-developer-merchantid-domain-association", Repeat: true})
	if err != nil {
		return nil, err
	}
	if !answer.OK() || len(answer.Body) == 0 {
		return nil, payment.ErrBank.Because(fmt.Errorf("stripe: the file for Apple Pay: answer %d", answer.Status))
	}
	return answer.Body, nil
}
