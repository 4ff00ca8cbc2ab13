package stripe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	api "github.com/stripe/stripe-go/v76"

	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// maxAnswer is the most that is read of an answer: a list of a hundred refunds fits.
const maxAnswer = 512 << 10

// again is how often the library repeats a call by itself, with the same key of idempotency.
const again = 1

// newBackend is the vendor's library over our own client: it logs nothing and measures nothing.
func newBackend(c *bankcall.Client, b payment.Brand) api.Backend {
	client := c.HTTP()
	client.Transport = transport{client.Transport}
	return api.GetBackendWithConfig(api.APIBackend, &api.BackendConfig{
		HTTPClient: client, URL: api.String(c.At(Family, b.Hosts(false, server)[0], "")), MaxNetworkRetries: api.Int64(again),
		EnableTelemetry: api.Bool(false), LeveledLogger: &api.LeveledLogger{Level: api.LevelNull},
	})
}

// transport bounds answers, and takes out the header in which the library tells the name and system of this machine.
type transport struct{ next http.RoundTripper }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Del("X-Stripe-Client-User-Agent")
	resp, err := t.next.RoundTrip(r)
	if err == nil {
		resp.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(resp.Body, maxAnswer), resp.Body}
	}
	return resp, err
}

// call asks Stripe with the account's own key. Errors: ErrOffice without a key of that mode, or when the key may not do
// this; ErrNotKnown; ErrDeclined when Stripe says no; of kind Upstream when it is not known what was done.
func (g *Gateway) call(ctx context.Context, a payment.Account, test bool, method, path string, params api.ParamsContainer, into api.LastResponseSetter) error {
	key := reveal(a, "secret", test)
	if key == "" {
		return payment.ErrOffice
	}
	params.GetParams().Context = ctx
	if err := g.api.Call(method, path, key, params, into); err != nil {
		return problem(method+" "+path, err)
	}
	return nil
}

// problem is what an error means (docs.stripe.com/api/errors). Only what is said of this very request is a no.
func problem(what string, err error) error {
	var e *api.Error
	if !errors.As(err, &e) {
		var lost *url.Error
		if errors.As(err, &lost) {
			err = lost.Err // without the address
		}
		return payment.ErrBank.Because(fmt.Errorf("stripe %s: %w", what, err))
	}
	cause := &refused{what, e}
	switch {
	case e.Code == api.ErrorCodeResourceMissing, e.HTTPStatusCode == http.StatusNotFound:
		return payment.ErrNotKnown.Because(cause)
	case e.HTTPStatusCode == http.StatusForbidden:
		return payment.ErrOffice.Because(cause)
	case e.HTTPStatusCode == http.StatusPaymentRequired,
		e.HTTPStatusCode == http.StatusBadRequest && e.Type == api.ErrorTypeInvalidRequest:
		return payment.ErrDeclined.Because(cause)
	default:
		return payment.ErrBank.Because(cause)
	}
}

// refused is why, in Stripe's words; the message is left out, since it repeats what was sent.
type refused struct {
	what string
	api  *api.Error
}

func (r *refused) Error() string {
	return fmt.Sprintf("stripe %s: answer %d, %s %s %s", r.what, r.api.HTTPStatusCode, r.api.Type, r.api.Code, r.api.Param)
}

// codeOf is Stripe's code of a refusal, or "".
func codeOf(err error) api.ErrorCode {
	var r *refused
	if errors.As(err, &r) {
		return r.api.Code
	}
	return ""
}
