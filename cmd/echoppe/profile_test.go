package main_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/browsertest"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant/seed"
)

// book is an article of the demo's publisher: 19.50 with 5.5 % of tax, 18.48 without.
const book = "le-sel-et-le-vent"

// PROF-07, in the shop of the demo that has it: an occasional customer is offered, and can order with,
// nothing but a card and an address in France; a bookseller the merchant has invited is offered every way
// to pay and the whole Union, sees prices without tax, and orders for 50.00 at least.
func TestProfiles(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "phare")
	kit := seed.Kit{Library: m.App.Rooms.Library, Bucket: m.App.Out.Objects, Modes: m.App.Rooms.Modes, Width: 160}
	if err := seed.Demo(t.Context(), kit, shop.Shop, seed.Editions); err != nil {
		t.Fatal(err)
	}
	t.Run("an occasional customer", func(t *testing.T) { occasional(t, m, shop) })
	t.Run("a bookseller", func(t *testing.T) { bookseller(t, m, shop) })
	t.Run("in browsers", func(t *testing.T) { inBrowsers(t, shop) })
}

func jeanne(s *apptest.Shop) string { return "jeanne." + s.Slug() + "@example.org" }

// inBrowsers is the same shop seen by both: without script on a phone, and with it at a desk.
func inBrowsers(t *testing.T, s *apptest.Shop) {
	guest := browsertest.Open(t, browsertest.Options{Width: phone, NoScript: true, Language: "fr"})
	guest.Go(s.URL+"/product/"+book).WantText(".price", "19,50").Click(addButton).Click(toCheckout).WantNoSidewaysScroll().WantQuiet()
	guest.WantText("#step-payment", "Carte")
	if ways := guest.Text("#step-payment"); strings.Contains(ways, "Virement") || strings.Contains(ways, "Chèque") {
		t.Errorf("PROF-07 an occasional customer may pay by %q", ways)
	}
	if guest.Has(`[name="delivery.country"] option[value="DE"]`) {
		t.Error("PROF-07 an occasional customer may have parcels sent to Germany")
	}

	seller := browsertest.Open(t, browsertest.Options{Language: "fr"})
	seller.Go(s.URL+"/account/sign-in").Fill("main [name=email]", jeanne(s)).Fill("main [name=password]", password).Click(`main form[action$="/sign-in"] .btn`)
	seller.Go(s.URL+"/product/"+book).WantText(".price", "18,48").WantText(".price", "HT").WantAccessible()
	seller.Press(addButton).Wait("[data-cart] b:not([hidden])")
	seller.Go(s.URL+"/cart").WantText("main", "Remise libraires").WantAccessible().Click(toCheckout).WantAccessible()
	if !seller.Has(`[name="delivery.country"] option[value="DE"]`) {
		t.Error("PROF-07 a bookseller may not have parcels sent to Germany")
	}
	seller.WantText("#step-delivery", "Allemagne") // where the last order went is proposed again
	way := apptest.Ask[string](t, s, "select id::text from payment_modes where kind = 'transfer' and active")
	seller.Press(`[name=payment][value="` + way + `"]`).Press("#f-terms")
	seller.Click(placeButton).Wait(".thanks").WantQuiet()
}

func occasional(t *testing.T, m *apptest.Machine, shop *apptest.Shop) {
	b := m.Visitor(t, "fr")
	b.Get(shop.URL + "/product/" + book)
	b.WantText(".price", "19,50")
	shopper(t, shop, b, book, "1")
	if ways := b.Texts("#step-payment label.check"); len(ways) != 1 || !strings.Contains(ways[0], "Carte") {
		t.Errorf("PROF-01 the ways to pay are %q", ways)
	}
	for _, part := range []string{"delivery", "billing"} {
		if diff := cmp.Diff([]string{"FR"}, countries(b, part)); diff != "" {
			t.Errorf("PROF-01 countries of the %s: %s", part, diff)
		}
	}
	cheque := apptest.Ask[string](t, shop, "select id::text from payment_modes where kind = 'cheque' and active limit 1")
	for _, tt := range []struct {
		name    string
		typed   map[string]string
		refused string // the field that says why
	}{
		{"a cheque", map[string]string{"payment": cheque}, `#step-payment .err, [name=payment][aria-invalid]`},
		{"a parcel to Germany", map[string]string{"delivery.country": "DE", "delivery.postcode": "10969", "delivery.city": "Berlin"}, `[name="delivery.country"][aria-invalid]`},
	} {
		b.Get(shop.URL + "/checkout")
		fields := checkoutOf(t, b)
		for name, value := range tt.typed {
			fields.Set(name, value)
		}
		page := b.Post(shop.URL+"/checkout", fields)
		if page.Status != 422 || page.Doc().Find(tt.refused).Length() == 0 {
			t.Errorf("PROF-01 %s is answered %d: %q", tt.name, page.Status, page.Doc().Find(".err").Text())
		}
	}
	if n := shop.Count(t, "select count(*) from orders"); n != 0 {
		t.Fatalf("PROF-01 %d orders were accepted", n)
	}
	b.Get(shop.URL + "/checkout") // the cart remembers Germany, and France can still be chosen
	b.Submit(`#step-delivery button[formaction$="/refresh"]`, webtest.Values{"delivery.country": "FR"})
	number := order(t, shop, b, byCard)
	payLater(t, b)
	wantPaid(t, shop, number)
	if got := apptest.Ask[string](t, shop, "select profile from orders where number = ?", number); got != "anonymous" {
		t.Errorf("the order says %q", got)
	}
	many(b, shop)
	b.WantText("main", "195,00").WantNoText("Remise libraires")
}

