package storefront_test

import (
	"context"
	"net/url"
	"testing"
	"time"

	"echoppe.dev/tenant/shield"
)

// besieged is a count of many refused payments, and an allowance that is used up.
type besieged struct{}

func (besieged) Add(context.Context, ...string) {}

func (besieged) Read(_ context.Context, keys ...string) []int {
	list := make([]int, len(keys))
	for i := range list {
		list[i] = 50 * (i % 2) // refused and succeeded
	}
	for i := 3; i < len(list); i += 4 {
		list[i] = 0
	}
	return list
}

func (besieged) Allow(context.Context, string, int, time.Duration) (bool, time.Duration) {
	return false, time.Minute
}

// SEC-04: while cards are being tried a visitor nobody knows is told so in his language beside the ways to pay, at the
// checkout and on the page of an order; what he typed and his cart stay, and a way without a bank is open.
func TestCheckout_Tried(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "/de")
	b.Site("bank.example", bankPage())
	h.desk.Shield = shield.New(besieged{}, besieged{}, nil)
	b.Submit(place, with(nantes, "payment", mode(b, "Carte")))
	b.WantStatus(422).WantClean().WantText(".err", "zu viele Online-Zahlungen").WantText(".err", "15 Minuten")
	if got := b.Value(`input[name="email"]`); got == "" {
		t.Error("what he typed is lost")
	}
	if h.count("orders") != 0 {
		t.Error("an order was placed")
	}
	h.desk.Shield = nil
	b.Submit(place, with(nantes, "payment", mode(b, "Carte")))
	to, err := url.Parse(b.URL())
	must(t, err)
	h.tell(t, to.Query().Get("notify"), bankPassword, to.Query().Get("ref")+" fail 52.95")
	b.Get(to.Query().Get("cancel"))
	b.Follow(`.pay-state a[href*="/order/"]`)
	h.desk.Shield = shield.New(besieged{}, besieged{}, nil)
	const choice = `form[action$="/pay"]`
	b.Post(h.at(b.Path()+"/pay"), url.Values{"mode": {h.modeOf("redirect")}})
	b.WantStatus(422).WantClean().WantText(choice+" .err", "15 Minuten")
	b.Post(h.at(b.Path()), url.Values{"mode": {h.modeOf("cheque")}})
	b.WantStatus(200).WantText(".pay-how", "Atelier Lune")
}
