package square

import (
	"regexp"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Family is the first step of the pretend bank's addresses, and stands in the brand.
const Family = "square"

// patience is how long a buyer may reasonably take. Square's page itself never closes.
const patience = time.Hour

// currencies are those of the countries where Square has sellers: Australia, Canada, the euro area (France, Ireland, Spain),
// Japan, the United Kingdom and the United States. A seller is paid in that of his country and in no other.
var currencies = []money.Currency{money.EUR, money.GBP, money.USD, money.CAD, money.AUD, money.JPY}

// Gateway is Square. What it knows of an account is in the account.
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

// Config asks for what an application of Square's has twice, for the sandbox and for real money: an access token, the location
// that is paid, and the signature key of the webhook subscription that was made for our address.
func (g *Gateway) Config() form.Schema {
	field := func(name string, kind form.Kind, most int) form.Field {
		return form.Field{Name: name, Label: "payment.square." + name, Help: "payment.square." + name + "_help", Kind: kind, Max: most}
	}
	return form.Schema{Fields: []form.Field{
		field("token_test", form.Secret, 1024), field("location_test", form.Text, 50), field("hook_test", form.Secret, 200),
		field("token_live", form.Secret, 1024), field("location_live", form.Text, 50), field("hook_live", form.Secret, 200),
	}}
}

// The shapes of what a merchant types. The ID and the secret of an application (sq0idp-, sq0csp-, and their like in the
// sandbox) stand beside the token and are none.
var (
	tokenShape    = regexp.MustCompile(`^[0-9A-Za-z_=-]{8,}$`)
	secretShape   = regexp.MustCompile(`^(sandbox-)?sq0(id|cs)[a-z]-`)
	locationShape = regexp.MustCompile(`^[0-9A-Z]{5,50}$`)
	hookShape     = regexp.MustCompile(`^[!-~]{8,200}$`)
)

// CheckConfig looks for half a contract, and for what was pasted into the wrong field. The signature key may still be missing:
// the address of the subscription is only known once the mode is saved.
func (g *Gateway) CheckConfig(v form.Values) error {
	var c form.Checker
	whole := 0
	for _, test := range []bool{true, false} {
		token, location, hook := v.Text(payment.FieldFor("token", test)), v.Text(payment.FieldFor("location", test)), v.Text(payment.FieldFor("hook", test))
		switch {
		case token != "" && (!tokenShape.MatchString(token) || secretShape.MatchString(token)):
			c.Refuse(payment.FieldFor("token", test), "payment.square.token_bad", nil)
		case token == "" && (location != "" || hook != ""):
			c.Refuse(payment.FieldFor("token", test), "payment.square.half", nil)
		}
		switch {
		case location != "" && !locationShape.MatchString(location):
			c.Refuse(payment.FieldFor("location", test), "payment.square.location_bad", nil)
		case location == "" && token != "":
			c.Refuse(payment.FieldFor("location", test), "payment.square.half", nil)
		}
		if hook != "" && !hookShape.MatchString(hook) {
			c.Refuse(payment.FieldFor("hook", test), "payment.square.hook_bad", nil)
		}
		if token != "" && location != "" {
			whole++
		}
	}
	for _, name := range []string{"token", "hook"} {
		if text := v.Text(payment.FieldFor(name, true)); text != "" && text == v.Text(payment.FieldFor(name, false)) {
			c.Refuse(payment.FieldFor(name, false), "payment.square."+name+"_twice", nil)
		}
	}
	if err := c.Err(); err != nil || whole > 0 {
		return err
	}
	c.Refuse("token_test", "payment.square.token_missing", nil)
	return c.Err()
}

// Keys tells what the bank is called with.
func (g *Gateway) Keys(_ form.Values, test bool) []string {
	return []string{payment.FieldFor("token", test), payment.FieldFor("location", test)}
}

// Capabilities of a page that takes cards, Apple Pay and Google Pay.
func (g *Gateway) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: patience, Declared: true, RefundsUntold: true, Currencies: currencies}
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
)
