package monetico

import (
	"crypto/rand"
	"regexp"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Family is the first step of the pretend bank's addresses, and stands in each brand.
const Family = "monetico"

// patience is how long a buyer may sit before the bank's page.
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

// The values of the field "capture".
const (
	captureNow   = "now"
	captureLater = "later"
)

// Config asks for the contract.
func (g *Gateway) Config() form.Schema {
	return form.Schema{Fields: []form.Field{
		{Name: "tpe", Label: "payment.monetico.tpe", Help: "payment.monetico.tpe_help", Kind: form.Text, Required: true, Max: 7},
		{Name: "societe", Label: "payment.monetico.societe", Help: "payment.monetico.societe_help", Kind: form.Text, Required: true, Max: 20},
		{Name: "key", Label: "payment.monetico.key", Help: "payment.monetico.key_help", Kind: form.Secret, Required: true, Max: 40},
		{Name: "capture", Label: "payment.monetico.capture", Help: "payment.monetico.capture_help", Kind: form.Select, Required: true, Default: captureNow, Options: []form.Option{
			{Value: captureNow, Label: "payment.monetico.capture_now"},
			{Value: captureLater, Label: "payment.monetico.capture_later"},
		}},
	}}
}

// shapes are those of the fields. The last two characters of a key are changed before it is used (see usable).
var shapes = []struct {
	name  string
	shape *regexp.Regexp
}{
	{"tpe", regexp.MustCompile(`^[0-9A-Za-z]{7}$`)},
	{"societe", regexp.MustCompile(`^[0-9A-Za-z_-]{1,20}$`)},
	{"key", regexp.MustCompile("^[0-9A-Fa-f]{38}[0-9A-Za-z`\\[\\]^_\\\\][0-9A-Za-z]$")},
}

// CheckConfig looks at the shapes of numbers and key.
func (g *Gateway) CheckConfig(v form.Values) error {
	var c form.Checker
	for _, s := range shapes {
		if !s.shape.MatchString(v.Text(s.name)) {
			c.Refuse(s.name, "payment.monetico."+s.name+"_bad", nil)
		}
	}
	if _, err := usable(v.Text("key")); err != nil && c.Err() == nil {
		c.Refuse("key", "payment.monetico.key_bad", nil)
	}
	return c.Err()
}

// Capabilities of a hosted card page. Amounts carry any currency of ISO 4217.
func (g *Gateway) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: patience, Declared: true, Keyless: true, RefundsUntold: true}
}

// refAlphabet are the characters every contract takes; 12 of them are what an old one takes at most.
const (
	refAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
	refLength   = 12
)

// NewRef makes a reference of 12 letters and digits: 60 random bits.
func (g *Gateway) NewRef() string {
	ref := make([]byte, refLength)
	_, _ = rand.Read(ref) // it does not fail
	for i, b := range ref {
		ref[i] = refAlphabet[int(b)%len(refAlphabet)]
	}
	return string(ref)
}

var (
	_ payment.Gateway   = (*Gateway)(nil)
	_ payment.Branded   = (*Gateway)(nil)
	_ payment.Checker   = (*Gateway)(nil)
	_ payment.Referrer  = (*Gateway)(nil)
	_ payment.Capturer  = (*Gateway)(nil)
	_ payment.Refunder  = (*Gateway)(nil)
	_ payment.Canceller = (*Gateway)(nil)
)
