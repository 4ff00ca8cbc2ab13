package pricefile_test

import (
	"encoding/json"
	"os"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricefile"
	"echoppe.dev/tenant/pricefile/pricefiletest"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/tax"
)

// howMany carts are priced with every test, which takes some seconds. PRICE_CARTS asks for more: "make
// carts" prices a million.
const howMany = 4_000

func carts(t *testing.T) uint64 {
	t.Helper()
	text := os.Getenv("PRICE_CARTS")
	if text == "" {
		return howMany
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil || n == 0 {
		t.Fatalf("PRICE_CARTS=%s is no number of carts", text)
	}
	return n
}

// mustPrice prices a drawn cart. All of them have a price.
func mustPrice(t *testing.T, n uint64, f *pricefile.File) *pricefile.Answer {
	t.Helper()
	a, err := f.Price()
	if err != nil {
		t.Fatalf("cart %d has no price: %v\n%s", n, err, asFile(t, f))
	}
	return a
}

// asFile is a cart as "echoppe price" takes it.
func asFile(t *testing.T, f *pricefile.File) string {
	t.Helper()
	text, err := json.MarshalIndent(f, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Every law holds for every cart, whatever the merchant has set up and the shopper has put together.
// ORD-07 CAT-05 DSC-01 … DSC-09 SHP-01 … SHP-10 PAY-08 PROF-04 CUR-01 ART-05 ART-08
func TestCarts(t *testing.T) {
	count := carts(t)
	for n := range count {
		f := pricefiletest.Cart(n)
		a := mustPrice(t, n, f)
		for _, l := range laws {
			if what := l.broke(f, a); what != "" {
				t.Fatalf("cart %d: %s: %s\n%s\n%s", n, l.name, what, a.Trace, asFile(t, f))
			}
		}
		if done := n + 1; done%100_000 == 0 || done == count {
			t.Logf("%d carts hold %d laws", done, len(laws))
		}
	}
}

// A cent more on the price of an article never makes the buyer pay two less, in the carts of
// [pricefiletest.Steady]. In others it may, and should:
//
//   - A threshold is passed: a minimum, a scale on value, free postage from a value on, a row of a table
//     that costs less. The merchant wants the buyer to get there.
//   - Another rule wins a line. The fixed amount of the rule that lost goes to its other lines.
//   - The goods are of several rates. Postage and amounts off are split over them by value and taxed with
//     them, so what becomes dearer draws tax to its own rate.
//   - A cent moves. What is shared out in cents may give its odd one to another line when a price
//     changes; where the next rule treats those two lines differently, or one was entered with tax and
//     the other without, that cent may cost another one, and postage, insurance and fees in percent a
//     third.
func TestCarts_ACentMoreNeverLosesTwo(t *testing.T) {
	count := carts(t)
	for n := range count {
		f := pricefiletest.Steady(n)
		least := cent(f.Basket.Currency)
		more := dearer(f, int(n%uint64(len(f.Basket.Lines))))
		before, after := mustPrice(t, n, f), mustPrice(t, n, more)
		if after.Totals.ToPay.Add(least).Cmp(before.Totals.ToPay) < 0 {
			t.Fatalf("cart %d: a cent more made %s of %s\n%s\n%s\n%s", n, after.Totals.ToPay, before.Totals.ToPay,
				before.Trace, after.Trace, asFile(t, f))
		}
		if done := n + 1; done%100_000 == 0 || done == count {
			t.Logf("%d carts lose no two cents", done)
		}
	}
}

// What one unit costs is what a line of one unit costs, so that a listing says what the cart will say.
func TestCarts_AListingShowsWhatTheCartWillSay(t *testing.T) {
	for n := range uint64(howMany) / 2 {
		f := pricefiletest.Cart(n)
		l := f.Basket.Lines[0]
		l.Qty, l.Tiers, l.Extras, l.Unit.Amount = 1, nil, nil, l.Unit.Amount.Round(money.HalfUp)
		f.Basket.Lines = []pricing.Line{l}
		f.Rules.Discount, f.Rules.Payment = pricefile.Discounts{}, nil
		a := mustPrice(t, n, f)
		if got := a.Lines[0]; !got.Unit.Net.Equal(got.Total.Net) || !got.Unit.Gross.Equal(got.Total.Gross) {
			t.Fatalf("ORD-04 cart %d: one costs %+v, a line of one %+v", n, got.Unit, got.Total)
		}
	}
}

// A buyer who is not taxed pays the net that a buyer at home finds on his invoice.
func TestCarts_AbroadPaysTheNetOfHome(t *testing.T) {
	for n := range uint64(howMany) / 2 {
		f := pricefiletest.Cart(n)
		f.Rules.Tax = tax.Settings{Home: tax.Place{Country: "FR"}, Registered: true}
		f.Rules.Payment, f.Rules.Discount = nil, pricefile.Discounts{Rules: []discount.Rule{{
			ID: "all", Name: map[i18n.Locale]string{"en": "All"}, Scope: discount.Scope{Of: discount.Order},
			Off: discount.Off{Kind: discount.Rate, Rate: money.Percent(decimal.NewFromInt(1 + int64(n)%99))},
		}}}
		f.Basket.Codes = nil
		f.Basket.Destination = pricing.Destination{Country: "FR"}
		home := mustPrice(t, n, f).Totals
		f.Basket.Destination.Country = "US"
		abroad := mustPrice(t, n, f).Totals
		if !home.Goods.Net.Equal(abroad.Goods.Net) || !home.Discounts.Net.Equal(abroad.Discounts.Net) || !abroad.Tax.IsZero() {
			t.Fatalf("LAW-04 cart %d: home %+v\nabroad %+v", n, home, abroad)
		}
	}
}
