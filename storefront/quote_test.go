package storefront_test

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/settings"
)

// quotes lets companies, and nobody else, ask for quotes (PROF-05).
func (h *house) quotes() {
	h.t.Helper()
	h.set(settings.Profiles{Profiles: []profile.Profile{
		{Code: profile.Anonymous, Kind: profile.KindAnonymous, Active: true, Names: i18n.Text{"fr": "Particuliers"}},
		{Code: "pro", Kind: profile.KindPublic, Active: true, Names: i18n.Text{"fr": "Entreprises"}, Goods: pricing.Net, Quotes: true},
	}})
}

// company is a visitor who buys for one, with two cups in his cart.
func (h *house) company(t *testing.T) *webtest.Browser {
	t.Helper()
	b := h.browser(t)
	b.Get(h.at(mugPage))
	b.Submit(`#prefs button[value="pro"]`, nil)
	b.Submit(".buy form[data-add]", nil)
	b.Get(h.at(mugPage))
	b.Submit(".buy form[data-add]", nil)
	b.WantPath("/cart")
	return b
}

// asks asks for a quote and ends on its page.
func (h *house) asks(t *testing.T) *webtest.Browser {
	t.Helper()
	b := h.company(t)
	b.Follow(`.sum a[href$="/cart/quote"]`)
	b.WantStatus(200).WantClean()
	b.Submit("form.form", webtest.Values{"name": "Claire Martin", "email": "claire@example.org", "message": "Pour un hôtel"})
	b.WantStatus(200).WantClean().Want(".thanks")
	return b
}

// quoted is the only quote there is.
func (h *house) quoted() (q *quote.Quote) {
	h.t.Helper()
	must(h.t, h.shop.Read(h.t.Context(), func(tx tenant.Tx) error {
		page, err := quote.List(tx, quote.Filter{})
		if err == nil {
			q, err = quote.Find(tx, page.Rows[0].ID)
		}
		return err
	}))
	return q
}

// offer sends the quote with another price a piece.
func (h *house) offer(unit string) {
	h.t.Helper()
	q := h.quoted()
	e := checkout.QuoteEdit{Rev: q.Rev, Remark: "Livré en deux fois", Lines: []checkout.QuoteLine{
		{ID: q.Draft.Lines[0].ID, Qty: q.Draft.Lines[0].Qty, Unit: dec(unit)}}}
	q, err := h.desk.SaveQuote(h.t.Context(), h.shop, clerk, q.ID, e)
	must(h.t, err)
	_, err = h.desk.SendQuote(h.t.Context(), h.shop, clerk, q.ID, q.Rev)
	must(h.t, err)
}

// QUO-01 QUO-02 QUO-03: a company asks, is offered a price, accepts and orders at it without script, though
// the catalogue has another one by then.
func TestQuote_Walk(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.quotes()
	b := h.asks(t)
	page := b.URL()
	b.WantText(".lead", "panier").WantText(".brief", "20,00").WantText(".sum", "Pour un hôtel").WantNo(".acts")
	h.offer("15")
	p := find(t, h, "MUG")
	p.Variants[0].Price = dec("99.00")
	h.save(p)
	// ART-05: a price for many, or for this profile, that has come since is none for him either.
	h.priced("MUG", pricelist.Rule{Profile: "pro", Price: price("14.40"), Tiers: []pricelist.Tier{{From: 2, Price: dec("1")}}})
	b.Get(strings.TrimSuffix(page, "?asked=1"))
	b.WantStatus(200).WantClean().WantText(".brief", "15,00").WantText(".brief", "HT").WantText(".sum", "Livré en deux fois").WantText(".totals .total", "36,00")
	t.Run("QUO-03 its paper", func(t *testing.T) {
		reader := b.Another()
		reader.Get(b.URL() + "/pdf")
		reader.WantStatus(200).WantHeader("Content-Type", "application/pdf").WantHeader("Content-Disposition", "inline; filename=d-1001.pdf")
		if !bytes.HasPrefix(reader.Page().Body, []byte("%PDF-")) {
			t.Error("no PDF")
		}
	})
	t.Run("PROF-05 whoever has the link sees it as it was made", func(t *testing.T) {
		other := h.browser(t)
		other.Get(b.URL())
		other.WantStatus(200).WantText(".brief", "15,00").WantText(".totals .total", "36,00")
	})
	b.Follow(`.acts a[href*="/order/1"]`)
	b.WantStatus(200).WantClean().WantText("#summary", "30,00").WantNo("#code")
	if b.Value("[name=email]") != "claire@example.org" || b.Value(`[name="delivery.name"]`) != "Claire Martin" {
		t.Error("who he is was asked again")
	}
	second := b.Another()
	second.Get(b.URL())
	b.Submit(`#step-delivery button[formaction$="/refresh"]`, with(nantes, "delivery.country", "FR"))
	b.WantStatus(200).WantClean().WantText("#summary .total", "40,95") // 30.00 before tax and a parcel at 4.95
	b.Submit(place, webtest.Values{"delivery.line1": "", "terms": true})
	b.WantStatus(422).WantClean().Want(`[name="delivery.line1"][aria-invalid=true]`)
	b.Submit(place, with(nantes, "payment", mode(b, "Chèque")))
	b.WantStatus(200).WantClean().Want(".thanks").WantText(".total", "40,95").WantText(".brief", "15,00")
	second.Submit(place, with(nantes, "payment", mode(second, "Chèque")))
	second.WantStatus(200).WantPath("/quote/"+pathOf(page)).WantText(".note", "ne peut plus être accepté").WantText(".note.success", "1001")
	if n := h.count("orders"); n != 1 {
		t.Errorf("%d orders", n)
	}
	b.Get(h.at("/cart"))
	b.WantCount(".line", 1) // the cart is his own, and as it was
}

