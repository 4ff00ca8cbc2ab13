package carriage_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"echoppe.dev/backoffice/carriage"
	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/backoffice/orders"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/shipment"
)

type office struct {
	*officetest.Office
	*checkouttest.Stage
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{Stage: checkouttest.New(t, checkout.Reactions{})}
	words := []fs.FS{carriage.Locales, orders.Locales}
	for _, room := range []string{"order", "payment", "notify", "checkout", "shipment", "pricing", "shipping", "tax"} {
		words = append(words, os.DirFS("../../tenant/"+room))
	}
	o.Office = officetest.Open(t, words, func(*officetest.Office) []desk.Desk {
		return []desk.Desk{carriage.New(), orders.New(orders.Config{Desk: o.Stage.Desk, Post: o.Post, Modes: o.Modes})}
	})
	o.Office.Shop = o.Stage.Shop
	return o
}

// ships sells a mug to somebody and sends it with this tracking number. Delivery is billed 5.00 without tax.
func (o *office) ships(t *testing.T, email, tracking string) (number string) {
	t.Helper()
	b := o.Guest(email)
	must(t, b.Add(o.Stock("Mug "+tracking, "12.00", 5), 1))
	placed, err := b.Place("on delivery")
	must(t, err)
	must(t, o.Stage.Desk.Ship(t.Context(), o.Stage.Shop, officetest.Who, placed.Order.ID, shipment.Draft{Carrier: "colissimo", Tracking: tracking}, checkout.Remark{}))
	return placed.Order.Number
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func at(path string) string { return officetest.Base + path }

func TestRoutes(t *testing.T) {
	t.Parallel()
	o := open(t)
	webtest.WantGuarded(t, o.Routes, o.Policy.Permissions(authz.KindShop))
	o.Role = authz.Simple
	b := o.Browser(t)
	if got := b.Get(at("orders/carriage")).Status; got != 403 {
		t.Errorf("SEC-05 who packs parcels reads the margins: %d", got)
	}
	b.Get(at("orders"))
	b.WantStatus(200).WantNo(`a[href$="/orders/carriage"]`)
	o.Role = authz.Accountant
	b = o.Browser(t)
	b.Get(at("orders/carriage"))
	b.WantStatus(200).WantNo(`main a[href$="/bill"]`)
}

// LANG-01: the words are complete, and each is said.
func TestLocales(t *testing.T) {
	words := i18ntest.Complete(t, carriage.Locales, "locales")
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
	for _, key := range words.Keys(i18n.English) {
		short := strings.TrimPrefix(key, "carriage.")
		for _, end := range []string{".one", ".other", "_help"} {
			short = strings.TrimSuffix(short, end)
		}
		short = strings.TrimPrefix(strings.TrimPrefix(short, "field."), "period.")
		if !strings.Contains(code.String(), `"`+short+`"`) && !strings.Contains(code.String(), `"carriage.`+short+`"`) {
			t.Errorf("LANG-01 nobody says %q", key)
		}
	}
}

// SHP-01: from nothing to a margin: an empty report leads to what is to be sent, a parcel without a cost is
// named apart, a carrier's bill is checked and taken, and the file has the sums.
func TestReport(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	for _, l := range i18n.Shipped {
		for _, path := range []string{"orders/carriage", "orders/carriage/bill"} {
			b.Get(at(path + "?lang=" + string(l)))
			b.WantStatus(200).WantClean()
			for _, word := range strings.Fields(b.Text("main")) {
				if strings.HasPrefix(word, "carriage.") || strings.HasPrefix(word, "shipment.") {
					t.Errorf("LANG-01 %s in %s says %q", path, l, word)
				}
			}
		}
	}
	b.Get(at("orders/carriage?lang=en"))
	b.WantText("main", "Nothing was sent in this period").Want(`main a[href$="orders?state=to_ship"]`).WantNo(`main a[href*="/file"]`)

	first, second := o.ships(t, "zoe@example.org", "6A1"), o.ships(t, "ida@example.org", "6A2")
	b.Get(at("orders/carriage"))
	b.WantClean().WantText("main", "2 orders have no cost yet").WantText("main", "€10.00 billed").WantText("tbody", "France").WantText("main", second)

	b.Follow(`main a[href$="/bill"]`)
	b.Submit("main form", webtest.Values{"lines": "Number;Cost\n6A1;9.00\n6A9;3\nnothing"})
	b.WantStatus(422).WantClean().WantText("main", "2 lines cannot be taken.").WantText("main", "No parcel has the number 6A9.").
		WantText("main", "“nothing”: a tracking number and a cost are needed.").WantText("main", "Record 1 cost").WantText("main textarea", "6A9;3")
	b.Submit(`button[formaction$="/bill/post"]`, nil)
	b.WantStatus(422).WantClean().WantText(".alert", "The cost of 1 parcel is recorded.")
	if got := b.Text("main textarea"); got != "6A9;3 nothing" {
		t.Errorf("SHP-01 what could not be taken comes back as %q", got)
	}
	b.Submit("main form", webtest.Values{"lines": "", "file": webtest.File{Name: "bill.csv", Type: "text/csv", Content: []byte("6A1\t4.00\n6A1\t0.17\n6A2\t7.83\n")}})
	b.WantStatus(200).WantClean().WantText("tbody", "€9.00").WantText("tbody", "lines 1, 2").WantText("tbody", "€4.17")
	b.Submit(`button[formaction$="/bill/post"]`, nil)
	b.WantStatus(200).WantPath("/shops/test/orders/carriage").WantText(".alert", "The costs of 2 parcels are recorded.")
	b.WantClean().WantText("main", "−€2.00").WantText("main .badge", "At a loss").WantNoText("no cost yet").WantText("main", first)

	b.Get(at("orders/carriage/file"))
	b.WantStatus(200).WantHeader("Content-Type", "text/csv; charset=utf-8")
	if got := string(b.Page().Body); !strings.Contains(got, "Colissimo,FR,France,EUR,2,2,10.00,12.00,-2.00,-20,0,0.00\n") {
		t.Errorf("SHP-01 the file says\n%s", got)
	}
	b.Get(at("orders/carriage?period=last_month"))
	b.WantStatus(200).WantText("main", "Nothing was sent in this period")
	b.Get(at("orders/carriage?from=2026-05-02&until=2026-05-01"))
	b.WantStatus(422).WantClean().WantText("main", "The last day is before the first.").Want(`input[name=until][value="2026-05-01"][aria-invalid]`)
}
