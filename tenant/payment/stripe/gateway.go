package stripe

import (
	"regexp"
	"time"

	api "github.com/stripe/stripe-go/v76"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Family is the first step of the pretend bank's addresses, and stands in the brand.
const Family = "stripe"

// patience is how long a buyer may sit before the page, which closes then. Stripe allows 30 minutes to 24 hours.
const patience = time.Hour

// settles is how long a direct debit may be under way: SEPA's is told within 14 business days at the latest
// (docs.stripe.com/payments/sepa-debit), which holidays make three weeks.
const settles = 21 * 24 * time.Hour

// Gateway is Stripe. What it knows of an account is in the account: no key is kept, and none is global.
type Gateway struct {
	brand payment.Brand
	calls *bankcall.Client
	api   api.Backend
}

// New makes the gateway of a brand.
func New(b payment.Brand, c *bankcall.Client) *Gateway { return &Gateway{b, c, newBackend(c, b)} }

// Key is the brand's.
func (g *Gateway) Key() string { return g.brand.Key }

// Brand is the row.
func (g *Gateway) Brand() payment.Brand { return g.brand }

// The values of the field "capture".
const (
	captureNow   = "now"
	captureLater = "later"
)

// The values of the field "page".
const (
	pageHosted   = "hosted"   // Stripe's own
	pageEmbedded = "embedded" // fields of Stripe's on a page of the shop
)

// Config asks for the keys of the account, for test and production: the secret one, the signing secret of the endpoint that
// was declared at Stripe, and for fields on the shop's page the publishable one.
func (g *Gateway) Config() form.Schema {
	field := func(name string, kind form.Kind) form.Field {
		return form.Field{Name: name, Label: "payment.stripe." + name, Help: "payment.stripe." + name + "_help", Kind: kind, Max: 300}
	}
	return form.Schema{Fields: []form.Field{
		field("secret_test", form.Secret), field("hook_test", form.Secret),
		field("secret_live", form.Secret), field("hook_live", form.Secret),
		{Name: "capture", Label: "payment.stripe.capture", Help: "payment.stripe.capture_help", Kind: form.Select, Required: true, Default: captureNow, Options: []form.Option{
			{Value: captureNow, Label: "payment.stripe.capture_now"},
			{Value: captureLater, Label: "payment.stripe.capture_later"},
		}},
		{Name: "page", Label: "payment.stripe.page", Help: "payment.stripe.page_help", Kind: form.Select, Required: true, Default: pageHosted, Options: []form.Option{
			{Value: pageHosted, Label: "payment.stripe.page_hosted"},
			{Value: pageEmbedded, Label: "payment.stripe.page_embedded"},
		}},
		field("public_test", form.Text), field("public_live", form.Text),
	}}
}

// The shapes of what a merchant types, by mode. A restricted key (rk_) is as good as a secret one.
var shapes = map[string]*regexp.Regexp{
	"secret_test": regexp.MustCompile(`^[sr]k_test_[0-9A-Za-z_]+$`), "secret_live": regexp.MustCompile(`^[sr]k_live_[0-9A-Za-z_]+$`),
	"hook_test": regexp.MustCompile(`^whsec_[!-~]+$`), "hook_live": regexp.MustCompile(`^whsec_[!-~]+$`),
	"public_test": regexp.MustCompile(`^pk_test_[0-9A-Za-z_]+$`), "public_live": regexp.MustCompile(`^pk_live_[0-9A-Za-z_]+$`),
}

// CheckConfig looks for what was pasted into the wrong field. The secret of an endpoint may still be missing: the endpoint's
// address is only known once the mode is saved.
func (g *Gateway) CheckConfig(v form.Values) error {
	var c form.Checker
	if v.Text("secret_test") == "" && v.Text("secret_live") == "" {
		c.Refuse("secret_test", "payment.stripe.secret_missing", nil)
	}
	for _, test := range []bool{true, false} {
		for what, key := range map[string]string{"secret": "payment.stripe.secret_bad", "hook": "payment.stripe.hook_bad", "public": "payment.stripe.public_bad"} {
			name := payment.FieldFor(what, test)
			if text := v.Text(name); text != "" && !shapes[name].MatchString(text) {
				c.Refuse(name, key, nil)
			}
		}
		if v.Text(payment.FieldFor("secret", test)) == "" {
			continue // an account for the other mode only
		}
		if v.Text("page") == pageEmbedded && v.Text(payment.FieldFor("public", test)) == "" {
			c.Refuse(payment.FieldFor("public", test), "payment.stripe.public_missing", nil)
		}
	}
	if v.Text("hook_test") != "" && v.Text("hook_test") == v.Text("hook_live") {
		c.Refuse("hook_live", "payment.stripe.hook_twice", nil)
	}
	return c.Err()
}

// Keys tells what the bank is called with.
func (g *Gateway) Keys(_ form.Values, test bool) []string {
	return []string{payment.FieldFor("secret", test)}
}

// Capabilities of a page that takes whatever the merchant switched on at Stripe.
func (g *Gateway) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: patience, Settles: settles, Declared: true, RefundsUntold: true, Currencies: currencies}
}

var (
	_ payment.Gateway   = (*Gateway)(nil)
	_ payment.Branded   = (*Gateway)(nil)
	_ payment.Checker   = (*Gateway)(nil)
	_ payment.Keyed     = (*Gateway)(nil)
	_ payment.Inquirer  = (*Gateway)(nil)
	_ payment.Capturer  = (*Gateway)(nil)
	_ payment.Refunder  = (*Gateway)(nil)
	_ payment.Canceller = (*Gateway)(nil)
	_ payment.Domains   = (*Gateway)(nil)
	_ payment.Saver     = (*Gateway)(nil)
)
