package payouts_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/backoffice/orders"
	"echoppe.dev/backoffice/payouts"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

type office struct {
	*officetest.Office
	*checkouttest.Stage
	heard int // notices of the bank
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{Stage: checkouttest.New(t, checkout.Reactions{})}
	words := []fs.FS{payouts.Locales, orders.Locales}
	for _, room := range []string{"order", "payment", "payout", "notify", "checkout", "shipment", "pricing", "shipping", "tax", "fraud"} {
		words = append(words, os.DirFS("../../tenant/"+room))
	}
	o.Office = officetest.Open(t, words, func(*officetest.Office) []desk.Desk {
		return []desk.Desk{payouts.New(o.Modes.Gateways()), orders.New(orders.Config{Desk: o.Stage.Desk, Post: o.Post, Modes: o.Modes})}
	})
	o.Office.Shop = o.Stage.Shop
	return o
}

// sold is an order that was paid by card: 12.00 and 5.00 for delivery without tax.
func (o *office) sold(t *testing.T, email string) (number, ref string) {
	t.Helper()
	b := o.Guest(email)
	must(t, b.Add(o.Stock("Mug "+email, "12.00", 5), 1))
	placed, err := b.Place("card")
	must(t, err)
	o.Bank.Visit(placed.Next, "good", "proper")
	o.heard++
	o.Bank.Wait(o.heard)
	o.Write(func(tx tenant.Tx) error {
		list, err := payment.ListOf(tx, id.As[payment.Bill](placed.Order.ID))
		if err == nil {
			ref = list[0].Ref
		}
		return err
	})
	return placed.Order.Number, ref
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
	if got := b.Get(at("orders/payouts")).Status; got != 403 {
		t.Errorf("SEC-05 who packs parcels reads what the bank pays: %d", got)
	}
	o.Role = authz.Accountant
	b = o.Browser(t)
	b.Get(at("orders/payouts"))
	b.WantStatus(200).WantNo(`main a[href$="/read"]`).Want(`main a[href$="/file"]`)
	if got := b.Get(at("orders/payouts/read")).Status; got != 403 {
		t.Errorf("SEC-05 who may not record money reads a file: %d", got)
	}
}

// LANG-01: the words are complete, and each is said.
func TestLocales(t *testing.T) {
	words := i18ntest.Complete(t, payouts.Locales, "locales")
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
		short := strings.TrimPrefix(key, "payouts.")
		for _, end := range []string{".one", ".other", "_help"} {
			if strings.HasPrefix(short, "field.") || end != "_help" {
				short = strings.TrimSuffix(short, end)
			}
		}
		if strings.HasPrefix(short, "column.") {
			continue // made of the columns a merchant can name
		}
		short = strings.TrimPrefix(short, "field.")
		if !strings.Contains(code.String(), `"`+short+`"`) && !strings.Contains(code.String(), `"payouts.`+short+`"`) {
			t.Errorf("LANG-01 nobody says %q", key)
		}
	}
}

