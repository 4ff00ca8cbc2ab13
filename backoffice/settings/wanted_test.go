package shopsettings_test

import (
	"strings"
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/wanted"
	"echoppe.dev/platform/kit/i18n"
)

// TestWanted: PAY-07, a merchant whose bank is not listed asks for it without script, keeps what he typed when something is wrong, and
// reads there what the operators answered.
func TestWanted(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	for _, l := range i18n.Shipped {
		b.Get(at("settings/payment/request?lang=" + string(l)))
		b.WantStatus(200).WantClean()
	}
	b.Get(at("settings/payment/new?lang=en&q=Banque+Inconnue"))
	b.WantText("main", "Nothing matches “Banque Inconnue”.")
	b.Follow(`main a[href*="/settings/payment/request"]`)
	b.WantClean().Want(`input[name=bank][value="Banque Inconnue"]`).Want(`input[name=contact][type=email]`)
	b.Submit("main form.form", webtest.Values{"docs": "ftp://bank.example", "contact": "nobody", "volume": "about 300"})
	b.WantStatus(422).WantClean().Want(`input[name=docs][aria-invalid][value="ftp://bank.example"]`).Want(`input[name=contact][aria-invalid]`).
		Want(`input[name=volume][value="about 300"]`).Want(`input[name=bank][value="Banque Inconnue"]`)
	b.Submit("main form.form", webtest.Values{"docs": "https://bank.example/api", "contact": "lucie@example.org", "note": "Bitte."})
	b.WantStatus(200).WantPath("/shops/test/settings/payment/request").WantText(".alert", "Your request is sent.").WantText("tbody th", "Banque Inconnue").
		WantText("tbody .badge", "Received").WantClean()

	list, err := o.wanted.List(t.Context(), wanted.Filter{Shop: o.Shop.ID().String()})
	if err != nil || len(list) != 1 || list[0].Volume != "about 300" || list[0].Locale != "en" {
		t.Fatalf("stored %+v, %v", list, err)
	}
	if err := o.wanted.Answer(t.Context(), audit.Actor{ID: "a", Name: "Ada"}, list[0].ID, wanted.Reply{State: wanted.Planned, Answer: "In spring.", Rev: 1}); err != nil {
		t.Fatal(err)
	}
	b.Get(at("settings/payment/request"))
	b.WantText("tbody", "In spring.").WantText("tbody .badge", "Planned")

	for range 3 {
		b.Get(at("settings/payment/request"))
		b.Submit("main form.form", webtest.Values{"bank": "Bank " + strings.Repeat("x", 3), "contact": "lucie@example.org"})
	}
	b.WantStatus(422).WantClean().WantText(".error", "several requests today").Want(`input[name=bank][value="Bank xxx"]`)
}
