package main_test

import (
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/platform/driver/web/webtest"
)

// payment is how the newest attempt to pay an order stands, and what came in.
type payment struct {
	State, Order string
	Whole        bool   // what the order costs has come in, to the cent
	Verdicts     string // what became of the bank's messages, in the words of the ledger
}

func paymentOf(t testing.TB, s *apptest.Shop, number string) payment {
	t.Helper()
	return apptest.Ask[payment](t, s, `select p.state, o.state as "order", p.captured = o.total and o.paid = o.total as whole,
		(select coalesce(string_agg(e.outcome, ' ' order by e.at, e.id), '') from payment_events e where e.payment_id = p.id and e.source = 'notice') as verdicts
		from payments p join orders o on o.id = p.order_id where o.number = ? order by p.created_at desc limit 1`, number)
}

func with(p payment, verdicts string) payment {
	p.Verdicts = verdicts
	return p
}

// PGW-04 PGW-17: whatever way the bank calls, an order is paid once, for the right amount, or not at
// all. The buyer does not come back in these, so that only the notices count.
func TestBank_Notices(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "banque")
	shop.Stock(t, "Tasse", "24.00", 100)
	paid := payment{State: "captured", Order: "paid", Whole: true, Verdicts: "applied"}
	for _, tt := range []struct {
		quirk   string
		notices int // until the bank has said all it has to say
		want    payment
	}{
		{"proper", 1, paid},
		{"duplicate", 3, paid},
		{"late", 1, paid},
		{"out_of_order", 2, with(paid, "applied refused")},
		{"contradiction", 2, with(paid, "applied conflict")},
		{"wrong_amount", 1, payment{State: "review", Order: "placed", Verdicts: "mismatch"}},
		{"wrong_currency", 1, payment{State: "review", Order: "placed", Verdicts: "mismatch"}},
		{"wrong_key", 1, payment{State: "created", Order: "placed"}},
		{"other_merchant", 1, payment{State: "created", Order: "placed"}},
		{"other_mode", 1, payment{State: "created", Order: "placed", Verdicts: "test"}},
		{"never", 0, payment{State: "created", Order: "placed"}},
	} {
		t.Run(tt.quirk, func(t *testing.T) {
			b := shopper(t, shop, m.Visitor(t, "fr"), "Tasse", "1")
			number := order(t, shop, b, byCard)
			b.Submit(hopButton, nil)
			b.Submit(`button[value="silent"]`, webtest.Values{"quirk": tt.quirk})
			m.Heard(t, b, tt.notices)
			if got := paymentOf(t, shop, number); got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
	if left := shop.Count(t, "select min(on_hand) from variants"); left != 95 {
		t.Errorf("%d pieces on hand, want 95: five were paid", left)
	}
}

// PGW-16: a card that is refused costs nothing, and the order is paid another way.
func TestBank_RefusedThenAnotherWay(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "refus")
	shop.Stock(t, "Tasse", "24.00", 10)
	b := shopper(t, shop, m.Visitor(t, "fr"), "Tasse", "1")
	number := order(t, shop, b, byCard)
	atBank(t, b, "cancel", "proper")
	b.WantStatus(200).Want(".pay-state.canceled").WantClean()
	b.Follow(`.pay-state a[href*="/order/"]`)
	b.WantStatus(200).WantText("h1", number)
	if got := paymentOf(t, shop, number); got.State != "cancelled" || got.Order != "placed" {
		t.Errorf("%+v", got)
	}
	b.Submit(payButton, nil)
	payLater(t, b)
	wantPaid(t, shop, number)
	if n := shop.Count(t, "select count(*) from payments where state = 'captured'"); n != 1 {
		t.Errorf("%d paid", n)
	}
}
