package bluepaid

import (
	"regexp"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Family is the first step of the pretend bank's addresses, and stands in each brand.
const Family = "bluepaid"

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
		{Name: "boutique", Label: "payment.bluepaid.boutique", Help: "payment.bluepaid.boutique_help", Kind: form.Text, Required: true, Max: 20},
		{Name: "secret", Label: "payment.bluepaid.secret", Help: "payment.bluepaid.secret_help", Kind: form.Secret, Required: true, Max: 64},
		{Name: "review", Label: "payment.bluepaid.review", Help: "payment.bluepaid.review_help", Kind: form.Select, Required: true, Default: reviewAll, Options: []form.Option{
			{Value: reviewAll, Label: "payment.bluepaid.review_all"},
			{Value: reviewNone, Label: "payment.bluepaid.review_none"},
		}},
	}}
}

// The shapes of the fields. The secret stands in an address and must survive it as it is.
var (
	boutiqueShape = regexp.MustCompile(`^[0-9A-Za-z]{1,20}$`)
	secretShape   = regexp.MustCompile(`^[0-9A-Za-z]{20,64}$`)
)

// CheckConfig looks at the shapes of the fields.
func (g *Gateway) CheckConfig(v form.Values) error {
	var c form.Checker
	if !boutiqueShape.MatchString(v.Text("boutique")) {
		c.Refuse("boutique", "payment.bluepaid.boutique_bad", nil)
	}
	if !secretShape.MatchString(v.Text("secret")) {
		c.Refuse("secret", "payment.bluepaid.secret_bad", nil)
	}
	return c.Err()
}

// Capabilities of a hosted page that takes the money at once.
func (g *Gateway) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: patience, Declared: true}
}

var (
	_ payment.Gateway = (*Gateway)(nil)
	_ payment.Branded = (*Gateway)(nil)
	_ payment.Checker = (*Gateway)(nil)
)
