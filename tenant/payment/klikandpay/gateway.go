package klikandpay

import (
	"regexp"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Family is the first step of the pretend bank's addresses, and stands in each brand.
const Family = "klikandpay"

// patience is how long a buyer may sit before the page.
const patience = 45 * time.Minute

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

// The values of the field "review".
const (
	reviewAll  = "all"
	reviewNone = "none"
)

// Config asks for the account, and for the secret that stands in the declared address.
func (g *Gateway) Config() form.Schema {
	return form.Schema{Fields: []form.Field{
		{Name: "account", Label: "payment.klikandpay.account", Help: "payment.klikandpay.account_help", Kind: form.Text, Required: true, Max: 20},
		{Name: "currency", Label: "payment.klikandpay.currency", Help: "payment.klikandpay.currency_help", Kind: form.Text, Required: true, Max: 3, Default: "EUR"},
		{Name: "secret", Label: "payment.klikandpay.secret", Help: "payment.klikandpay.secret_help", Kind: form.Secret, Required: true, Max: 64},
		{Name: "review", Label: "payment.klikandpay.review", Help: "payment.klikandpay.review_help", Kind: form.Select, Required: true, Default: reviewAll, Options: []form.Option{
			{Value: reviewAll, Label: "payment.klikandpay.review_all"},
			{Value: reviewNone, Label: "payment.klikandpay.review_none"},
		}},
	}}
}

// The shapes of the fields. The secret stands in an address and must survive it as it is.
var (
	accountShape = regexp.MustCompile(`^[0-9]{4,20}$`)
	secretShape  = regexp.MustCompile(`^[0-9A-Za-z]{20,64}$`)
)

// CheckConfig looks at the shapes of the fields.
func (g *Gateway) CheckConfig(v form.Values) error {
	var c form.Checker
	if !accountShape.MatchString(v.Text("account")) {
		c.Refuse("account", "payment.klikandpay.account_bad", nil)
	}
	if cur, err := money.ParseCurrency(v.Text("currency")); err != nil || cur.Digits() != decimals {
		c.Refuse("currency", "payment.klikandpay.currency_bad", nil)
	}
	if !secretShape.MatchString(v.Text("secret")) {
		c.Refuse("secret", "payment.klikandpay.secret_bad", nil)
	}
	return c.Err()
}

// Capabilities of a hosted page that takes the money at once. The currency is a matter of the account.
func (g *Gateway) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: patience, Declared: true}
}

var (
	_ payment.Gateway = (*Gateway)(nil)
	_ payment.Branded = (*Gateway)(nil)
	_ payment.Checker = (*Gateway)(nil)
)