// pathOf is the link in the address of a quote.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.Split(u.Path, "/")[2]
}

func TestQuote_NotOffered(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.quotes()
	b := h.inCart(t, "")
	b.Get(h.at("/cart"))
	b.WantNo(`a[href$="/cart/quote"]`)
	for _, ask := range []func(){func() { b.Get(h.at("/cart/quote")) }, func() {
		b.Post(h.at("/cart/quote"), url.Values{"name": {"Max"}, "email": {"max@example.org"}})
	}} {
		ask()
		b.WantStatus(403) // PROF-05
	}
	if n := h.count("quotes"); n != 0 {
		t.Errorf("PROF-05: %d quotes", n)
	}
}

func TestQuote_Asking(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.quotes()
	b := h.company(t)
	b.Get(h.at("/cart/quote"))
	b.Submit("form.form", webtest.Values{"name": "", "email": "claire@", "message": "Bonjour"})
	b.WantStatus(422).WantClean().WantCount("[aria-invalid=true]", 2)
	if strings.TrimSpace(b.Value("[name=message]")) != "Bonjour" || b.Value("[name=email]") != "claire@" {
		t.Error("what was typed is lost")
	}
	fields := url.Values{"key": {b.Value("[name=key]")}, "name": {"Claire"}, "email": {"claire@example.org"}}
	b.Post(h.at("/cart/quote"), fields)
	first := b.URL()
	b.Post(h.at("/cart/quote"), fields)
	if n := h.count("quotes"); n != 1 || b.URL() != first {
		t.Errorf("QUO-02: the page sent twice made %d quotes", n)
	}
	fields.Set("key", "another")
	fields.Set("website", "http://spam.example")
	b.Post(h.at("/cart/quote"), fields)
	if b.WantPath("/cart"); h.count("quotes") != 1 {
		t.Error("a program asked")
	}
	b.Get(h.at("/quote/" + strings.Repeat("x", 80)))
	b.WantStatus(404)
}

func TestQuote_Ends(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.quotes()
	b := h.asks(t)
	h.offer("15")
	b.Get(strings.TrimSuffix(b.URL(), "?asked=1"))
	page := b.URL()
	b.Follow(`.acts a[href*="/refuse/1"]`)
	b.WantStatus(200).WantClean()
	b.Submit("form.form", webtest.Values{"reason": strings.Repeat("x", 1001)})
	b.WantStatus(422).Want("[name=reason][aria-invalid=true]")
	h.offer("14")
	b.Submit("form.form", webtest.Values{"reason": "Trop cher"})
	b.WantStatus(200).WantText(".note", "nouvelle version").WantText(".brief", "14,00") // QUO-03: not the version he saw
	b.Follow(`.acts a[href*="/refuse/2"]`)
	b.Submit("form.form", webtest.Values{"reason": "Trop cher"})
	b.WantStatus(200).WantClean().Want(".state.refused").WantNo(".acts .btn.big")
	if q := h.quoted(); q.State != quote.Refused || q.Reason != "Trop cher" {
		t.Errorf("QUO-03: %+v", q)
	}
	b.Get(page + "/order/2")
	b.WantPath("/quote/" + pathOf(page))
	h.offer("13")
	b.Get(page + "/order/3")
	b.WantStatus(200).Want(place)
	h.clock.Advance(time.Duration(settings.Defaults().Quoting.Days+1) * 24 * time.Hour)
	b.Submit(place, with(nantes, "payment", mode(b, "Chèque")))
	b.WantPath("/quote/"+pathOf(page)).Want(".state.expired").WantText(".note", "plus valable") // QUO-03
	if n := h.count("orders"); n != 0 {
		t.Errorf("QUO-03: %d orders of an expired quote", n)
	}
}

func TestQuote_Account(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.quotes()
	b := h.browser(t)
	register(t, h, b)
	b.WantNo(`.acc-menu a[href$="/quotes"]`)
	b.Get(h.at("/de/product/tasse-en-gres-auf-deutsch"))
	b.Submit(`#prefs button[value="pro"]`, nil)
	b.Submit(".buy form[data-add]", nil)
	b.Follow(`.sum a[href$="/cart/quote"]`)
	b.WantClean().WantNo("[name=email]")
	b.Submit("form.form", nil)
	b.WantStatus(200).Want(".thanks")
	b.Get(h.at("/de/account/quotes"))
	b.WantStatus(200).WantClean().WantCount(".orders li", 1).WantText(".orders", "D-1001").Want(`.acc-menu a[aria-current][href$="/quotes"]`)
	other := h.browser(t)
	other.Get(h.at("/account/quotes"))
	other.WantPath("/account/sign-in")
}
