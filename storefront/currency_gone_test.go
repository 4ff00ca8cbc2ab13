package storefront_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// dollarsToo is a shop in euros that shows dollars as well.
func dollarsToo(usd settings.DisplayCurrency) settings.Currencies {
	return settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{usd}}
}

var inDollars = settings.DisplayCurrency{Code: "USD", Rate: "1.10", Active: true}

// chooser sees dollars and has two cups in his cart.
func (h *house) chooser(t *testing.T) *webtest.Browser {
	t.Helper()
	b := h.browser(t)
	b.Get(h.at("/product/tasse-en-gres"))
	b.Submit(`#prefs button[value="USD"]`, nil)
	b.Submit(".add .btn", webtest.Values{"quantity": "2"})
	b.WantText(".totals .total", "52,80")
	return b
}

// CUR-02: whoever chose a currency that is taken off, switched off, or whose days are over, is told so once, on the
// first page with prices, in his language; his cart is as it was.
func TestCurrency_GoneIsTold(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*house){
		"removed":      func(h *house) { h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{}}) },
		"switched off": func(h *house) { h.set(dollarsToo(settings.DisplayCurrency{Code: "USD", Rate: "1.10"})) },
		"over":         func(h *house) { h.clock.Advance(24 * time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := stocked(t)
			h.sells()
			usd := inDollars
			usd.Until = "2026-03-12"
			h.set(dollarsToo(usd))
			pages := map[string]*webtest.Browser{}
			for _, page := range []string{"/", "/product/tasse-en-gres", "/search?q=tasse", "/cart", "/checkout"} {
				pages[page] = h.chooser(t)
			}
			end(h)
			h.browser(t).Get(h.at("/product/tasse-en-gres")) // in memory for everybody
			const told = "Les prix ne sont plus affichés en USD, mais en EUR."
			for page, b := range pages {
				b.Get(h.at("/contact"))
				b.WantStatus(200).WantNoText(told) // it has no prices
				b.Get(h.at(page))
				b.WantStatus(200).WantClean().WantCount("main .note.info[role=status]", 1).WantText("main .note.info", told).WantNoText("$")
				if kept := b.Page().Header.Get("Cache-Control"); !strings.Contains(kept, "no-store") {
					t.Errorf("%s may be kept: %s", page, kept)
				}
				if b.Cookie("currency") != nil {
					t.Errorf("%s: still chosen", page)
				}
				b.Get(h.at(page))
				b.WantStatus(200).WantNoText(told)
				b.Get(h.at("/cart"))
				b.WantNoText(told).WantCount(".lines > li", 1).WantText(".totals .total", "48,00")
			}
			for page := range pages { // nobody else reads it
				b := h.browser(t)
				b.Get(h.at(page))
				b.WantNoText(told)
			}
		})
	}
}

// CUR-02 LANG-01: in every language of the shop.
func TestCurrency_GoneInEveryLanguage(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.set(settings.Languages{Default: "fr", Offered: i18n.Shipped})
	for locale, told := range map[string]string{
		"":    "Les prix ne sont plus affichés en USD, mais en EUR.",
		"/en": "Prices are no longer shown in USD; they are in EUR.",
		"/es": "Los precios ya no se muestran en USD, sino en EUR.",
		"/de": "Die Preise werden nicht mehr in USD angezeigt, sondern in EUR.",
	} {
		h.set(dollarsToo(inDollars))
		b := h.chooser(t)
		h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{}})
		b.Get(h.at(locale + "/search?q=tasse"))
		b.WantText("main .note", told)
	}
}

// CUR-02: what a script or the browser fetches in advance is no page that is looked at: the message waits, but for the
// part of the cart or the checkout that a script puts in place, which holds it.
func TestCurrency_GoneByScript(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.set(dollarsToo(inDollars))
	list, cart, sum := h.chooser(t), h.chooser(t), h.chooser(t)
	h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{}})
	const told = "plus affichés en USD"
	fetched := func(b *webtest.Browser, path string, head ...string) *webtest.Page {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.at(path), nil)
		must(t, err)
		for i := 0; i < len(head); i += 2 {
			r.Header.Set(head[i], head[i+1])
		}
		return b.Do(r)
	}
	for _, head := range [][]string{{"X-Requested-With", "fetch"}, {"Sec-Purpose", "prefetch"}, {"Sec-Fetch-Mode", "cors"}} {
		if p := fetched(list, "/search?q=tasse", head...); strings.Contains(string(p.Body), told) || p.Header.Get("Set-Cookie") != "" {
			t.Errorf("%v: the message is spent", head)
		}
	}
	list.Get(h.at("/search?q=tasse"))
	list.WantText("main .note", told)
	for b, at := range map[*webtest.Browser][2]string{cart: {"/cart", "#cart .note"}, sum: {"/checkout", "#summary .note"}} {
		p := fetched(b, at[0], "X-Requested-With", "fetch")
		if got := p.Doc().Find(at[1]).Text(); !strings.Contains(got, told) {
			t.Errorf("%s: the part says %q", at[0], got)
		}
		b.Get(h.at("/search?q=tasse"))
		b.WantNoText(told)
	}
}

// CUR-02: a choice nobody could make is nothing to speak of.
func TestCurrency_NeverChosen(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.set(dollarsToo(inDollars))
	for _, value := range []string{"EUR", "XYZ", "eur", "%00"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.at("/product/tasse-en-gres"), nil)
		must(t, err)
		r.Header.Set("Cookie", "currency="+value)
		if p := h.browser(t).Do(r); p.Status != 200 || strings.Contains(string(p.Body), "plus affichés") {
			t.Errorf("%q: %d", value, p.Status)
		}
	}
}

// CUR-04: where a checkout goes by other rates than those of today it says which, since when and until when; in each
// language, beside the amounts. As long as they are the same there is nothing to say.
func TestCheckout_HeldRate(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.set(settings.Languages{Default: "fr", Offered: i18n.Shipped})
	h.set(dollarsToo(inDollars))
	must(t, h.shop.Write(t.Context(), func(tx tenant.Tx) error {
		tx.Touch()
		return tx.DB().Exec(`update payment_modes set scope = '{"currencies": ["USD"]}' where kind = 'cheque'`).Error
	}))
	b := h.chooser(t)
	b.Get(h.at("/checkout"))
	refresh := `#step-delivery button[formaction$="/refresh"]`
	b.Submit(refresh, with(nantes, "payment", mode(b, "Chèque")))
	b.WantText("#summary .total", "58,25").WantNoText("garanti")
	usd := inDollars
	usd.Rate = "1.2345"
	h.set(dollarsToo(usd))
	h.clock.Advance(5 * time.Minute)
	for locale, said := range map[string]string{
		"":    "Taux de 12:00 garanti pour vous jusqu’à 12:30 : 1 EUR = 1,1 USD.",
		"/en": "Rate of 12:00 held for you until 12:30: 1 EUR = 1.1 USD.",
		"/es": "Cambio de las 12:00 garantizado para usted hasta las 12:30: 1 EUR = 1,1 USD.",
		"/de": "Kurs von 12:00 Uhr, für Sie garantiert bis 12:30 Uhr: 1 EUR = 1,1 USD.",
	} {
		b.Get(h.at(locale + "/checkout"))
		b.WantClean().WantText("#summary .fine", said)
	}
	b.Get(h.at("/product/tasse-en-gres"))
	b.WantText(".price", "29,63")
	h.clock.Advance(30 * time.Minute)
	b.Get(h.at("/checkout"))
	b.WantNoText("garanti").WantText("#summary .total", "65,37")
}
