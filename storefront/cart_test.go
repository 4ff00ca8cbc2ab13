package storefront_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
)

// cookie is what the theme's script would read.
func cookie(b *webtest.Browser, name string) string {
	for _, line := range b.Page().Header.Values("Set-Cookie") {
		if c, err := http.ParseSetCookie(line); err == nil && c.Name == name {
			return c.Value
		}
	}
	return ""
}

// ORD-06 CART-02 with script off: add, change, remove, undo, empty; the count for the script is right
// each time.
func TestCart_WithoutScript(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.browser(t)
	b.Get(h.at("/cart"))
	b.WantStatus(200).WantClean().Want(".empty")
	b.Get(h.at("/product/tasse-en-gres"))
	b.Submit(".add .btn", webtest.Values{"quantity": "2"})
	b.WantStatus(200).WantPath("/cart").WantClean().WantHeader("Cache-Control", "no-store")
	b.WantCount(".line", 1).WantText(".line-total", "48,00 €").WantText(".totals .total", "48,00 €").WantText(".totals .shipping", "étape suivante")
	b.Get(h.at("/product/chemise-dete?o_colour=blue&o_size=m"))
	b.Submit(".add .btn", nil)
	b.WantCount(".line", 2).WantText(".line", "Bleu").WantText(".line-total", "21,90 €")
	qty := `.line:first-child input[type=number]`
	b.Submit("#cart-form", webtest.Values{b.Attr(qty, "name"): "3"})
	b.WantText(".line-total", "72,00 €").WantText(".undo", "Tasse")
	b.Submit(".undo", nil)
	b.WantText(".line-total", "48,00 €").WantNo(".undo")
	b.Submit(`.line:first-child button[form^="r-"]`, nil)
	b.WantCount(".line", 1).WantText(".undo", "Tasse en grès")
	h.clock.Advance(11 * time.Second)
	b.Get(h.at("/cart"))
	b.WantNo(".undo") // offered for ten seconds
	b.Submit("#cart-empty", nil)
	b.Want(".empty").WantText(".undo", "vidé")
	b.Submit(".undo", nil)
	b.WantCount(".line", 1)
	b.Submit("#cart-form", webtest.Values{b.Attr(qty, "name"): "0"})
	b.Want(".empty")
}

// What is typed wrong is refused beside the field, in the reader's language, and kept.
func TestCart_Refusals(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.browser(t)
	b.Get(h.at("/de/product/tasse-en-gres-auf-deutsch"))
	for _, typed := range []string{"viele", "0", "-1", "999999999", "1.5"} {
		b.Get(h.at("/de/product/tasse-en-gres-auf-deutsch"))
		b.Submit(".add .btn", webtest.Values{"quantity": typed})
		b.WantStatus(422).WantClean().Want("#qty[aria-invalid=true]").Want(".err")
		if typed == "0" || typed == "-1" || typed == "999999999" {
			b.WantText(".err", "zwischen 1 und 100.000")
		}
		if b.Value("#qty") != typed {
			t.Errorf("%q came back as %q", typed, b.Value("#qty"))
		}
	}
	b.Submit(".add .btn", webtest.Values{"quantity": "1"})
	b.WantPath("/de/cart")
	b.Submit("#cart-form", webtest.Values{b.Attr(".line input[type=number]", "name"): "drei"})
	b.WantStatus(422).WantClean().Want(".line input[aria-invalid=true]").Want("#cart > .note.error")
	if b.Value(".line input[type=number]") != "drei" {
		t.Errorf("came back as %q", b.Value(".line input[type=number]"))
	}
	for name, r := range map[string]*http.Request{
		"no article":    posted("POST", h.at("/cart/items"), url.Values{"product": {"x"}}),
		"no such":       posted("POST", h.at("/cart/items"), url.Values{"product": {"01890000-0000-7000-8000-000000000000"}}),
		"not a line":    posted("POST", h.at("/cart/remove"), url.Values{"line": {"x"}}),
		"cross-site":    crossSite(posted("POST", h.at("/cart/empty"), nil)),
		"GET an action": request("GET", h.at("/cart/items")),
	} {
		if status := b.Do(r).Status; status < 400 || status > 499 {
			t.Errorf("%s: %d", name, status)
		}
	}
}

