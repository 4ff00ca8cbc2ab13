package main_test

import (
	"regexp"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/browsertest"
)

// The main job, walked by the people it is for, in real browsers: a merchant opens a shop and stocks it
// from a file (IMP-03); a guest buys in German on a phone without script (ORD-08 ORD-09 ORD-10 LANG-01
// SPD-01); a customer buys in French by card (ACC-01 PGW-01); the merchant sees both orders through to
// "closed" (ORD-12 ORD-13); the buyers see their parcels and everybody has letters (ORD-11); the operator
// sees the shop (FLT-02). Every page is accessible (LAW-07).
func TestWalk(t *testing.T) {
	m := apptest.Open(t)
	merchant := browsertest.Open(t, browsertest.Options{Language: "en"})
	shop := signUp(t, m, merchant)
	importFile(t, shop, merchant, "../../tenant/transfer/testdata/apparel.csv")
	takeTransfers(t, shop, merchant)

	guest := buyAsGuest(t, shop)
	customer := buyAsCustomer(t, shop)

	fulfil(t, shop, merchant, guest.number, true)
	fulfil(t, shop, merchant, customer.number, false)
	tables(t, shop, merchant)

	guest.browser.Go(guest.page).WantText(".parcels", trackingOf(guest.number)).WantNoSidewaysScroll().WantQuiet()
	customer.browser.Go(customer.page).WantText(".parcels", trackingOf(customer.number)).WantAccessible().WantQuiet()
	letters(t, m, shop, guest, customer)

	operator := browsertest.Open(t, browsertest.Options{Language: "es"})
	operator.Go(m.ConsoleLink(t)).WantAccessible()
	operator.Go(m.App.Out.Sites.Console()+"/shops?q="+shop.Slug()).WantText("main", shop.Slug()).WantAccessible().WantQuiet()
}

const merchantMail = "clara.couture@example.com"

// signUp opens a shop with nothing but an address, and leaves the first questions as they are.
func signUp(t *testing.T, m *apptest.Machine, b *browsertest.Browser) *apptest.Shop {
	b.Go(m.App.Out.Sites.Platform() + "/").WantAccessible()
	b.Fill("#sign-up input[name=email]", merchantMail).Click("#sign-up form .btn-primary")
	slug := regexp.MustCompile(`/shops/([a-z0-9-]+)`).FindStringSubmatch(b.URL())
	if slug == nil {
		t.Fatalf("signed up, and stands at %s", b.URL())
	}
	shop := m.Find(t, slug[1])
	b.Go(shop.Office() + "/welcome").WantAccessible()
	b.Click(`form[action$="/welcome/skip"] button`).WantAccessible().WantQuiet()
	return shop
}

// importFile hands a file in, reads what would happen, and lets it happen.
func importFile(t *testing.T, s *apptest.Shop, b *browsertest.Browser, file string) {
	b.Go(s.Office() + "/transfer").WantAccessible()
	b.Upload("#import input[type=file]", file).Click("#import .btn-primary")
	b.Wait(`form[action$="/confirm"] button`).WantAccessible()
	if n := s.Count(t, "select count(*) from products"); n != 0 {
		t.Fatalf("%d articles before anybody has said yes", n)
	}
	b.Click(`form[action$="/confirm"] button`)
	b.Wait(`main a[href$="/products"].btn`).WantAccessible()
	if n := s.Count(t, "select count(*) from products where state = 'published'"); n == 0 {
		t.Fatal("nothing was published")
	}
	b.Go(s.Office() + "/products").WantAccessible().WantQuiet()
}

// takeTransfers writes down the account and switches the way to pay on.
func takeTransfers(t *testing.T, s *apptest.Shop, b *browsertest.Browser) {
	mode := apptest.Ask[string](t, s, "select id::text from payment_modes where kind = 'transfer'")
	b.Go(s.Office() + "/settings/payment").WantAccessible()
	b.Go(s.Office() + "/settings/payment/" + mode).WantAccessible()
	for _, path := range []string{"/settings/payment/new?q=epargne", "/settings/payment/request", "/settings/payment/" + mode} { // PAY-06 PAY-07 PGW-45
		b.Resize(phone).Go(s.Office() + path).WantAccessible().WantNoSidewaysScroll()
	}
	b.Resize(desktop)
	b.Fill(`input[name$="owner"]`, "Clara Couture").Fill(`input[name$="iban"]`, "FR76 3000 6000 0112 3456 7890 189")
	b.Click("main form .btn-primary").WantQuiet() // the form offers to switch the way on
	if s.Count(t, "select count(*) from payment_modes where kind = 'transfer' and active") != 1 {
		t.Fatal("transfers are still off")
	}
}

// bought is an order and the browser of its buyer.
type bought struct {
	number, page, email string
	browser             *browsertest.Browser
}

const phone = 360

// fillIn is the checkout as a person without an account fills it in.
func fillIn(b *browsertest.Browser, name, email, line, postcode, city string) {
	b.Fill("[name=email]", email).Fill(`[name="delivery.name"]`, name).Fill(`[name="delivery.line1"]`, line)
	b.Fill(`[name="delivery.postcode"]`, postcode).Fill(`[name="delivery.city"]`, city)
}

