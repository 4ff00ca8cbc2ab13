package lyra

import (
	"regexp"
	"strings"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Family is the first step of the pretend bank's addresses, and stands in each brand.
const Family = "lyra"

// patience is how long a buyer may sit before the bank's page, which closes after ten minutes without a touch.
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

// The values of the field "capture".
const (
	captureNow   = "now"
	captureLater = "later"
)

// The values of the field "page".
const (
	pageBank = "bank" // the bank's own
	pageShop = "shop" // fields of the bank's on a page of the shop
)

// Config asks for the contract: the shop's number, and for test and production each a key and, where the contract has
// REST, a password.
func (g *Gateway) Config() form.Schema {
	secret := func(name string, most int) form.Field {
		return form.Field{Name: name, Label: "payment.lyra." + name, Help: "payment.lyra." + name + "_help", Kind: form.Secret, Max: most}
	}
	return form.Schema{Fields: []form.Field{
		{Name: "site", Label: "payment.lyra.site", Help: "payment.lyra.site_help", Kind: form.Text, Required: true, Max: 8},
		secret("key_test", 64), secret("key_live", 64),
		{Name: "hash", Label: "payment.lyra.hash", Help: "payment.lyra.hash_help", Kind: form.Select, Required: true, Default: hashHMAC, Options: []form.Option{
			{Value: hashHMAC, Label: "payment.lyra.hash_hmac"},
			{Value: hashSHA1, Label: "payment.lyra.hash_sha1"},
		}},
		secret("password_test", 200), secret("password_live", 200),
		{Name: "capture", Label: "payment.lyra.capture", Help: "payment.lyra.capture_help", Kind: form.Select, Required: true, Default: captureNow, Options: []form.Option{
			{Value: captureNow, Label: "payment.lyra.capture_now"},
			{Value: captureLater, Label: "payment.lyra.capture_later"},
		}},
		{Name: "page", Label: "payment.lyra.page", Help: "payment.lyra.page_help", Kind: form.Select, Default: pageBank, Options: []form.Option{
			{Value: pageBank, Label: "payment.lyra.page_bank"},
			{Value: pageShop, Label: "payment.lyra.page_shop"},
		}},
		{Name: "public_test", Label: "payment.lyra.public_test", Help: "payment.lyra.public_test_help", Kind: form.Text, Max: 200},
		{Name: "public_live", Label: "payment.lyra.public_live", Help: "payment.lyra.public_live_help", Kind: form.Text, Max: 200},
		secret("return_test", 200), secret("return_live", 200),
	}}
}

var siteShape = regexp.MustCompile(`^[0-9]{8}$`)

// CheckConfig looks for what was pasted into the wrong field.
func (g *Gateway) CheckConfig(v form.Values) error {
	var c form.Checker
	if !siteShape.MatchString(v.Text("site")) {
		c.Refuse("site", "payment.lyra.site_bad", nil)
	}
	if v.Text("key_test") == "" && v.Text("key_live") == "" {
		c.Refuse("key_test", "payment.lyra.key_missing", nil)
	}
	if strings.HasPrefix(v.Text("password_test"), "prodpassword_") {
		c.Refuse("password_test", "payment.lyra.password_mixed", nil)
	}
	if strings.HasPrefix(v.Text("password_live"), "testpassword_") {
		c.Refuse("password_live", "payment.lyra.password_mixed", nil)
	}
	if v.Text("page") == pageShop {
		checkEmbedded(&c, v)
	}
	return c.Err()
}

// Capabilities of a hosted card page.
func (g *Gateway) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: patience, Keyless: true, RefundsUntold: true, Currencies: currencies}
}

// currencies are those of the REST reference whose smallest unit is that of ISO 4217.
var currencies = []money.Currency{money.EUR, money.USD, money.GBP, money.CHF, money.CAD, money.AUD, money.JPY, money.CZK, money.DKK, money.NOK,
	money.SEK, money.MustCurrency("HKD"), money.MustCurrency("HUF"), money.MustCurrency("NZD"), money.MustCurrency("PLN"), money.MustCurrency("RON"),
	money.MustCurrency("SGD"), money.MustCurrency("THB"), money.MustCurrency("TRY"), money.MustCurrency("XPF"), money.MustCurrency("ZAR")}

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
	_ payment.Saver     = (*Gateway)(nil)
)