// many is a cart of ten books.
func many(b *webtest.Browser, shop *apptest.Shop) {
	b.Get(shop.URL + "/product/" + book)
	b.Submit(addButton, webtest.Values{"quantity": "10"})
	b.Get(shop.URL + "/cart")
}

func bookseller(t *testing.T, m *apptest.Machine, shop *apptest.Shop) {
	invite(t, m, shop, jeanne(shop))
	b := m.Visitor(t, "fr")
	letter := m.Letter(t, jeanne(shop), "")
	link := regexp.MustCompile(`https?://\S+`).FindString(letter.Text)
	b.Get(link)
	b.Submit("main form", webtest.Values{"password": password})
	b.Get(shop.URL + "/product/" + book)
	b.WantText(".price", "18,48").WantText(".price", "HT").WantNoText("19,50")
	b.Submit(addButton, webtest.Values{"quantity": "1"})
	b.Get(shop.URL + "/cart")
	b.WantText(".note.warning", "31,52").WantText(".note.warning", "50,00").WantNo(toCheckout)
	b.Get(shop.URL + "/checkout")
	before := shop.Count(t, "select count(*) from orders")
	page := b.Post(shop.URL+"/checkout", byTransfer(t, b))
	if page.Status < 400 || !strings.Contains(page.Doc().Text(), "31,52") {
		t.Errorf("PROF-02 an order of 18.48 is answered %d: %q", page.Status, b.Texts(".note, .err"))
	}
	b.Get(shop.URL + "/product/" + book)
	b.Submit(addButton, webtest.Values{"quantity": "2"})
	b.Get(shop.URL + "/checkout")
	active := shop.Count(t, "select count(*) from payment_modes where active")
	if ways := b.Texts("#step-payment label.check"); len(ways) != active || active < 4 {
		t.Errorf("PROF-07 %d of %d ways to pay: %q", len(ways), active, ways)
	}
	union := address.Union()
	slices.Sort(union)
	for _, part := range []string{"delivery", "billing"} {
		if diff := cmp.Diff(union, countries(b, part)); diff != "" {
			t.Errorf("PROF-07 countries of the %s: %s", part, diff)
		}
	}
	if n := shop.Count(t, "select count(*) from orders"); n != before {
		t.Fatalf("PROF-02 %d orders below the minimum", n-before)
	}
	b.Submit(`#step-delivery button[formaction$="/refresh"]`, webtest.Values{"delivery.country": "DE"})
	fields := byTransfer(t, b)
	fields.Set("delivery.postcode", "10969")
	fields.Set("delivery.city", "Berlin")
	if page := b.Post(shop.URL+"/checkout", fields); page.Status != 200 {
		t.Fatalf("PROF-07 a transfer from Germany is answered %d: %q", page.Status, b.Texts(".note, .err"))
	}
	got := apptest.Ask[string](t, shop, "select profile || ' ' || (delivery->>'country') from orders order by placed_at desc, number desc limit 1")
	if got != string(seed.Booksellers)+" DE" {
		t.Errorf("the order says %q", got)
	}
	many(b, shop)
	b.WantText("main", "Remise libraires")
}

// invite is the merchant at the desk of customers.
func invite(t *testing.T, m *apptest.Machine, shop *apptest.Shop, email string) {
	t.Helper()
	b := m.Visitor(t, "fr")
	b.Get(shop.OfficeLink(t))
	b.Get(shop.Office() + "/customers/invite")
	b.Submit("main form", webtest.Values{"name": "Jeanne Port", "email": email, "profile": string(seed.Booksellers)})
	b.WantStatus(200).WantText(".alert", email)
}

// countries are those a buyer can choose for a part of the checkout, in order.
func countries(b *webtest.Browser, part string) []string {
	var list []string
	b.Page().Doc().Find(`select[name="` + part + `.country"] option`).Each(func(_ int, s *goquery.Selection) {
		list = append(list, s.AttrOr("value", ""))
	})
	slices.Sort(list)
	return list
}

// byTransfer is the checkout, paid by a transfer.
func byTransfer(t *testing.T, b *webtest.Browser) url.Values {
	t.Helper()
	fields := checkoutOf(t, b)
	fields.Set("payment", wayOf(t, b, "Virement"))
	return fields
}

// checkoutOf is what the checkout would send, filled in by Claire; a test can then say what no page offers.
func checkoutOf(t *testing.T, b *webtest.Browser) url.Values {
	t.Helper()
	fields := url.Values{}
	b.Page().Doc().Find(placeButton).Closest("form").Find("input, select, textarea").Each(func(_ int, s *goquery.Selection) {
		name, kind := s.AttrOr("name", ""), s.AttrOr("type", "text")
		_, checked := s.Attr("checked")
		switch {
		case name == "" || (kind == "checkbox" || kind == "radio") && !checked:
		case goquery.NodeName(s) == "select":
			fields.Set(name, s.Find("option[selected]").AttrOr("value", ""))
		default:
			fields.Set(name, s.AttrOr("value", "1"))
		}
	})
	for name, value := range claire() {
		fields.Set(name, value.(string))
	}
	fields.Set("terms", "1")
	if len(fields) < 10 {
		t.Fatalf("the form on %s: %v", b.URL(), fields)
	}
	return fields
}
