package main_test

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/demo"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	ordered "echoppe.dev/tenant/order"
	pay "echoppe.dev/tenant/payment"
)

// places are the ways a shop can be reached; brands take turns.
var places = []registry.Canonical{registry.ByPath, registry.BySubdomain, registry.ByDomain}

// goodCard is the card that pays, on the pretend bank's page.
const goodCard = `button[value="good"]`

// asks tells whether money can be given back by a call.
func asks(g pay.Gateway) bool { _, ok := g.(pay.Refunder); return ok }

// connect lets a shop be paid by a brand, with the contract the pretend bank has for trying, and gives what the mode is called.
func connect(t testing.TB, m *apptest.Place, s *apptest.Shop, b pay.Brand) string {
	t.Helper()
	return connectWith(t, m, s, b, nil)
}

// connectWith is connect with some of the contract chosen otherwise.
func connectWith(t testing.TB, m *apptest.Place, s *apptest.Shop, b pay.Brand, otherwise map[string]string) string {
	t.Helper()
	contract, known := demo.Contracts()[b.Family]
	if !known {
		t.Fatalf("no contract to try %s with", b.Family)
	}
	name := "Essai " + b.Key
	config := url.Values{}
	maps.Copy(config, contract)
	for field, text := range otherwise {
		config.Set(field, text)
	}
	_, err := m.App.Rooms.Modes.Save(t.Context(), s.Shop, tenant.ByProgram, pay.Draft{
		Kind: b.Key, Names: i18n.Text{"fr": name, "de": name}, Config: config, Locale: i18n.Neutral, Active: true, Test: true, Position: 9,
	})
	if err != nil {
		t.Fatalf("connect %s: %v", b.Key, err)
	}
	return name
}

// toBank goes on from the order to the bank's hosted page, by whatever form or link stands there.
func toBank(t testing.TB, b *webtest.Browser) {
	t.Helper()
	if b.Count(hopButton) > 0 {
		b.Submit(hopButton, nil)
	}
	if b.WantStatus(200).Count(goodCard) == 0 {
		t.Fatalf("no bank's page: %s", b.URL())
	}
}

// card presses a card on the bank's page: what it does is told before the browser comes back, where it does.
func card(b *webtest.Browser, which string) *webtest.Browser {
	quirk := "proper"
	if which == "good" {
		quirk = "before_return"
	}
	b.Submit(`button[value="`+which+`"]`, webtest.Values{"quirk": quirk})
	return b
}

// PAY-04 GWN-01 … GWN-19: whatever bank a merchant has, and wherever his shop is: a buyer without script buys; is refused, and pays in
// another way; leaves, and comes back by the link in his letter; and gets his money back in two parts.
func TestBrands(t *testing.T) {
	m := apptest.Open(t)
	for i, brand := range m.App.Rooms.Gateways.Brands() {
		t.Run(brand.Key, func(t *testing.T) {
			shop := m.NewShop(t, "b-"+strings.ReplaceAll(brand.Key, "_", "-"))
			shop.Settle(t, places[i%len(places)])
			shop.Stock(t, "Tasse", "24.00", 10)
			mode := connect(t, &m.Place, shop, brand)

			buyer := shopper(t, shop, m.Visitor(t, "fr"), "Tasse", "1")
			email := shop.Slug() + "@example.org"
			number := orderAs(t, shop, buyer, mode, email)
			toBank(t, buyer)
			card(buyer, "good").WantStatus(200).WantNo(".note.error")
			settled(t, m, shop, number)
			refundTwice(t, m, shop, number)

			refused := shopper(t, shop, m.Visitor(t, "fr"), "Tasse", "1")
			number = orderAs(t, shop, refused, mode, email)
			toBank(t, refused)
			card(refused, "funds")
			again(t, m, shop, refused, email, number)

			gone := shopper(t, shop, m.Visitor(t, "fr"), "Tasse", "1")
			number = orderAs(t, shop, gone, mode, email)
			toBank(t, gone)
			back := m.Visitor(t, "fr")
			back.Get(linkIn(t, m, email, number))
			back.WantStatus(200).WantText("h1", number)
			back.Submit(payButton, webtest.Values{"mode": wayAgain(t, back, mode)})
			toBank(t, back)
			card(back, "good").WantStatus(200)
			settled(t, m, shop, number)
			if n := shop.Count(t, "select count(*) from orders where paid > total"); n != 0 {
				t.Errorf("%d orders paid more than once", n)
			}
		})
	}
	wantClean(t, m)
}

