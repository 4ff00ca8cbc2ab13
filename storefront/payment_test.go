package storefront_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// A notice for nobody, or longer than any bank's, is no page of the shop and no 500.
func TestNotice_Hostile(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	for name, tt := range map[string]struct {
		path, body string
		status     int
	}{
		"no mode":   {"/pay/notify/x", "", 404},
		"no such":   {"/pay/notify/01890000-0000-7000-8000-000000000000", "", 404},
		"too long":  {"/pay/notify/" + h.modeOf("redirect"), strings.Repeat("x", 300<<10), 413},
		"malformed": {"/pay/notify/" + h.modeOf("redirect"), "\x00", 400},
	} {
		if p := h.tell(t, h.under(tt.path), bankPassword, tt.body); p.Status != tt.status {
			t.Errorf("%s: %d, want %d", name, p.Status, tt.status)
		}
	}
}

// modeOf is the id of a mode of a kind.
func (h *house) modeOf(kind string) (found string) {
	h.t.Helper()
	must(h.t, h.shop.Read(h.t.Context(), func(tx tenant.Tx) error {
		list, err := h.modes.List(tx)
		for _, m := range list {
			if m.Kind == kind {
				found = m.ID.String()
			}
		}
		return err
	}))
	return found
}

// PGW-04 PGW-16 PGW-17: by card through the bank's own page: the notice pays the order, the return
// only shows it; forged and repeated notices change nothing.
func TestCheckout_ByCard(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "/de")
	b.Site("bank.example", bankPage())
	b.Submit(place, with(nantes, "payment", mode(b, "Carte")))
	b.WantStatus(200).WantText("h1", "bank")
	to, err := url.Parse(b.URL())
	must(t, err)
	ref, back, notify := to.Query().Get("ref"), to.Query().Get("back"), to.Query().Get("notify")
	if !strings.HasPrefix(notify, "http://localhost:8080/lune.shop/pay/notify/") {
		t.Errorf("the bank is told %s", notify)
	}
	b.Get(back)
	b.WantStatus(200).Want(".pay-state.pending").Want(`meta[http-equiv=refresh]`)
	if !strings.HasPrefix(b.Path(), "/de/pay/status/") {
		t.Errorf("the return leads to %s", b.Path())
	}
	forged := h.tell(t, notify, "wrong", ref+" capture 52.95")
	if forged.Status != 400 {
		t.Errorf("forged: %d", forged.Status)
	}
	b.Refresh()
	b.Want(".pay-state.pending")
	for range 2 {
		if p := h.tell(t, notify, bankPassword, ref+" capture 52.95"); p.Status != 200 || string(p.Body) != "version=2\ncdr=0" {
			t.Errorf("notice: %d %q", p.Status, p.Body)
		}
	}
	b.Refresh()
	b.WantClean().Want(".pay-state.settled").WantNo(`meta[http-equiv=refresh]`)
	b.Follow(`.pay-state a[href*="/order/"]`)
	b.WantClean().WantText(".state", "Bezahlt").WantNo(`form[action$="/pay"]`)
	if h.count("payments") != 1 {
		t.Errorf("%d payments", h.count("payments"))
	}
	b.Submit(`form[action$="/again"]`, nil)
	b.WantPath("/de/cart").WantCount(".line", 1).WantText(".line-total", "48,00")
}

// PGN-02 PGW-33: who paid by direct debit is told that it takes days, and is not asked to pay again meanwhile.
func TestCheckout_Settling(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "/de")
	b.Site("bank.example", bankPage())
	b.Submit(place, with(nantes, "payment", mode(b, "Carte")))
	to, err := url.Parse(b.URL())
	must(t, err)
	ref, back, notify := to.Query().Get("ref"), to.Query().Get("back"), to.Query().Get("notify")
	if p := h.tell(t, notify, bankPassword, ref+" settle 52.95"); p.Status != 200 {
		t.Fatalf("notice: %d %q", p.Status, p.Body)
	}
	b.Get(back)
	b.WantStatus(200).WantClean().Want(".pay-state.settling").WantText("h1", "unterwegs").WantNo(`meta[http-equiv=refresh]`).WantNo(`form[action$="/pay"]`)
	b.Follow(`.pay-state a[href*="/order/"]`)
	b.WantClean().WantText(".state", "Zahlung läuft").WantNo(`form[action$="/pay"]`)
	h.tell(t, notify, bankPassword, ref+" fail 52.95")
	b.Refresh()
	b.WantClean().Want(`form[action$="/pay"]`)
}

