package storefront_test

import (
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// standIn lets "Banque" take over from "Carte".
func (h *house) standIn() {
	h.t.Helper()
	var m payment.Mode
	must(h.t, h.shop.Read(h.t.Context(), func(tx tenant.Tx) error {
		which, err := id.Parse[payment.Mode](h.modeOf("redirect"))
		if err == nil {
			m, err = h.modes.Find(tx, which)
		}
		return err
	}))
	other, err := id.Parse[payment.Mode](h.modeOf("testbank"))
	must(h.t, err)
	m.Scope.StandIn = other
	_, err = h.modes.Save(h.t.Context(), h.shop, clerk, payment.Draft{ID: m.ID, Rev: m.Rev, Kind: m.Kind, Names: m.Names, Test: m.Test,
		Active: true, Position: m.Position, Scope: m.Scope, Locale: i18n.French, Config: url.Values{}})
	must(h.t, err)
}

// TestCheckout_StandIn: PGW-45, without script: the bank of the way he chose does not answer, so the buyer stands before the other
// one at once and reads why; he pays there, and the order says so.
func TestCheckout_StandIn(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.standIn()
	h.away.Store(true)
	b := h.inCart(t, "/de")
	b.Submit(place, with(nantes, "payment", mode(b, "Carte")))
	const toBank = `form[action="https://hop.example/pay"][data-go]`
	b.WantStatus(200).WantClean().Want(toBank).WantText(".alert, .flash, [role=status]", "Sie zahlen mit „Banque“")
	if h.count("payments") != 2 || b.Value(toBank+" [name=pb_amount]") != "5295" {
		t.Errorf("%d attempts, %s", h.count("payments"), b.Value(toBank+" [name=pb_amount]"))
	}
	b.Refresh()
	b.WantStatus(200).Want(toBank)
	if h.count("payments") != 2 {
		t.Errorf("a reload began another: %d", h.count("payments"))
	}
	b.Follow(`.center a[href*="/order/"]`)
	b.WantClean().WantText(".sum", "Banque").WantTexts(".way strong", "Carte", "Chèque", "Banque")

	// The first bank is back: he may pay there all the same.
	h.away.Store(false)
	b.Site("bank.example", bankPage())
	b.Submit(`form[action$="/pay"]`, webtest.Values{"mode": h.modeOf("redirect")})
	b.WantText("h1", "bank")
	to, err := url.Parse(b.URL())
	must(t, err)
	h.tell(t, to.Query().Get("notify"), bankPassword, to.Query().Get("ref")+" capture 52.95")
	b.Get(to.Query().Get("back"))
	b.WantText("h1", "erhalten")
	if !strings.HasPrefix(b.Path(), "/de/pay/status/") {
		t.Errorf("at %s", b.Path())
	}
}

// TestCheckout_NoStandIn: PGW-45, while nothing stands in, the order says that the bank is away and offers the other ways.
func TestCheckout_NoStandIn(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.away.Store(true)
	b := h.inCart(t, "")
	b.Submit(place, with(nantes, "payment", mode(b, "Carte")))
	b.WantStatus(200).WantClean().WantTexts(".way strong", "Carte", "Chèque", "Banque")
	if h.count("payments") != 1 {
		t.Errorf("%d attempts", h.count("payments"))
	}
}
