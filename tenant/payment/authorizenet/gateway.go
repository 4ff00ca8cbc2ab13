package authorizenet

import (
	"crypto/rand"
	"regexp"
	"slices"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Family is the first step of the pretend bank's addresses, and stands in the brand.
const Family = "authorizenet"

// patience is how long a buyer may take: the token is good for a quarter of an hour, and the page stays open after that.
const patience = time.Hour

// currencies are those accounts are kept in, each in one of them. All have two decimals.
var currencies = []money.Currency{money.USD, money.CAD, money.EUR, money.GBP, money.AUD, money.CHF, money.DKK, money.NOK, money.SEK,
	money.MustCurrency("NZD"), money.MustCurrency("PLN")}

// Gateway is Authorize.Net. What it knows of an account is in the account.
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

// The values of the field "capture".
const (
	captureNow   = "now"
	captureLater = "later"
)

// Config asks for the API login, the transaction key and the signature key of an account in the sandbox and of the real one, and
// for the currency of both.
func (g *Gateway) Config() form.Schema {
	field := func(name string, kind form.Kind, most int) form.Field {
		return form.Field{Name: name, Label: "payment.authorizenet." + name, Help: "payment.authorizenet." + name + "_help", Kind: kind, Max: most}
	}
	currency, capture := field("currency", form.Text, 3), field("capture", form.Select, 0)
	currency.Required = true
	capture.Required, capture.Default = true, captureNow
	for _, when := range []string{captureNow, captureLater} {
		capture.Options = append(capture.Options, form.Option{Value: when, Label: "payment.authorizenet.capture_" + when})
	}
	return form.Schema{Fields: []form.Field{
		field("login_test", form.Text, 25), field("key_test", form.Secret, 32), field("signature_test", form.Secret, 128),
		field("login_live", form.Text, 25), field("key_live", form.Secret, 32), field("signature_live", form.Secret, 128),
		currency, capture,
	}}
}

// shapes are those of what a merchant types, by the field's name without its mode.
var shapes = map[string]*regexp.Regexp{
	"login":     regexp.MustCompile(`^[0-9A-Za-z]{1,25}$`),
	"key":       regexp.MustCompile(`^[0-9A-Za-z]{16}$`),
	"signature": regexp.MustCompile(`^[0-9A-Fa-f]{128}$`),
}

// CheckConfig looks for half an account, and for what was pasted into the wrong field.
func (g *Gateway) CheckConfig(v form.Values) error {
	var c form.Checker
	whole := 0
	for _, test := range []bool{true, false} {
		given := 0
		for _, name := range []string{"login", "key", "signature"} {
			text := v.Text(payment.FieldFor(name, test))
			if text == "" {
				continue
			}
			given++
			if !shapes[name].MatchString(text) {
				c.Refuse(payment.FieldFor(name, test), "payment.authorizenet."+name+"_bad", nil)
			}
		}
		for _, name := range []string{"login", "key", "signature"} {
			if given > 0 && v.Text(payment.FieldFor(name, test)) == "" {
				c.Refuse(payment.FieldFor(name, test), "payment.authorizenet.half", nil)
			}
		}
		if given == 3 {
			whole++
		}
	}
	if !slices.ContainsFunc(currencies, func(one money.Currency) bool { return one.Code() == v.Text("currency") }) {
		c.Refuse("currency", "payment.authorizenet.currency_bad", nil)
	}
	if err := c.Err(); err != nil || whole > 0 {
		return err
	}
	c.Refuse("login_test", "payment.authorizenet.login_missing", nil)
	return c.Err()
}

// Keys tells what the bank is called with.
func (g *Gateway) Keys(_ form.Values, test bool) []string {
	return []string{payment.FieldFor("login", test), payment.FieldFor("key", test)}
}

// NewRef makes an invoice number, as long as one may be: 20 letters and digits with 100 random bits.
func (g *Gateway) NewRef() string { return rand.Text()[:20] }

// Capabilities of a page for cards.
func (g *Gateway) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: patience, Declared: true, Keyless: true, RefundsUntold: true, Currencies: currencies}
}

var (
	_ payment.Gateway   = (*Gateway)(nil)
	_ payment.Branded   = (*Gateway)(nil)
	_ payment.Checker   = (*Gateway)(nil)
	_ payment.Keyed     = (*Gateway)(nil)
	_ payment.Referrer  = (*Gateway)(nil)
	_ payment.Inquirer  = (*Gateway)(nil)
	_ payment.Capturer  = (*Gateway)(nil)
	_ payment.Refunder  = (*Gateway)(nil)
	_ payment.Canceller = (*Gateway)(nil)
	_ payment.Saver     = (*Gateway)(nil)
)