// PGW-22: who has given the bank leave reads that, and not that the money was taken; he is not asked to pay again.
func TestCheckout_Authorised(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "/de")
	b.Site("bank.example", bankPage())
	b.Submit(place, with(nantes, "payment", mode(b, "Carte")))
	to, err := url.Parse(b.URL())
	must(t, err)
	if p := h.tell(t, to.Query().Get("notify"), bankPassword, to.Query().Get("ref")+" authorise 52.95"); p.Status != 200 {
		t.Fatalf("notice: %d %q", p.Status, p.Body)
	}
	b.Get(to.Query().Get("back"))
	b.WantStatus(200).WantClean().Want(".pay-state.authorised").WantText("h1", "angenommen").WantText(".lead", "reserviert").WantNo(`form[action$="/pay"]`)
	b.Follow(`.pay-state a[href*="/order/"]`)
	b.WantClean().WantNo(`form[action$="/pay"]`)
}

// PGW-16 first-use pain 13: a refused payment is paid again; the own hold does not stand in the way.
func TestCheckout_PayAgain(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.left("MUG", 2)
	b := h.inCart(t, "")
	b.Site("bank.example", bankPage())
	b.Submit(place, with(nantes, "payment", mode(b, "Carte")))
	to, err := url.Parse(b.URL())
	must(t, err)
	h.tell(t, to.Query().Get("notify"), bankPassword, to.Query().Get("ref")+" fail 52.95")
	b.Get(to.Query().Get("cancel"))
	b.WantStatus(200).WantClean().Want(".pay-state.failed")
	b.Submit(`form[action$="/pay"]`, nil)
	b.WantText("h1", "bank")
	if again, err := url.Parse(b.URL()); err != nil || again.Query().Get("ref") == to.Query().Get("ref") {
		t.Errorf("the same attempt: %s", b.URL())
	}
}

// PGW-16 PGW-17: who was refused chooses among all ways the shop still allows, without script; the
// goods stay his, the way he chose is the order's, and it can be changed once more.
func TestCheckout_PayAnotherWay(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.left("MUG", 2)
	b := h.inCart(t, "/de")
	b.Site("bank.example", bankPage())
	b.Submit(place, with(nantes, "payment", mode(b, "Carte")))
	to, err := url.Parse(b.URL())
	must(t, err)
	h.tell(t, to.Query().Get("notify"), bankPassword, to.Query().Get("ref")+" fail 52.95")
	b.Get(to.Query().Get("cancel"))
	b.Follow(`.pay-state a[href*="/order/"]`)
	const choice = `form[action$="/pay"]`
	b.WantClean().WantTexts(choice+" .way strong", "Carte", "Chèque", "Banque").WantText(choice, "52,95")
	if b.Value(choice+" input:checked") != h.modeOf("redirect") {
		t.Error("the way of the order is not the one chosen")
	}
	page := b.Path()
	for mode, words := range map[string]string{"": "Zahlungsart", "nonsense": "nicht angeboten", id.New[payment.Mode]().String(): "nicht angeboten"} {
		b.Post(h.at(page+"/pay"), url.Values{"mode": {mode}})
		b.WantStatus(422).WantClean().WantText(choice+" .err", words).Want(choice+` fieldset[aria-describedby="pay-e"]`).WantTexts(choice+" .way strong", "Carte", "Chèque", "Banque")
	}
	b.Submit(choice, webtest.Values{"mode": h.modeOf("cheque")})
	b.WantStatus(200).WantClean().WantText(".pay-how", "Atelier Lune").WantText(".sum", "Chèque")
	b.WantTexts(".other-ways .way strong", "Carte", "Banque")

	other := h.browser(t)
	other.Get(h.at("/product/tasse-en-gres"))
	other.WantNo(".add .btn:not([disabled])")

	b.Submit(choice, webtest.Values{"mode": h.modeOf("redirect")})
	b.WantText("h1", "bank")
	to, err = url.Parse(b.URL())
	must(t, err)
	h.tell(t, to.Query().Get("notify"), bankPassword, to.Query().Get("ref")+" capture 52.95")
	b.Get(to.Query().Get("back"))
	b.WantText("h1", "erhalten").WantNo(choice)
}