// A change that brings a visitor's cookies and does not say where it comes from is refused, in words; an old
// browser that says it in the one way it knows is served.
func TestCart_Silent(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.browser(t)
	b.Get(h.at("/product/tasse-en-gres"))
	b.Submit(".add .btn", nil)
	empty := func(referer string) *webtest.Page {
		r := posted("POST", h.at("/cart/empty"), nil)
		r.Header.Del("Sec-Fetch-Site")
		if referer != "" {
			r.Header.Set("Referer", referer)
		}
		return b.Do(r)
	}
	if p := empty(""); p.Status != 403 || !strings.Contains(string(p.Body), "Recommencez") {
		t.Errorf("nothing said: %d %s", p.Status, p.Body)
	}
	if p := empty("https://evil.example/"); p.Status != 403 {
		t.Errorf("from elsewhere: %d", p.Status)
	}
	b.Get(h.at("/cart"))
	b.WantCount(".line", 1)
	if p := empty(h.at("/cart")); p.Status != 303 {
		t.Errorf("an old browser on the cart: %d", p.Status)
	}
	b.Get(h.at("/cart"))
	b.WantCount(".line", 0)
}

func crossSite(r *http.Request) *http.Request {
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	return r
}

// CART-03: fewer left than asked: the line is marked, what is left is one click, and the checkout waits.
func TestCart_Shortage(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.browser(t)
	b.Get(h.at("/product/tasse-en-gres"))
	b.Submit(".add .btn", webtest.Values{"quantity": "5"})
	h.left("MUG", 3)
	b.Get(h.at("/cart"))
	b.WantText(".line.short .note", "3").WantNo(`.sum a[href="/checkout"]`)
	b.Get(h.at("/checkout"))
	b.WantStatus(200).WantNo("#summary .btn.big").WantText("#summary .note.warning", "ligne")
	b.Get(h.at("/cart"))
	b.Submit(`button[form^="t-"]`, nil)
	b.WantNo(".line.short").WantText(".line-total", "72,00 €").Want(`.sum a[href="/checkout"]`)
	h.left("MUG", 0)
	b.Get(h.at("/cart"))
	b.Want(".line.short").WantNo(`button[form^="t-"]`)
	b.Get(h.at("/product/tasse-en-gres"))
	b.WantNo(".add")
	p := b.Do(posted("POST", h.at("/cart/items"), url.Values{"product": {find(t, h, "MUG").ID.String()}, "quantity": {"1"}}))
	if p.Status != 422 || !strings.Contains(string(p.Body), "épuisé") {
		t.Errorf("sold out: %d", p.Status)
	}
}

// CART-03: what cannot be had any more has no price in cart and checkout, only the reason.
func TestCart_NoPrice(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, reason string
		change       func(*catalog.Product)
	}{
		{"the variant has gone", "épuisé", func(p *catalog.Product) { p.Variants[0].Active = false }},
		{"the option has gone", "n’est plus", func(p *catalog.Product) { p.Extras[1].Values[0].Code = "surname" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := stocked(t)
			h.save(boxed())
			h.sells()
			b := h.inCart(t, "")
			b.Get(h.at("/product/bol"))
			b.Submit("#options button[formmethod=get]", webtest.Values{"o_box": "wood", "o_engraving": "name"})
			b.Submit(".add .btn", nil)
			b.WantCount(".line .line-total", 2)
			p := find(t, h, "BOXED")
			tt.change(p)
			h.save(p)
			b.Get(h.at("/cart"))
			b.WantCount(".line", 2).WantCount(".line .line-total", 1).WantText(".line.short .note", tt.reason).WantClean()
			if line := b.Text(".line.short"); strings.Contains(line, "€") {
				t.Errorf("a price that is none: %s", line)
			}
			b.Get(h.at("/checkout"))
			b.WantStatus(200).WantCount("#summary .brief li", 2).WantCount("#summary .brief b", 1).WantText("#summary .brief .warn", tt.reason).WantClean()
			if line := b.Text("#summary .brief li:has(.warn)"); strings.Contains(line, "€") {
				t.Errorf("a price that is none: %s", line)
			}
		})
	}
}