// PGW-23, PGW-29, PGW-11: from nothing to a reconciliation: what is awaited, a file that is shown before it is recorded, the
// payout and its lines, what differs, the fee on the order's page, and the file of it all.
func TestPayouts(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	card := o.ModeOf("card").String()
	for _, l := range i18n.Shipped {
		for _, path := range []string{"orders/payouts", "orders/payouts/awaited", "orders/payouts/differences", "orders/payouts/modes", "orders/payouts/modes/" + card, "orders/payouts/read"} {
			b.Get(at(path + "?lang=" + string(l)))
			b.WantStatus(200).WantClean()
			for _, word := range strings.Fields(b.Text("main")) {
				if strings.HasPrefix(word, "payouts.") || strings.HasPrefix(word, "payout.") {
					t.Errorf("LANG-01 %s in %s says %q", path, l, word)
				}
			}
		}
	}
	b.Get(at("orders/payouts?lang=en"))
	b.WantText("main", "No payouts yet").Want(`main a[href$="/orders/payouts/read"]`)
	first, ref := o.sold(t, "zoe@example.org")
	second, other := o.sold(t, "ida@example.org")
	o.Write(func(tx tenant.Tx) error {
		return tx.DB().Exec(`update payments set test = false`).Error // the bank of the tests is one to try with
	})

	b.Get(at("orders/payouts/modes/" + card))
	b.Submit("main form", webtest.Values{"delay": "x", "percent": "99"})
	b.WantStatus(422).WantClean().Want(`input[name=delay][aria-invalid][value=x]`)
	b.Submit("main form", webtest.Values{"delay": "2", "percent": "1.4", "fixed": "0.25"})
	b.WantStatus(200).WantPath("/shops/test/orders/payouts/modes").WantClean().WantText("tbody", "2 days").WantText("tbody", "1.4")

	b.Get(at("orders/payouts/awaited"))
	b.WantStatus(200).WantClean().WantText("tbody", "€36.00").WantText("main", first).WantText("main", second)

	b.Get(at("orders/payouts/read"))
	b.Submit("main form", webtest.Values{"mode": card})
	b.WantStatus(422).WantClean().Want(`input[name=file][aria-invalid]`).Want(`option[value="` + card + `"][selected]`)
	const head = "date;reference;type;gross;fee;net;currency;payout id;payout date\n"
	wrong := head + "2026-03-01;" + ref + ";charge;18,00;0,50;16,00;EUR;P-1;2026-03-03\n"
	b.Submit("main form", webtest.Values{"mode": card, "file": webtest.File{Name: "p.csv", Type: "text/csv", Content: []byte(wrong)}})
	b.WantStatus(200).WantClean().WantText("main", "1 line cannot be read").WantText("tbody", "does not make").WantNo(`button[formaction$="/read/post"]`)
	text := head + "2026-03-01;" + ref + ";charge;18,00;0,50;17,50;EUR;P-1;2026-03-03\n" +
		"2026-03-01;" + other + ";charge;18,00;1,50;16,50;EUR;P-1;2026-03-03\n" +
		"2026-03-01;SOMEBODY;charge;9,00;0,00;9,00;EUR;P-1;2026-03-03\n"
	b.Submit("main form", webtest.Values{"mode": card, "file": webtest.File{Name: "p.csv", Type: "text/csv", Content: []byte(text)}})
	b.WantStatus(200).WantClean().WantText("main", "Look at the lines on top first").WantText("tbody", "SOMEBODY").WantText("main", "The fee is €1.50 instead of €0.50").WantText("main", "Record 3 lines")
	b.Get(at("orders/payouts"))
	b.WantText("main", "No payouts yet")
	b.Get(at("orders/payouts/read"))
	b.Submit("main form", webtest.Values{"mode": card, "file": webtest.File{Name: "p.csv", Type: "text/csv", Content: []byte(text)}})
	b.Submit(`button[formaction$="/read/post"]`, nil)
	b.WantStatus(200).WantPath("/shops/test/orders/payouts").WantClean().WantText(".alert", "3 lines recorded").WantText("tbody", "P-1").WantText("tbody", "€43.00").WantText("tbody .badge", "1 unknown line")

	b.Follow(`tbody a[href*="/orders/payouts/"]`)
	b.WantStatus(200).WantClean().WantText("main", "p.csv").WantText("tbody", first).WantText("tbody", "SOMEBODY")
	b.Get(at("orders/payouts/differences"))
	b.WantStatus(200).WantClean().WantText("main", second).WantText("main", "SOMEBODY").WantNoText(first)
	b.Get(at("orders/payouts/awaited"))
	b.WantStatus(200).WantText("main", "Nothing is awaited")
	b.Get(at("orders/payouts/file"))
	b.WantStatus(200).WantHeader("Content-Type", "text/csv; charset=utf-8")
	if got := string(b.Page().Body); !strings.Contains(got, first+",card,"+ref+",") || !strings.Contains(got, ",Settled,,EUR,18.00,0.00,18.00,0.00,0.50,0.00,P-1,2026-03-03,") {
		t.Errorf("PGW-23 the file says\n%s", got)
	}
	b.Get(at("orders"))
	b.Follow(`tbody a:contains("` + first + `")`)
	b.WantStatus(200).WantClean().WantText("main", "Payout P-1 of 3 Mar 2026: Payment €18.00. Fee €0.50.")

	// PAY-05: what the daily check has found stands among the differences.
	var which order.ID
	o.Write(func(tx tenant.Tx) error {
		return tx.DB().Raw(`select id from orders where number = ?`, first).Row().Scan(&which)
	})
	o.Write(func(tx tenant.Tx) error {
		return tx.Record(tenant.ByProgram, "payments.checked", "payments", nil, checkout.Checked{Asked: 7, Found: 1,
			Told: []checkout.Finding{{Order: which, Number: first, State: payment.StateRefunded}}})
	})
	b.Get(at("orders/payouts/differences"))
	b.WantStatus(200).WantClean().WantText("main", "Daily check of your banks").WantText("main", "Refunded").Want(`main a[href$="/orders/` + which.String() + `"]`)

	// The same file once more adds nothing.
	b.Get(at("orders/payouts/read"))
	b.Submit("main form", webtest.Values{"mode": card, "file": webtest.File{Name: "p.csv", Type: "text/csv", Content: []byte(text)}})
	b.WantStatus(200).WantClean().WantText("main", "This file adds nothing.").WantNo(`button[formaction$="/read/post"]`)
	if got := b.Get(at("orders/payouts/0198c0de-0000-7000-8000-000000000001")).Status; got != 404 {
		t.Errorf("a payout that is none: %d", got)
	}
	if got := b.Get(at("orders/payouts/modes/0198c0de-0000-7000-8000-000000000001")).Status; got != 404 {
		t.Errorf("a method that is none: %d", got)
	}
}