// settled waits until an order is paid; where the bank proves nothing a person accepts what it says.
func settled(t testing.TB, m *apptest.Machine, s *apptest.Shop, number string) {
	t.Helper()
	apptest.Eventually(t, "order "+number+" to be paid", func() bool {
		if review := apptest.Ask[string](t, s, `select coalesce((select p.id::text from payments p join orders o on o.id = p.order_id
			where o.number = ? and p.state = 'review'), '')`, number); review != "" {
			accept(t, m, s, number)
		}
		return stateOf(t, s, number) == "paid"
	})
}

func accept(t testing.TB, m *apptest.Machine, s *apptest.Shop, number string) {
	t.Helper()
	file := fileOf(t, m, s, number)
	if err := m.App.Rooms.Desk.MarkPaid(t.Context(), s.Shop, tenant.ByProgram, file.Order.ID, file.Awaited(), checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
}

// refundTwice gives the money back in two parts, by a call where the bank has them.
func refundTwice(t testing.TB, m *apptest.Machine, s *apptest.Shop, number string) {
	t.Helper()
	file := fileOf(t, m, s, number)
	p := file.Payments[len(file.Payments)-1]
	gateway, err := m.App.Rooms.Gateways.Find(p.Kind)
	if err != nil {
		t.Fatal(err)
	}
	part := money.Must(money.Parse("10.00", money.EUR))
	for _, amount := range []money.Amount{part, p.Captured.Sub(part)} {
		if err := m.App.Rooms.Desk.Refund(t.Context(), s.Shop, tenant.ByProgram, p.ID, amount, checkout.Remark{}); err != nil {
			t.Fatalf("refund %s: %v", amount, err)
		}
	}
	apptest.Eventually(t, "the refund to be known", func() bool { return stateOf(t, s, number) == "refunded" })
	by := apptest.Ask[string](t, s, `select string_agg(e.source, ' ' order by e.at, e.id) from payment_events e join payments p on p.id = e.payment_id
		join orders o on o.id = p.order_id where o.number = ? and e.event = 'refund' and e.outcome = 'applied'`, number)
	if asks(gateway) == (by == "staff staff") {
		t.Errorf("refunded by %s", by)
	}
}

func fileOf(t testing.TB, m *apptest.Machine, s *apptest.Shop, number string) *checkout.File {
	t.Helper()
	which := apptest.Ask[ordered.ID](t, s, "select id from orders where number = ?", number)
	file, err := m.App.Rooms.Desk.Open(t.Context(), s.Shop, which)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// again pays an order that was refused by cheque, from wherever the buyer stands.
func again(t testing.TB, m *apptest.Machine, s *apptest.Shop, b *webtest.Browser, email, number string) {
	t.Helper()
	apptest.Eventually(t, "the refusal to be known", func() bool {
		return slices.Contains([]string{"failed", "cancelled"}, paymentOf(t, s, number).State)
	})
	b.Get(linkIn(t, m, email, number))
	b.WantStatus(200).WantText("h1", number)
	b.Submit(payButton, webtest.Values{"mode": wayAgain(t, b, "Chèque")})
	b.WantStatus(200)
	if got := paymentOf(t, s, number); got.State != "pending" || got.Order != "placed" {
		t.Errorf("by cheque: %+v", got)
	}
}

// wayAgain is the value of a way to pay on the page of an order.
func wayAgain(t testing.TB, b *webtest.Browser, name string) (value string) {
	t.Helper()
	b.Page().Doc().Find(`form[action$="/pay"] label`).Each(func(_ int, s *goquery.Selection) {
		if strings.Contains(s.Text(), name) {
			value = s.Find("input").AttrOr("value", "")
		}
	})
	if value == "" {
		t.Fatalf("no way %q on %s", name, b.URL())
	}
	return value
}

// linkIn is the link to an order in its buyer's letter.
func linkIn(t testing.TB, m *apptest.Machine, email, number string) string {
	t.Helper()
	letter := m.Letter(t, email, number)
	i := strings.Index(letter.Text, "/o/")
	if i < 0 {
		t.Fatalf("no link in %q", letter.Text)
	}
	from := strings.LastIndexAny(letter.Text[:i], " \n<") + 1
	to := strings.IndexAny(letter.Text[i:], " \n>")
	if to < 0 {
		return letter.Text[from:]
	}
	return letter.Text[from : i+to]
}
