package shopsettings_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

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
	walked := 0
	stored := slices.DeleteFunc(slices.Clone(pages), func(path string) bool { return strings.Contains(path, "/new") })
	for _, path := range append(stored, ship, ship+"/remove", pay, pay+"/remove", page, "settings/convert?to=CHF&rate=1") {
		for _, forged := range []string{"99999999999", "2147483647", "2147483648", "-1", "99999999999999999999", "x"} {
			b.Get(at(path))
			b.Page().Doc().Find(`main form[method=post]:has(input[name=rev])`).Each(func(_ int, form *goquery.Selection) {
				walked++
				sent, to := typed(form), form.AttrOr("action", b.Path())
				sent.Set("rev", forged)
				other := b.In(t) // stays on its own page
				got := other.Post(to, sent)
				if told := got.Doc().Find(".alert").Text(); got.Status != 409 && got.Status != 200 || told == "" || strings.Contains(told, "Saved.") {
					t.Errorf("%s with revision %s: %d %q", to, forged, got.Status, told)
				}
			})
		}
	}
	if walked < 6*12 {
		t.Errorf("only %d forms have a revision", walked)
	}
	if o.settings(t).Mail.FromName != "Lune" || len(o.paymentModes(t)) != 1 || len(o.shippingModes(t)) < 1 {
		t.Error("a stale form was stored")
	}
}

// typed is what a form sends as it stands on the page.
func typed(form *goquery.Selection) url.Values {
	sent := url.Values{}
	form.Find("input[name], textarea[name], select[name]").Each(func(_ int, field *goquery.Selection) {
		name, _ := field.Attr("name")
		_, on := field.Attr("checked")
		switch {
		case goquery.NodeName(field) == "select":
			sent.Add(name, field.Find("option[selected]").AttrOr("value", field.Find("option").AttrOr("value", "")))
		case goquery.NodeName(field) == "textarea":
			sent.Add(name, field.Text())
		case (field.AttrOr("type", "") == "checkbox" || field.AttrOr("type", "") == "radio") && !on, field.AttrOr("type", "") == "file":
		default:
			sent.Add(name, field.AttrOr("value", ""))
		}
	})
	return sent
}
