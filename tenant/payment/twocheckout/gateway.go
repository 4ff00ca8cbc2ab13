package twocheckout

import (
	"regexp"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Family is the first step of the pretend bank's addresses, and stands in each brand.
const Family = "twocheckout"

// patience is how long a buyer may sit before the page; the link expires then.
const patience = time.Hour

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

// The values of the field "hash".
const (
	hashSHA = "sha"
	hashMD5 = "md5"
)

// Config asks for the account.
func (g *Gateway) Config() form.Schema {
	return form.Schema{Fields: []form.Field{
		{Name: "merchant", Label: "payment.twocheckout.merchant", Help: "payment.twocheckout.merchant_help", Kind: form.Text, Required: true, Max: 20},
		{Name: "key", Label: "payment.twocheckout.key", Help: "payment.twocheckout.key_help", Kind: form.Secret, Required: true, Max: 200},
		{Name: "word", Label: "payment.twocheckout.word", Help: "payment.twocheckout.word_help", Kind: form.Secret, Required: true, Max: 200},
		{Name: "hash", Label: "payment.twocheckout.hash", Help: "payment.twocheckout.hash_help", Kind: form.Select, Required: true, Default: hashSHA, Options: []form.Option{
			{Value: hashSHA, Label: "payment.twocheckout.hash_sha"},
			{Value: hashMD5, Label: "payment.twocheckout.hash_md5"},
		}},
	}}
}

var merchantShape = regexp.MustCompile(`^[0-9A-Za-z]{4,20}$`)

// CheckConfig looks at the merchant code, and that one secret was not given for both.
func (g *Gateway) CheckConfig(v form.Values) error {
	var c form.Checker
	if !merchantShape.MatchString(v.Text("merchant")) {
		c.Refuse("merchant", "payment.twocheckout.merchant_bad", nil)
	}
	if v.Text("word") != "" && v.Text("word") == v.Text("key") {
		c.Refuse("word", "payment.twocheckout.word_same", nil)
	}
	return c.Err()
}

// Capabilities of a hosted page whose bank takes the money by itself.
func (g *Gateway) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: patience, Declared: true, Keyless: true, RefundsUntold: true}
}

var (
	_ payment.Gateway  = (*Gateway)(nil)
	_ payment.Branded  = (*Gateway)(nil)
	_ payment.Checker  = (*Gateway)(nil)
	_ payment.Inquirer = (*Gateway)(nil)
	_ payment.Refunder = (*Gateway)(nil)
)
