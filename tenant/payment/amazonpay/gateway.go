package amazonpay

import (
	"regexp"
	"strings"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Family is the first step of the pretend bank's addresses, and stands in each brand.
const Family = "amazonpay"

// patience is how long a buyer may take: a session that is not completed lives for a day.
const patience = 24 * time.Hour

// Gateway is one brand of the family. It keeps the certificates of notices for as long as they are good.
type Gateway struct {
	brand payment.Brand
	calls *bankcall.Client
	certs *certificates
}

// New makes the gateway of a brand.
func New(b payment.Brand, c *bankcall.Client) *Gateway {
	return &Gateway{brand: b, calls: c, certs: newCertificates()}
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

// The values of the field "page".
const (
	pageButton = "button" // Amazon's script leads there, from a button on a page of the shop
	pageHosted = "hosted" // the browser is sent there
)

// maxKey is the most characters a private key may have: RSA of 4096 bits has 3300.
const maxKey = 4000

// Config asks for the region of the account, its merchant and store ID, and a key pair for the sandbox and one for real money:
// each the ID Amazon gives the public half, and the private half. The shop also chooses when the money is taken, and how the
// buyer gets to Amazon.
func (g *Gateway) Config() form.Schema {
	field := func(name string, kind form.Kind, most int) form.Field {
		return form.Field{Name: name, Label: "payment.amazonpay." + name, Help: "payment.amazonpay." + name + "_help", Kind: kind, Max: most}
	}
	choice := func(name, first string, values ...string) form.Field {
		f := field(name, form.Select, 0)
		f.Required, f.Default = true, first
		for _, v := range append([]string{first}, values...) {
			f.Options = append(f.Options, form.Option{Value: v, Label: "payment.amazonpay." + name + "_" + v})
		}
		return f
	}
	merchant, store := field("merchant", form.Text, 21), field("store", form.Text, 100)
	merchant.Required, store.Required = true, true
	return form.Schema{Fields: []form.Field{
		choice("region", "eu", "uk", "na", "jp"), merchant, store,
		field("key_test", form.Text, 60), field("private_test", form.Secret, maxKey),
		field("key_live", form.Text, 60), field("private_live", form.Secret, maxKey),
		choice("capture", captureNow, captureLater), choice("page", pageButton, pageHosted),
	}}
}

var (
	merchantShape = regexp.MustCompile(`^A[0-9A-Z]{9,20}$`)
	storeShape    = regexp.MustCompile(`^amzn1\.application-oa2-client\.[0-9a-z]{32}$`)
	keyShape      = regexp.MustCompile(`^((SANDBOX|LIVE)-)?[0-9A-Z]{16,48}$`)
)

// CheckConfig looks for half a key pair, for what is no key, and for a key of the other environment.
func (g *Gateway) CheckConfig(v form.Values) error {
	var c form.Checker
	if m := v.Text("merchant"); m != "" && !merchantShape.MatchString(m) {
		c.Refuse("merchant", "payment.amazonpay.merchant_bad", nil)
	}
	if s := v.Text("store"); s != "" && !storeShape.MatchString(s) {
		c.Refuse("store", "payment.amazonpay.store_bad", nil)
	}
	pairs := 0
	for _, test := range []bool{true, false} {
		id, private := v.Text(payment.FieldFor("key", test)), v.Text(payment.FieldFor("private", test))
		switch {
		case id == "" && private == "":
			continue
		case id == "":
			c.Refuse(payment.FieldFor("key", test), "payment.amazonpay.key_half", nil)
		case private == "":
			c.Refuse(payment.FieldFor("private", test), "payment.amazonpay.key_half", nil)
		default:
			pairs++
		}
		if id != "" && !keyShape.MatchString(id) {
			c.Refuse(payment.FieldFor("key", test), "payment.amazonpay.key_bad", nil)
		} else if strings.HasPrefix(id, otherPrefix(test)) {
			c.Refuse(payment.FieldFor("key", test), "payment.amazonpay.key_other", nil)
		}
		if _, err := parseKey(private); private != "" && err != nil {
			c.Refuse(payment.FieldFor("private", test), "payment.amazonpay.private_bad", nil)
		}
	}
	if err := c.Err(); err != nil || pairs > 0 {
		return err
	}
	c.Refuse("key_test", "payment.amazonpay.key_missing", nil)
	return c.Err()
}

// Capabilities of a wallet.
func (g *Gateway) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: patience, Declared: true, RefundsUntold: true, Currencies: converted}
}

// Keys tells what the bank is called with.
func (g *Gateway) Keys(_ form.Values, test bool) []string {
	return []string{payment.FieldFor("key", test), payment.FieldFor("private", test)}
}

// The words by which a key says what it is for.
const (
	sandboxPrefix = "SANDBOX-"
	livePrefix    = "LIVE-"
)

// otherPrefix begins the keys that are not for the mode.
func otherPrefix(test bool) string {
	if test {
		return livePrefix
	}
	return sandboxPrefix
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