func buyAsGuest(t *testing.T, s *apptest.Shop) bought {
	b := browsertest.Open(t, browsertest.Options{Width: phone, NoScript: true, Language: "de"})
	b.Go(s.URL + "/de/").WantNoSidewaysScroll()
	b.Go(s.URL + "/de/search").Click(".card a").WantNoSidewaysScroll()
	b.Click(addButton).WantNoSidewaysScroll()
	b.Click(toCheckout).WantNoSidewaysScroll()
	b.Choose(`[name="delivery.country"]`, "DE").Click(`#step-delivery button[formaction$="/refresh"]`)
	fillIn(b, "Heike Müller", "heike@example.org", "Lindenstraße 3", "10969", "Berlin")
	way := apptest.Ask[string](t, s, "select id::text from payment_modes where kind = 'transfer'")
	b.Press(`[name=payment][value="` + way + `"]`).Press("#f-terms")
	b.Click(placeButton).Wait(".thanks").WantText(".pay-how", "FR76").WantNoSidewaysScroll().WantQuiet()
	if lang := s.Count(t, "select count(*) from orders where locale = 'de' and guest"); lang != 1 {
		t.Errorf("%d guest orders in German", lang)
	}
	number := apptest.Ask[string](t, s, "select number from orders where email = 'heike@example.org'")
	b.WantText("h1", number)
	return bought{number, b.URL(), "heike@example.org", b}
}

func buyAsCustomer(t *testing.T, s *apptest.Shop) bought {
	b := browsertest.Open(t, browsertest.Options{Language: "fr"})
	shop := s.URL + "/fr" // the merchant writes English
	b.Go(shop + "/account/register").WantAccessible()
	b.Fill(`main [name=name]`, "Claire Martin").Fill(`main [name=email]`, "claire@example.org").Fill(`main [name=password]`, password)
	b.Click(`form[action$="/account/register"] .btn`).WantAccessible()
	b.Go(shop + "/search").WantAccessible().Click(".card a").WantAccessible()
	b.Press(addButton).Wait("[data-cart] b:not([hidden])") // the script has the answer
	b.Go(shop + "/cart").WantAccessible().Click(toCheckout).WantAccessible()
	if name := b.Value(`[name="delivery.name"]`); name != "Claire Martin" {
		t.Errorf("a parcel for %q", name)
	}
	b.Fill(`[name="delivery.line1"]`, "3 quai de la Fosse").Fill(`[name="delivery.postcode"]`, "44000").Fill(`[name="delivery.city"]`, "Nantes")
	way := apptest.Ask[string](t, s, "select id::text from payment_modes where kind = 'testbank'")
	b.Press(`[name=payment][value="` + way + `"]`).Press("#f-terms")
	b.Click(placeButton)
	b.Wait(goodCard).WantAccessible()
	b.Click(goodCard).Wait(".pay-state.settled").WantAccessible()
	number := apptest.Ask[string](t, s, "select number from orders where email = 'claire@example.org'")
	wantPaid(t, s, number)
	b.Go(shop+"/account/orders/"+number).WantText("h1", number).WantAccessible().WantQuiet()
	return bought{number, shop + "/account/orders/" + number, "claire@example.org", b}
}

func trackingOf(number string) string { return "6A" + number }

// fulfil sees an order through, one button after the other.
func fulfil(t *testing.T, s *apptest.Shop, b *browsertest.Browser, number string, unpaid bool) {
	page := s.Office() + "/orders/" + apptest.Ask[string](t, s, "select id::text from orders where number = ?", number)
	b.Go(page).WantText("h1", number).WantAccessible()
	if unpaid {
		b.Click(`form[action$="/paid"] .btn`)
		wantPaid(t, s, number)
	}
	b.Go(page + "/ship").WantAccessible()
	b.Fill("[name=tracking]", trackingOf(number)).Click("main form .btn-primary").WantAccessible()
	b.Click(`button[formaction$="/deliver"]`).Click(`button[formaction$="/close"]`).WantAccessible().WantQuiet()
	if got := stateOf(t, s, number); got != "closed" {
		t.Errorf("order %s is %s", number, got)
	}
}

// letters: each buyer in his language, when he ordered and when the parcel left; the merchant for each
// order.
func letters(t *testing.T, m *apptest.Machine, s *apptest.Shop, guest, customer bought) {
	m.Settled(t, s)
	for _, b := range []bought{guest, customer} {
		subjects := ""
		for _, l := range m.Letters(t, b.email, b.number) {
			subjects += l.Subject + "\n"
		}
		if n := strings.Count(subjects, "\n"); n < 2 {
			t.Errorf("%d letters to %s:\n%s", n, b.email, subjects)
		}
		if got := m.Letters(t, merchantMail, b.number); len(got) == 0 {
			t.Errorf("no letter to the merchant about %s", b.number)
		}
	}
	if text := m.Letter(t, guest.email, guest.number).Text; !strings.Contains(text, "Bestellung") {
		t.Errorf("no German letter: %s", text)
	}
	if text := m.Letter(t, customer.email, customer.number).Text; !strings.Contains(text, "commande") {
		t.Errorf("no French letter: %s", text)
	}
}