// PGW-16: a way that is no longer allowed is not offered, and refused when it is sent all the same; money that
// is being looked at is not asked for again.
func TestCheckout_PayAgainRefused(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "")
	b.Site("bank.example", bankPage())
	b.Submit(place, with(nantes, "payment", mode(b, "Carte")))
	to, err := url.Parse(b.URL())
	must(t, err)
	h.tell(t, to.Query().Get("notify"), bankPassword, to.Query().Get("ref")+" fail 52.95")
	b.Get(to.Query().Get("cancel"))
	b.Want(`input[name=mode][value="` + h.modeOf("cheque") + `"]`)
	h.withdraw("cheque")
	b.Submit(`form[action$="/pay"]`, webtest.Values{"mode": h.modeOf("cheque")})
	b.WantStatus(422).WantClean().WantText(".pay-form .err", "n’est pas proposé").WantTexts(".way strong", "Carte", "Banque")

	b.Submit(`form[action$="/pay"]`, webtest.Values{"mode": h.modeOf("redirect")})
	to, err = url.Parse(b.URL())
	must(t, err)
	h.tell(t, to.Query().Get("notify"), bankPassword, to.Query().Get("ref")+" capture 1.00")
	b.Get(to.Query().Get("back"))
	b.Want(".pay-state.review").WantNo(`form[action$="/pay"]`)
	b.Follow(`.pay-state a[href*="/order/"]`)
	b.WantNo(`form[action$="/pay"]`)
}

// withdraw takes a way to pay off the shop's counter.
func (h *house) withdraw(kind string) {
	h.t.Helper()
	var found payment.Mode
	must(h.t, h.shop.Read(h.t.Context(), func(tx tenant.Tx) error {
		list, err := h.modes.List(tx)
		for _, m := range list {
			if m.Kind == kind {
				found = m
			}
		}
		return err
	}))
	_, err := h.modes.Save(h.t.Context(), h.shop, clerk, payment.Draft{ID: found.ID, Rev: found.Rev, Kind: kind, Names: found.Names,
		Test: found.Test, Position: found.Position, Locale: "fr",
		Config: url.Values{"payee": {"Atelier Lune"}, "address": {"12 rue des Carmes"}}})
	must(h.t, err)
}

// A bank that wants a form gets one page with one button, whose policy names the bank and nobody else.
func TestCheckout_Hop(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "")
	b.Submit(place, with(nantes, "payment", mode(b, "Banque")))
	const toBank = `form[action="https://hop.example/pay"][data-go]`
	b.WantStatus(200).WantClean().Want(toBank + " input[name=pb_mac]")
	if policy := b.Page().Header.Get("Content-Security-Policy"); !strings.Contains(policy, "form-action 'self' https://hop.example") {
		t.Errorf("policy %s", policy)
	}
	if at := b.Path(); !strings.HasPrefix(at, "/order/") || !strings.HasSuffix(at, "/pay") {
		t.Errorf("the step to the bank is at %s", at)
	}

	// PGW-16: reloaded, it leads to the same attempt.
	ref := b.Value(toBank + " [name=pb_ref]")
	b.Refresh()
	b.WantStatus(200).WantClean()
	if got := b.Value(toBank + " [name=pb_ref]"); got != ref || h.count("payments") != 1 {
		t.Errorf("attempt %s became %s, of %d", ref, got, h.count("payments"))
	}

	// Paid another way since, it leads back to the order.
	hop := b.URL()
	b.Follow(`.center a[href*="/order/"]`)
	b.Submit(`form[action$="/pay"]`, webtest.Values{"mode": h.modeOf("cheque")})
	order := b.Path()
	b.Get(hop)
	b.WantStatus(200).WantPath(order).WantText(".pay-how", "Atelier Lune")
	if p := h.browser(t).Get(h.at("/order/" + strings.Repeat("x", 80) + "/pay")); p.Status != 404 {
		t.Errorf("a made-up link: %d", p.Status)
	}
}

