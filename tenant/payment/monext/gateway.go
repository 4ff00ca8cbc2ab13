package monext

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Family is the first step of the pretend bank's addresses, and stands in each brand.
const Family = "monext"

// patience is how long a buyer may sit before the bank's page, which closes after fifteen minutes.
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

// The values of the fields "api" and "capture".
const (
	apiREST      = "rest"
	apiSOAP      = "soap"
	captureNow   = "now"
	captureLater = "later"
)

// Config asks for the contract: which API it has, the numbers that go with it, and a key for test and for production.
func (g *Gateway) Config() form.Schema {
	field := func(name string, kind form.Kind, most int) form.Field {
		return form.Field{Name: name, Label: "payment.monext." + name, Help: "payment.monext." + name + "_help", Kind: kind, Max: most}
	}
	choice := func(name, first, second string) form.Field {
		f := field(name, form.Select, 0)
		f.Required, f.Default = true, first
		f.Options = []form.Option{{Value: first, Label: "payment.monext." + name + "_" + first}, {Value: second, Label: "payment.monext." + name + "_" + second}}
		return f
	}
	contracts := field("contracts", form.Text, 200)
	contracts.Required = true
	return form.Schema{Fields: []form.Field{
		choice("api", apiREST, apiSOAP),
		field("point_of_sale", form.Text, 50), field("merchant", form.Text, 20), contracts,
		field("key_test", form.Secret, 200), field("key_live", form.Secret, 200),
		choice("capture", captureNow, captureLater),
	}}
}

var (
	merchantShape = regexp.MustCompile(`^[0-9]{1,20}$`)
	contractShape = regexp.MustCompile(`^[0-9A-Za-z_-]{1,50}$`)
	basicShape    = regexp.MustCompile(`^[0-9A-Za-z+/]+=*$`) // an API key is ready for the header, which takes no other signs
)

// CheckConfig looks for what the chosen API needs.
func (g *Gateway) CheckConfig(v form.Values) error {
	var c form.Checker
	if v.Text("api") == apiSOAP {
		if !merchantShape.MatchString(v.Text("merchant")) {
			c.Refuse("merchant", "payment.monext.merchant_bad", nil)
		}
	} else {
		if v.Text("point_of_sale") == "" {
			c.Refuse("point_of_sale", "payment.monext.point_of_sale_missing", nil)
		}
		for _, name := range []string{"key_test", "key_live"} {
			if key := v.Text(name); key != "" && !basicShape.MatchString(key) {
				c.Refuse(name, "payment.monext.key_bad", nil)
			}
		}
	}
	list := contractsOf(v)
	if len(list) == 0 || len(list) > maxContracts || slices.ContainsFunc(list, func(one string) bool { return !contractShape.MatchString(one) }) {
		c.Refuse("contracts", "payment.monext.contracts_bad", nil)
	}
	if v.Text("key_test") == "" && v.Text("key_live") == "" {
		c.Refuse("key_test", "payment.monext.key_missing", nil)
	}
	return c.Err()
}

// Keys tells what the bank is called with.
func (g *Gateway) Keys(_ form.Values, test bool) []string {
	return []string{payment.FieldFor("key", test)}
}

// maxContracts is how many the service description takes.
const maxContracts = 25

// contractsOf are the numbers of the payment methods, the first first.
func contractsOf(v form.Values) []string {
	var list []string
	for one := range strings.SplitSeq(v.Text("contracts"), ",") {
		if one = strings.TrimSpace(one); one != "" {
			list = append(list, one)
		}
	}
	return list
}

// keyOf is the key of a mode, "" when the merchant has none.
func keyOf(a payment.Account, test bool) string {
	if test {
		return strings.TrimSpace(a.Secret("key_test").Reveal())
	}
	return strings.TrimSpace(a.Secret("key_live").Reveal())
}

// Capabilities of a hosted page.
func (g *Gateway) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: patience, Keyless: true}
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
