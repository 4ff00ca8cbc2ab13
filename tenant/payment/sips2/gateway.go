package sips2

import (
	"regexp"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Family is the first step of the pretend bank's addresses, and stands in each brand.
const Family = "sips2"

// patience is how long a buyer may sit before the bank's page, which closes when nothing happens for a quarter of an
// hour.
const patience = 30 * time.Minute

// Gateway is one brand of the family.
type Gateway struct {
	brand payment.Brand
	calls *bankcall.Client
}

// New makes the gateway of a brand.
func New(b payment.Brand, c *bankcall.Client) *Gateway { return &Gateway{b, c} }

// Key is the brand's.
func (g *Gateway) Key() string { return g.brand.Key }

// Brand is the row.
func (g *Gateway) Brand() payment.Brand { return g.brand }

// The values of the field "calls".
const (
	callsAsk  = "ask"
	callsNone = "none"
)

// The values of the field "capture".
const (
	captureNow   = "now"
	captureLater = "later"
)

// Config asks for the contract.
func (g *Gateway) Config() form.Schema {
	return form.Schema{Fields: []form.Field{
		{Name: "merchant", Label: "payment.sips2.merchant", Help: "payment.sips2.merchant_help", Kind: form.Text, Required: true, Max: 15},
		{Name: "key", Label: "payment.sips2.key", Help: "payment.sips2.key_help", Kind: form.Secret, Required: true, Max: 128},
		{Name: "version", Label: "payment.sips2.version", Help: "payment.sips2.version_help", Kind: form.Text, Required: true, Max: 10, Default: "1"},
		{Name: "seal", Label: "payment.sips2.seal", Help: "payment.sips2.seal_help", Kind: form.Select, Required: true, Default: sealHMAC, Options: []form.Option{
			{Value: sealHMAC, Label: "payment.sips2.seal_hmac"},
			{Value: sealSHA, Label: "payment.sips2.seal_sha"},
		}},
		{Name: "calls", Label: "payment.sips2.calls", Help: "payment.sips2.calls_help", Kind: form.Select, Required: true, Default: callsAsk, Options: []form.Option{
			{Value: callsAsk, Label: "payment.sips2.calls_ask"},
			{Value: callsNone, Label: "payment.sips2.calls_none"},
		}},
		{Name: "capture", Label: "payment.sips2.capture", Help: "payment.sips2.capture_help", Kind: form.Select, Required: true, Default: captureNow, Options: []form.Option{
			{Value: captureNow, Label: "payment.sips2.capture_now"},
			{Value: captureLater, Label: "payment.sips2.capture_later"},
		}},
	}}
}

// shapes are those of the fields.
var shapes = []struct {
	name  string
	shape *regexp.Regexp
}{
	{"merchant", regexp.MustCompile(`^[0-9]{15}$`)},
	{"key", regexp.MustCompile(`^[!-~]{8,128}$`)},
	{"version", regexp.MustCompile(`^[0-9]{1,10}$`)},
}

// CheckConfig looks at the shapes of numbers and key.
func (g *Gateway) CheckConfig(v form.Values) error {
	var c form.Checker
	for _, s := range shapes {
		if !s.shape.MatchString(v.Text(s.name)) {
			c.Refuse(s.name, "payment.sips2."+s.name+"_bad", nil)
		}
	}
	return c.Err()
}

// Capabilities of a hosted card page. The currencies are those of the data dictionary we know, and of which the bank and we
// write the same number of decimals.
func (g *Gateway) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: patience, Keyless: true, RefundsUntold: true, Currencies: currencies}
}

var currencies = []money.Currency{money.EUR, money.USD, money.GBP, money.CHF, money.CAD, money.AUD, money.JPY, money.CZK, money.DKK,
	money.NOK, money.SEK, money.MustCurrency("PLN"), money.MustCurrency("HKD"), money.MustCurrency("SGD"), money.MustCurrency("XPF")}

var (
	_ payment.Gateway   = (*Gateway)(nil)
	_ payment.Branded   = (*Gateway)(nil)
	_ payment.Checker   = (*Gateway)(nil)
	_ payment.Returner  = (*Gateway)(nil)
	_ payment.Inquirer  = (*Gateway)(nil)
	_ payment.Capturer  = (*Gateway)(nil)
	_ payment.Refunder  = (*Gateway)(nil)
	_ payment.Canceller = (*Gateway)(nil)
)