// tell is a bank's notice.
func (h *house) tell(t *testing.T, address, password, body string) *webtest.Page {
	t.Helper()
	r := request("POST", address)
	r.Body, r.ContentLength = bodyOf(body), int64(len(body))
	r.Header.Set("Password", password)
	r.Header.Set("Content-Type", "text/plain")
	return h.browser(t).Do(r)
}

// bankPage is the page of the bank; nothing happens on it.
func bankPage() http.Handler {
	e := echo.New()
	e.GET("/pay", func(c echo.Context) error { return c.HTML(http.StatusOK, "<!doctype html><h1>bank</h1>") })
	return e
}

// ORD-13: money that comes for an order that was cancelled: its page says that it is to be given
// back, instead of "cancelled" and "paid" side by side.
func TestOrder_paidAfterCancel(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "/de")
	b.Site("bank.example", bankPage())
	b.Submit(place, with(nantes, "payment", mode(b, "Carte")))
	to, err := url.Parse(b.URL())
	must(t, err)
	ref, back, notice := to.Query().Get("ref"), to.Query().Get("back"), to.Query().Get("notify")
	var which order.ID
	must(t, h.shop.Read(t.Context(), func(tx tenant.Tx) error {
		page, err := order.List(tx, order.Filter{Limit: 1})
		if err == nil {
			which = page.Rows[0].ID
		}
		return err
	}))
	must(t, h.desk.Cancel(t.Context(), h.shop, clerk, which, checkout.Remark{}))
	b.Get(back)
	b.Follow(`.pay-state a[href*="/order/"]`)
	b.WantClean().WantText(".state", "Storniert").WantNo("#credit")
	h.tell(t, notice, bankPassword, ref+" capture 52.95")
	b.Get(b.URL())
	b.WantClean().WantText(".order-head", "Storniert").WantText(".order-head", "Wird erstattet").
		WantText("#credit", "52,95").WantText("#credit", "ist storniert: Wir erstatten Ihnen den Betrag oder melden uns")
	b.Get(back)
	b.WantClean().Want(".pay-state.settled").WantText("#credit", "52,95").WantText("#credit", "ist storniert")
}

// PGW-16: so does that of an order that was paid twice, where the money is more than its total.
func TestOrder_paidTwice(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "/de")
	b.Site("bank.example", bankPage())
	b.Submit(place, with(nantes, "payment", mode(b, "Carte")))
	to, err := url.Parse(b.URL())
	must(t, err)
	ref, back, notice := to.Query().Get("ref"), to.Query().Get("back"), to.Query().Get("notify")
	var which order.ID
	must(t, h.shop.Read(t.Context(), func(tx tenant.Tx) error {
		page, err := order.List(tx, order.Filter{Limit: 1})
		if err == nil {
			which = page.Rows[0].ID
		}
		return err
	}))
	must(t, h.desk.MarkPaid(t.Context(), h.shop, clerk, which, money.Must(money.Parse("52.95", money.MustCurrency("EUR"))), checkout.Remark{}))
	h.tell(t, notice, bankPassword, ref+" capture 52.95")
	b.Get(back)
	b.WantClean().WantText("#credit", "52,95").WantText("#credit", "mehr erhalten")
	b.Follow(`.pay-state a[href*="/order/"]`)
	b.WantClean().WantText("#credit", "mehr erhalten")
}
