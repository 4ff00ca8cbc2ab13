package acceptance_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/acceptance"
	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/payment"
)

type office struct {
	*officetest.Office
	*checkouttest.Stage
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{Stage: checkouttest.New(t, checkout.Reactions{})}
	words := []fs.FS{acceptance.Locales, os.DirFS("../../tenant/payment")}
	o.Office = officetest.Open(t, words, func(*officetest.Office) []desk.Desk { return []desk.Desk{acceptance.New(o.Modes)} })
	o.Office.Shop = o.Stage.Shop
	return o
}

func at(path string) string { return officetest.Base + path }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	o := open(t)
	webtest.WantGuarded(t, o.Routes, o.Policy.Permissions(authz.KindShop))
	o.Role = authz.Simple
	if got := o.Browser(t).Get(at("orders/payments")).Status; got != 403 {
		t.Errorf("SEC-05 who packs parcels reads the figures: %d", got)
	}
}

// LANG-01: the words are complete, and each is said.
func TestLocales(t *testing.T) {
	words := i18ntest.Complete(t, acceptance.Locales, "locales")
	var code strings.Builder
	for _, pattern := range []string{"*.go", "*.templ"} {
		files, err := filepath.Glob(pattern)
		must(t, err)
		for _, name := range files {
			if text, err := os.ReadFile(name); err == nil && !strings.HasSuffix(name, "_test.go") && !strings.HasSuffix(name, "_templ.go") {
				code.Write(text)
			}
		}
	}
	for _, r := range payment.Reasons() {
		i18ntest.Used(t, words, "acceptance.why."+string(r))
	}
	for _, key := range words.Keys(i18n.English) {
		short := strings.TrimPrefix(key, "acceptance.")
		for _, end := range []string{".one", ".other"} {
			short = strings.TrimSuffix(short, end)
		}
		if family, _, ok := strings.Cut(short, "."); ok && (family == "by" || family == "name" || family == "why") {
			continue
		}
		if !strings.Contains(code.String(), `"`+short+`"`) && !strings.Contains(code.String(), `"acceptance.`+short+`"`) {
			t.Errorf("LANG-01 nobody says %q", key)
		}
	}
}

// PGW-38 PGW-43: from nothing to figures: what was accepted and refused, why, with which card, and what a hundred costs; the file
// says the same.
func TestReport(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	for _, l := range i18n.Shipped {
		b.Get(at("orders/payments?lang=" + string(l)))
		b.WantStatus(200).WantClean()
	}
	b.Get(at("orders/payments?lang=en"))
	b.WantText("main", "No payment in this period").Want(`main a[href$="/settings/payment"]`).WantNo(`main a[href*="/file"]`)

	must(t, o.Resave("card", func(d *payment.Draft) {
		d.Scope.Provider = payment.Share{Fixed: decimal.RequireFromString("0.20"), Percent: decimal.RequireFromString("1")}
	}))
	for i, card := range []string{"good", "good", "funds"} {
		buyer := o.Guest("zoe" + card + string(rune('0'+i)) + "@example.com")
		must(t, buyer.Add(o.Stock("Lamp"+card+string(rune('0'+i)), "95.00", 5), 1)) // 100.00 with the parcel, and its tax
		placed, err := buyer.Place("card")
		must(t, err)
		o.Bank.Visit(placed.Next, card, "proper")
		o.Bank.Wait(i + 1)
	}
	for _, l := range i18n.Shipped {
		b.Get(at("orders/payments?lang=" + string(l)))
		b.WantStatus(200).WantClean()
		for _, word := range strings.Fields(b.Text("main")) {
			if strings.HasPrefix(word, "acceptance.") || strings.HasPrefix(word, "payment.") {
				t.Errorf("LANG-01 in %s: %q", l, word)
			}
		}
	}
	b.Get(at("orders/payments?lang=en"))
	b.WantText(".stat", "€1.20").WantText(".stat", "66.7").WantText(".stat", "2 of 3 decided").WantText("tbody th", "card").WantText("tbody th", "France").
		WantText("tbody", "Funds or limit").WantNoText("By card brand")
	b.Get(at("orders/payments/file"))
	b.WantStatus(200).WantHeader("Content-Type", "text/csv; charset=utf-8")
	file := string(b.Page().Body)
	for _, want := range []string{"Total,Total,EUR,3,2,1,0,0,66.7,", "By payment method,card,EUR,3,2,1,", "By billing country,France,EUR,3,", "Why nothing came,Funds or limit,EUR,1,,1,"} {
		if !strings.Contains(file, want) {
			t.Errorf("PGW-38 the file lacks %q:\n%s", want, file)
		}
	}
	b.Get(at("orders/payments?period=365"))
	b.WantText(".stat", "2 of 3 decided").Want(`select[name=period] option[value="365"][selected]`)
	b.Get(at("orders/payments?from=2020-01-01&until=2020-12-31"))
	b.WantStatus(200).WantText("main", "No payment in this period")
	b.Get(at("orders/payments?from=2026-05-02&until=2026-05-01"))
	b.WantStatus(422).WantClean().WantText("main", "The last day is before the first.").Want(`input[name=until][value="2026-05-01"][aria-invalid]`)
}
