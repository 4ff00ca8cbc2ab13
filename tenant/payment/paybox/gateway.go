package paybox

import (
	"regexp"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Family is the first step of the pretend bank's addresses, and stands in each brand.
const Family = "paybox"

// patience is how long a buyer may sit before the bank's page, which closes after a quarter of an hour.
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
	callsAsk     = "ask"     // every payment is looked up at the bank
	callsBelieve = "believe" // no right to call; the signature will do
	callsReview  = "review"  // no right to call; the merchant looks himself
)

// The values of the field "capture".
const (
	captureNow   = "now"
	captureLater = "later"
)

// Config asks for the contract.
func (g *Gateway) Config() form.Schema {
	return form.Schema{Fields: []form.Field{
		{Name: "site", Label: "payment.paybox.site", Help: "payment.paybox.site_help", Kind: form.Text, Required: true, Max: 7},
		{Name: "rang", Label: "payment.paybox.rang", Help: "payment.paybox.rang_help", Kind: form.Text, Required: true, Max: 3},
		{Name: "identifiant", Label: "payment.paybox.identifiant", Help: "payment.paybox.identifiant_help", Kind: form.Text, Required: true, Max: 9},
		{Name: "key", Label: "payment.paybox.key", Help: "payment.paybox.key_help", Kind: form.Secret, Required: true, Max: 128},
		{Name: "calls", Label: "payment.paybox.calls", Help: "payment.paybox.calls_help", Kind: form.Select, Required: true, Default: callsAsk, Options: []form.Option{
			{Value: callsAsk, Label: "payment.paybox.calls_ask"},
			{Value: callsReview, Label: "payment.paybox.calls_review"},
			{Value: callsBelieve, Label: "payment.paybox.calls_believe"},
		}},
		{Name: "capture", Label: "payment.paybox.capture", Kind: form.Select, Required: true, Default: captureNow, Options: []form.Option{
			{Value: captureNow, Label: "payment.paybox.capture_now"},
			{Value: captureLater, Label: "payment.paybox.capture_later"},
		}},
	}}
}

// shapes are those of the fields.
var shapes = []struct {
	name  string
	shape *regexp.Regexp
}{
	{"site", regexp.MustCompile(`^[0-9]{7}$`)},
	{"rang", regexp.MustCompile(`^[0-9]{2,3}$`)},
	{"identifiant", regexp.MustCompile(`^[0-9]{1,9}$`)},
	{"key", regexp.MustCompile(`^[0-9a-fA-F]{128}$`)},
}

// CheckConfig looks at the shapes of numbers and key.
func (g *Gateway) CheckConfig(v form.Values) error {
	var c form.Checker
	for _, s := range shapes {
		if !s.shape.MatchString(v.Text(s.name)) {
			c.Refuse(s.name, "payment.paybox."+s.name+"_bad", nil)
		}
	}
	return c.Err()
}

// Capabilities of a hosted card page. The currencies are those of the bank's modules.
func (g *Gateway) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: patience, Keyless: true, RefundsUntold: true, CapturesUntold: true, Currencies: currencies}
}

var currencies = []money.Currency{money.EUR, money.USD, money.GBP, money.CHF, money.CAD, money.AUD, money.JPY, money.CZK, money.DKK,
	money.NOK, money.SEK, money.MustCurrency("HKD"), money.MustCurrency("SGD"), money.MustCurrency("XPF")}

// asks tells whether the contract may call.
func asks(a payment.Account) bool { return a.Config.Text("calls") == callsAsk }

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
