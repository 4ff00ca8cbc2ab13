package shopsettings_test

import (
	"slices"
	"strings"
	"testing"

	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/web/webtest"
)

// Bad input: a revision that no row can have is that of a stale form in every form of the settings: it is told, nothing
// is stored, and it is no fault of the program.
func TestBadInput_Revision(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/letters"))
	b.Submit("main form[data-guard]", webtest.Values{"from_name": "Lune"})
	addShipping(b, "Poste", "5")
	b.Get(at("settings/payment/new/cash_on_delivery"))
	b.Submit("main form", webtest.Values{"mode-name.fr": "Remboursement", "mode-name.en": "Cash"})
	b.WantStatus(200)
	b.Get(at("settings/pages/new"))
	b.Submit("main form", webtest.Values{"title.fr": "Histoire"})
	b.WantStatus(200)
	ship, pay := "settings/shipping/"+o.shippingModes(t)[0].ID, "settings/payment/"+o.paymentModes(t)[0].ID.String()
	b.Get(at("settings/pages"))
	page := strings.TrimPrefix(b.Page().Doc().Find(`main table th a[href*="/settings/pages/"]`).AttrOr("href", ""), at(""))
	stored := slices.DeleteFunc(slices.Clone(pages), func(path string) bool { return strings.Contains(path, "/new") })
	var walk []string
	for _, path := range append(stored, ship, ship+"/remove", pay, pay+"/remove", page, "settings/convert?to=CHF&rate=1") {
		walk = append(walk, at(path))
	}
	walked := officetest.Forged(t, b, walk...)
	if walked < 6*12 {
		t.Errorf("only %d forms have a revision", walked)
	}
	if o.settings(t).Mail.FromName != "Lune" || len(o.paymentModes(t)) != 1 || len(o.shippingModes(t)) < 1 {
		t.Error("a stale form was stored")
	}
}
