package redsys

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"regexp"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Family is the first step of the pretend bank's addresses, and stands in each brand.
const Family = "redsys"

// patience is how long a buyer may sit before the bank's page.
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
		{Name: "merchant", Label: "payment.redsys.merchant", Help: "payment.redsys.merchant_help", Kind: form.Text, Required: true, Max: 9},
		{Name: "terminal", Label: "payment.redsys.terminal", Help: "payment.redsys.terminal_help", Kind: form.Text, Required: true, Max: 3, Default: "1"},
		{Name: "key", Label: "payment.redsys.key", Help: "payment.redsys.key_help", Kind: form.Secret, Required: true, Max: 32},
		{Name: "signature", Label: "payment.redsys.signature", Help: "payment.redsys.signature_help", Kind: form.Select, Required: true, Default: sha512V2, Options: []form.Option{
			{Value: sha512V2, Label: "payment.redsys.signature_sha512"},
			{Value: sha256V1, Label: "payment.redsys.signature_sha256"},
		}},
		{Name: "calls", Label: "payment.redsys.calls", Help: "payment.redsys.calls_help", Kind: form.Select, Required: true, Default: callsAsk, Options: []form.Option{
			{Value: callsAsk, Label: "payment.redsys.calls_ask"},
			{Value: callsNone, Label: "payment.redsys.calls_none"},
		}},
		{Name: "capture", Label: "payment.redsys.capture", Help: "payment.redsys.capture_help", Kind: form.Select, Required: true, Default: captureNow, Options: []form.Option{
			{Value: captureNow, Label: "payment.redsys.capture_now"},
			{Value: captureLater, Label: "payment.redsys.capture_later"},
		}},
	}}
}

// shapes are those of the fields. The key is 24 bytes in base64: the old algorithm decodes it, the new one uses its first half as text.
var shapes = []struct {
	name  string
	shape *regexp.Regexp
}{
	{"merchant", regexp.MustCompile(`^[0-9]{9}$`)},
	{"terminal", regexp.MustCompile(`^0{0,2}[1-9][0-9]{0,2}$`)},
	{"key", regexp.MustCompile(`^[A-Za-z0-9+/]{32}$`)},
}

// CheckConfig looks at the shapes of numbers and key.
func (g *Gateway) CheckConfig(v form.Values) error {
	var c form.Checker
	for _, s := range shapes {
		if !s.shape.MatchString(v.Text(s.name)) {
			c.Refuse(s.name, "payment.redsys."+s.name+"_bad", nil)
		}
	}
	return c.Err()
}

// Capabilities of a hosted card page.
func (g *Gateway) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: patience, Keyless: true, RefundsUntold: true, Currencies: currencies}
}

// currencies are those a terminal can have, of which the bank and we write the same number of decimals. Each terminal has one.
var currencies = []money.Currency{money.EUR, money.USD, money.GBP, money.CHF, money.CAD, money.AUD, money.JPY, money.CZK, money.DKK,
	money.NOK, money.SEK, money.MustCurrency("PLN")}

// prefixes is how many beginnings a reference may have: four digits, which the bank demands.
var prefixes = big.NewInt(10_000)

// NewRef makes the longest number an order may have at the bank: four digits, and 8 letters and digits with 40 random bits.
func (g *Gateway) NewRef() string {
	prefix, err := rand.Int(rand.Reader, prefixes)
	if err != nil {
		panic(err) // the source of randomness of this process is broken
	}
	return fmt.Sprintf("%04d%s", prefix, rand.Text()[:8])
}

var (
	_ payment.Gateway   = (*Gateway)(nil)
	_ payment.Branded   = (*Gateway)(nil)
	_ payment.Checker   = (*Gateway)(nil)
	_ payment.Referrer  = (*Gateway)(nil)
	_ payment.Returner  = (*Gateway)(nil)
	_ payment.Inquirer  = (*Gateway)(nil)
	_ payment.Capturer  = (*Gateway)(nil)
	_ payment.Refunder  = (*Gateway)(nil)
	_ payment.Canceller = (*Gateway)(nil)
)
