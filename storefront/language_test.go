package storefront_test

import (
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet/registry"
)

// ORD-01: a language chosen by its link keeps page and cart; kept for the next visit, it is the
// language of the shop's root, and of nothing else.
func TestLanguage_Remembered(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	must(t, saveLanguages(h))
	b := h.browser(t)
	b.Get(h.at("/product/tasse-en-gres"))
	b.Submit(".add .btn", nil)
	b.Get(h.at("/product/tasse-en-gres"))
	b.Follow(`#langs a[hreflang=de]`)
	b.WantStatus(200).WantPath("/de/product/tasse-en-gres-auf-deutsch")
	b.Submit("#remember", nil)
	b.WantStatus(200).WantPath("/de/product/tasse-en-gres-auf-deutsch")
	b.Get(h.at("/de/cart"))
	b.WantCount(".line", 1)

	b.Get(h.at("/?utm_source=letter"))
	b.WantPath("/de/").WantStatus(200)
	if b.Attr("html", "lang") != "de" {
		t.Error("the next visit is not in German")
	}
	for _, path := range []string{"/contact", "/product/tasse-en-gres", "/en/", "/cart"} {
		b.Get(h.at(path))
		b.WantPath(path)
	}

	// Who follows a link to the root from inside the shop means the root.
	b.Get(h.at("/de/"))
	b.Follow(`#langs a[hreflang=fr]`)
	b.WantPath("/")
	b.Submit("#remember", nil)
	b.Get(h.at("/"))
	b.WantPath("/")
	if b.Attr("html", "lang") != "fr" {
		t.Error("the main language was not remembered")
	}
}

// SPD-01: the cookie changes no page that is kept: the root says it is for one reader only, other pages
// may be kept by an edge, and each has the same bytes for everybody.
func TestLanguage_Cache(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	must(t, saveLanguages(h))
	chosen, plain := h.browser(t), h.browser(t)
	chosen.Do(posted("POST", h.at("/set/language"), url.Values{"language": {"es"}, "back": {"/es/"}}))
	plain.Get(h.at("/"))
	plain.WantPath("/").WantHeader("Cache-Control", "private, no-cache")
	p := chosen.Do(request("GET", h.at("/")))
	if p.Status != 302 || p.Header.Get("Location") != "/es/" || !strings.Contains(p.Header.Get("Cache-Control"), "no-store") {
		t.Errorf("root: %d %v", p.Status, p.Header)
	}
	plain.Get(h.at("/contact"))
	body := string(plain.Page().Body)
	if !strings.HasPrefix(plain.Page().Header.Get("Cache-Control"), "public") {
		t.Errorf("another page: %s", plain.Page().Header.Get("Cache-Control"))
	}
	chosen.Get(h.at("/contact"))
	if string(chosen.Page().Body) != body || chosen.Page().Header.Get("Set-Cookie") != "" {
		t.Error("a page for everybody depends on the chosen language")
	}
}

// A language that is not offered is not remembered, one the shop has given up is forgotten, and nobody
// is led out of the shop.
func TestLanguage_Unknown(t *testing.T) {
	t.Parallel()
	h := openStage(t).openAs("lune", registry.ByPath)
	must(t, saveLanguages(h))
	b := h.browser(t)
	for _, language := range []string{"it", "", "../x", "FR"} {
		p := b.Do(posted("POST", h.under("/set/language"), url.Values{"language": {language}, "back": {"//evil.example"}}))
		if p.Status != 303 || p.Header.Get("Location") != "/lune.shop/" || p.Header.Get("Set-Cookie") != "" {
			t.Errorf("%q: %d %v", language, p.Status, p.Header)
		}
	}
	b.Do(posted("POST", h.under("/set/language"), url.Values{"language": {"es"}}))
	b.Get(h.under("/"))
	b.WantPath("/lune.shop/es/")
	must(t, saveLanguages(h, "fr", "de"))
	b.Get(h.under("/"))
	b.WantStatus(200).WantPath("/lune.shop/").WantHeader("Cache-Control", "private, no-store")
	must(t, saveLanguages(h))
	b.Get(h.under("/"))
	b.WantPath("/lune.shop/")
}

// ORD-01: a customer's choice goes with the account to another device, where nobody has chosen yet.
func TestLanguage_OfTheAccount(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	must(t, saveLanguages(h))
	b := h.browser(t)
	register(t, h, b)
	b.Get(h.at("/es/account"))
	b.Submit("#remember", nil)
	b.WantStatus(200)

	signIn := func(b *webtest.Browser) {
		b.Get(h.at("/account/sign-in"))
		b.Submit("form.form", webtest.Values{"email": "anna@example.org", "password": "a long enough phrase"})
		b.WantPath("/account")
	}
	other := b.Another()
	signIn(other)
	other.Get(h.at("/?utm_source=letter"))
	other.WantPath("/es/").WantStatus(200)

	german := b.Another()
	german.Get(h.at("/de/"))
	german.Submit("#remember", nil)
	signIn(german)
	german.Get(h.at("/?utm_source=letter"))
	german.WantPath("/de/") // what was chosen here counts here
}
