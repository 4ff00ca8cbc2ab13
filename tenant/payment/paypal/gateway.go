package paypal

import (
	"regexp"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Family is the first step of the pretend bank's addresses, and stands in each brand.
const Family = "paypal"

// patience is how long a buyer may take. An order that nobody agreed to lives for three hours.
const patience = 3 * time.Hour

// Gateway is one brand of the family. It keeps bearer tokens and certificates for as long as they are good.
type Gateway struct {
	brand  payment.Brand
	calls  *bankcall.Client
	tokens *tokens
	certs  *certificates
}

// New makes the gateway of a brand.
func New(b payment.Brand, c *bankcall.Client) *Gateway {
	return &Gateway{brand: b, calls: c, tokens: newTokens(), certs: newCertificates()}
}

// Key is the brand's.
func (g *Gateway) Key() string { return g.brand.Key }

// Brand is the row.
func (g *Gateway) Brand() payment.Brand { return g.brand }

// The values of the field "capture".
const (
	captureNow   = "now"
	captureLater = "later"
)

// Config asks for the two apps of a PayPal account, in the sandbox and live: each a client ID, a secret and the ID of its
// webhook. The account's merchant ID and address tell which IPN are ours.
func (g *Gateway) Config() form.Schema {
	field := func(name string, kind form.Kind, most int) form.Field {
		return form.Field{Name: name, Label: "payment.paypal." + name, Help: "payment.paypal." + name + "_help", Kind: kind, Max: most}
	}
	return form.Schema{Fields: []form.Field{
		field("client_test", form.Text, 200), field("secret_test", form.Secret, 200), field("webhook_test", form.Text, 50),
		field("client_live", form.Text, 200), field("secret_live", form.Secret, 200), field("webhook_live", form.Text, 50),
		field("merchant", form.Text, 13), field("email", form.Text, 127),
		{Name: "capture", Label: "payment.paypal.capture", Help: "payment.paypal.capture_help", Kind: form.Select, Required: true, Default: captureNow, Options: []form.Option{
			{Value: captureNow, Label: "payment.paypal.capture_now"},
			{Value: captureLater, Label: "payment.paypal.capture_later"},
		}},
	}}
}

var (
	merchantShape = regexp.MustCompile(`^([0-9A-Z]{13})?$`)
	hookShape     = regexp.MustCompile(`^([0-9A-Z]{10,40})?$`)
	emailShape    = regexp.MustCompile(`^([^@\s]{1,64}@[^@\s]{1,62})?$`)
)

// CheckConfig looks for half an app, and for what was pasted into the wrong field. "WEBHOOK_ID" is no webhook: PayPal's
// simulator signs for it what anybody asks for.
func (g *Gateway) CheckConfig(v form.Values) error {
	var c form.Checker
	apps := 0
	for _, mode := range []string{"_test", "_live"} {
		client, secret, hook := v.Text("client"+mode), v.Text("secret"+mode), v.Text("webhook"+mode)
		switch {
		case client != "" && secret != "":
			apps++
		case client != "":
			c.Refuse("secret"+mode, "payment.paypal.app_half", nil)
		case secret != "" || hook != "":
			c.Refuse("client"+mode, "payment.paypal.app_half", nil)
		}
		if !hookShape.MatchString(hook) {
			c.Refuse("webhook"+mode, "payment.paypal.webhook_bad", nil)
		}
	}
	if !merchantShape.MatchString(v.Text("merchant")) {
		c.Refuse("merchant", "payment.paypal.merchant_bad", nil)
	}
	if !emailShape.MatchString(v.Text("email")) {
		c.Refuse("email", "payment.paypal.email_bad", nil)
	}
	if err := c.Err(); err != nil || apps > 0 {
		return err
	}
	c.Refuse("client_test", "payment.paypal.app_missing", nil)
	return c.Err()
}

// Capabilities of a wallet.
func (g *Gateway) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: patience, Declared: true, Currencies: currencies}
}

// Keys tells what the bank is called with.
func (g *Gateway) Keys(_ form.Values, test bool) []string {
	return []string{payment.FieldFor("client", test), payment.FieldFor("secret", test)}
}

var (
	_ payment.Gateway   = (*Gateway)(nil)
	_ payment.Branded   = (*Gateway)(nil)
	_ payment.Checker   = (*Gateway)(nil)
	_ payment.Keyed     = (*Gateway)(nil)
	_ payment.Returner  = (*Gateway)(nil)
	_ payment.Inquirer  = (*Gateway)(nil)
	_ payment.Capturer  = (*Gateway)(nil)
	_ payment.Refunder  = (*Gateway)(nil)
	_ payment.Canceller = (*Gateway)(nil)
)
