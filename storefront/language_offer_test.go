package storefront_test

import (
	"net/url"
	"strings"
	"testing"
)

// ORD-01: who comes in with another language of the shop in his browser is pointed to it once, in its own
// words, and can do so without script; who has chosen, who is inside and who asks for nothing is not.
func TestLanguage_Offered(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	must(t, saveLanguages(h))
	const offer = `form[lang=de] a[hreflang=de]`
	b := h.browser(t)
	b.Language = "de-AT,de;q=0.9,fr;q=0.8"
	b.Get(h.at("/?utm_source=letter"))
	b.WantStatus(200).WantClean().WantText(offer, "Diese Seite gibt es auf Deutsch")
	if b.Attr("html", "lang") != "fr" {
		t.Error("the page itself is another")
	}
	b.Follow(offer)
	b.WantPath("/de/").WantNo(offer)
	b.Follow(`#langs a[hreflang=fr]`)
	b.WantPath("/").WantNo(offer) // a link inside the shop means what it says
	for _, path := range []string{"/product/tasse-en-gres", "/contact", "/en/"} {
		b.Get(h.at(path))
		b.WantNo(offer)
	}
	b.Get(h.at("/"))
	b.Submit(`form[lang=de] button`, nil)
	b.WantPath("/").WantNo(offer)
	b.Get(h.at("/"))
	b.WantPath("/").WantNo(offer)
	if b.Attr("html", "lang") != "fr" {
		t.Error("who stays is led away")
	}
	for _, language := range []string{"", "fr", "fr-CH,de;q=0.5", "it", "de;q=0", "*", strings.Repeat("x,", 4000)} {
		other := h.browser(t)
		other.Language = language
		r := request("GET", h.at("/"))
		r.Header["Accept-Language"] = []string{language}
		if p := other.Do(r); p.Status != 200 || strings.Contains(string(p.Body), "/set/language\"><a") {
			t.Errorf("%q: %d, or an offer", language, p.Status)
		}
	}
}

// SPD-01: what is offered is part of what a page is kept under: nobody gets the offer of another visitor,
// in whatever order they come, and no edge keeps the page.
func TestLanguage_OfferKept(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	must(t, saveLanguages(h))
	for range 2 {
		for language, want := range map[string]string{"de": "auf Deutsch", "es": "en español", "fr": "", "en-GB": "also in English"} {
			b := h.browser(t)
			b.Language = language
			b.Get(h.at("/"))
			b.WantHeader("Cache-Control", "private, no-cache")
			body := string(b.Page().Body)
			for _, words := range []string{"auf Deutsch", "también está en español", "also in English"} {
				if got := strings.Contains(body, words); got != (want != "" && strings.Contains(words, want)) {
					t.Errorf("%s: %q shown: %v", language, words, got)
				}
			}
		}
	}
	// One who chose the main language gets the page that is kept for those who are offered none.
	stays := h.browser(t)
	stays.Language = "de"
	stays.Do(posted("POST", h.at("/set/language"), url.Values{"language": {"fr"}, "back": {"/"}}))
	stays.Get(h.at("/"))
	stays.WantNo("form[lang]").WantHeader("Set-Cookie", "")
	plain := h.browser(t)
	plain.Language = "fr"
	plain.Get(h.at("/"))
	if stays.Page().Header.Get("ETag") == "" || stays.Page().Header.Get("ETag") != plain.Page().Header.Get("ETag") {
		t.Error("the choice of the main language makes another page")
	}
}

// A shop of one language has nothing to offer, and its root may be kept by an edge.
func TestLanguage_OfferAlone(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	must(t, saveLanguages(h, "fr"))
	b := h.browser(t)
	b.Language = "de"
	b.Get(h.at("/"))
	b.WantNo("form[lang]")
	if !strings.HasPrefix(b.Page().Header.Get("Cache-Control"), "public") {
		t.Errorf("kept as %s", b.Page().Header.Get("Cache-Control"))
	}
}
