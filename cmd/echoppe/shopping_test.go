package main_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/platform/driver/web/webtest"
)

// Where a shopper presses.
const (
	addButton   = ".add .btn"
	toCheckout  = `.sum a[href$="/checkout"]`
	placeButton = "#summary .btn.big"
	hopButton   = "form[data-go] button"
	payButton   = `form[action$="/pay"] .btn`
)

// The ways to pay, by what they say in French and in German.
const (
	byCheque = "Ch\u00e8que|Scheck"
	byCard   = "Carte|Karte"
)

// claire is an address that passes.
func claire() webtest.Values {
	return webtest.Values{
		"email": "claire@example.org", "delivery.name": "Claire Martin", "delivery.line1": "3 quai de la Fosse",
		"delivery.postcode": "44000", "delivery.city": "Nantes",
	}
}

// shopper puts pieces of an article into a cart and goes to the checkout.
func shopper(t testing.TB, s *apptest.Shop, b *webtest.Browser, article, pieces string) *webtest.Browser {
	t.Helper()
	b.Get(s.URL + "/product/" + strings.ToLower(article))
	b.WantStatus(200)
	b.Submit(addButton, webtest.Values{"quantity": pieces})
	b.Follow(toCheckout)
	b.WantStatus(200)
	return b
}

// order places what is in the cart, and gives the order's number: a buyer who pays by card stands
// before the bank's door then.
func order(t testing.TB, s *apptest.Shop, b *webtest.Browser, way string) (number string) {
	t.Helper()
	return orderAs(t, s, b, way, "claire@example.org")
}

// orderAs is order with another mail address.
func orderAs(t testing.TB, s *apptest.Shop, b *webtest.Browser, way, email string) (number string) {
	t.Helper()
	fields := claire()
	fields["email"] = email
	fields["payment"] = wayOf(t, b, way)
	if b.Count("#f-terms") > 0 {
		fields["terms"] = true
	}
	if b.Submit(placeButton, fields); b.Status() != 200 {
		t.Fatalf("not ordered: %d %q", b.Status(), b.Texts(".err, .note.error, .note.warning"))
	}
	return apptest.Ask[string](t, s, "select number from orders order by placed_at desc, number desc limit 1")
}

// wayOf is the value of a way to pay, by one of its names.
func wayOf(t testing.TB, b *webtest.Browser, names string) (value string) {
	t.Helper()
	b.Page().Doc().Find("#step-payment label.check").Each(func(_ int, s *goquery.Selection) {
		for name := range strings.SplitSeq(names, "|") {
			if strings.Contains(s.Text(), name) {
				value = s.Find("input").AttrOr("value", "")
			}
		}
	})
	if value == "" {
		t.Fatalf("no way to pay %q on %s", names, b.URL())
	}
	return value
}

// atBank presses a card at the pretend bank, whose notices then behave as the quirk says, and comes
// back.
func atBank(t testing.TB, b *webtest.Browser, card, quirk string) {
	t.Helper()
	b.Submit(hopButton, nil)
	b.WantStatus(200)
	b.Submit(`button[value="`+card+`"]`, webtest.Values{"quirk": quirk})
}

// payLater pays from the page before the bank's door with a good card.
func payLater(t testing.TB, b *webtest.Browser) {
	t.Helper()
	b.WantStatus(200)
	atBank(t, b, "good", "proper")
	b.WantStatus(200)
}

// wantPaid waits until the order is paid, in full and once.
func wantPaid(t testing.TB, s *apptest.Shop, number string) {
	t.Helper()
	apptest.Eventually(t, "order "+number+" to be paid", func() bool { return stateOf(t, s, number) == "paid" })
}

func stateOf(t testing.TB, s *apptest.Shop, number string) string {
	t.Helper()
	return apptest.Ask[string](t, s, "select state from orders where number = ?", number)
}