// CART-03: who has the last ones in his cart is told so at the article, with and without a table.
func TestCart_LastHeld(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.save(boxed())
	h.left("BOXED", 3)
	b := h.browser(t)
	b.Get(h.at("/product/bol?o_box=wood&o_engraving=name"))
	b.Submit(".add .btn", webtest.Values{"quantity": "3"})
	b.WantPath("/cart")
	b.Get(h.at("/product/bol?o_box=wood"))
	b.Submit(".add .btn", nil)
	b.WantStatus(422).WantText("main", "Votre panier contient déjà les 3 derniers.").WantClean()
	b.Get(h.at("/cart"))
	b.WantCount(".line", 1).WantNo(".line.short")
}

// left sets what is left of an article.
func (h *house) left(code string, n int) {
	h.t.Helper()
	stockSet(h, code, n)
}

// ORD-02: the cart is shown in the display currency, parts add up, what is charged is said, no line is
// lost; another visitor and another shop see nothing of it.
func TestCart_DisplayCurrency(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1.10", Active: true}}})
	b := h.browser(t)
	b.Get(h.at("/product/tasse-en-gres"))
	b.Submit(".add .btn", webtest.Values{"quantity": "2"})
	b.Submit(`#prefs button[value="USD"]`, nil)
	b.WantPath("/cart").WantCount(".line", 1).WantText(".totals .total", "52,80").WantText(".sum", "48,00 €")
	b.Another().Get(h.at("/cart"))
	b.Get(h.at("/de/cart"))
	b.WantCount(".line", 1).WantText(".line", "Deutsch") // ORD-01: the cart is kept
	other := h.stage.open("soleil")
	b.Get(other.at("/cart"))
	b.Want(".empty")
}

// The readable cookie has the count, whatever the address form; the cart's own cookie is not readable.
func TestCart_Cookies(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	p := h.browser(t).Do(posted("POST", h.at("/cart/items"), url.Values{"product": {find(t, h, "MUG").ID.String()}, "quantity": {"4"}}))
	if p.Status != 303 {
		t.Fatalf("status %d", p.Status)
	}
	seen := map[string]*http.Cookie{}
	for _, line := range p.Header.Values("Set-Cookie") {
		c, err := http.ParseSetCookie(line)
		must(t, err)
		seen[c.Name] = c
	}
	if c := seen["cart_count"]; c == nil || c.Value != "4" || c.HttpOnly {
		t.Errorf("cart_count %+v", c)
	}
	if c := seen["cart"]; c == nil || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
		t.Errorf("cart %+v", c)
	}
	r := posted("POST", h.at("/cart/items"), url.Values{"product": {find(t, h, "MUG").ID.String()}})
	r.Header.Set("X-Requested-With", "fetch")
	if p := h.browser(t).Do(r); p.Status != 204 || p.Header.Get("Set-Cookie") == "" {
		t.Errorf("for the script: %d", p.Status)
	}
}

// The cart says what delivery is going to cost before it is chosen, as the article's page does; free from an amount on.
func TestCart_Delivery(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.browser(t)
	b.Get(h.at(mugPage))
	b.WantText("main", "4,95")
	b.Submit(".add .btn", nil)
	b.WantPath("/cart").WantText(".totals .shipping dd", "4,95 € (France), ajoutée à l’étape suivante").WantClean()
	b.Submit("#cart-form", webtest.Values{b.Attr(".line-qty input", "name"): "3"})
	b.WantText(".totals .shipping dd", "Offerte (France)").WantNoText("étape suivante")
}
