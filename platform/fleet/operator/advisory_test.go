package operator_test

import (
	"strings"
	"testing"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
)

// TestAdvisory: FRD-04, an operator writes what merchants are told about fraud; nobody else of the console may.
func TestAdvisory(t *testing.T) {
	c := open(t)
	b := c.enter(t, authz.Operator)
	b.Get(root + "/advisory")
	b.WantStatus(200).WantClean()
	b.Submit("main form", webtest.Values{"text.en": strings.Repeat("x", 1001), "text.fr": "Attention."})
	b.WantStatus(422).WantClean().Want(`[name="text.en"][aria-invalid]`)
	b.Submit("main form", webtest.Values{"text.en": "Beware of reshipped parcels."})
	b.WantStatus(200).WantPath("/advisory").WantText(`[name="text.en"]`, "Beware").WantText(`[name="text.fr"]`, "Attention.")
	b.Get(root + "/journal")
	b.WantClean().WantText("main", "Fraud notice changed")
	b.Get(root + "/")
	b.WantClean().WantText("main", "Payments stopped")
	other := c.enter(t, authz.Auditor)
	other.Get(root + "/advisory")
	other.WantStatus(403)
}
