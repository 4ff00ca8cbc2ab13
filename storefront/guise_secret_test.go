package storefront_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/tenant/profile"
)

// private are the prices of the resellers in the shop of these tests, as people and as machines write them:
// 24.00, 30.00, 19.90 and 21.90 without a fifth of tax. Nobody else may ever read one of them.
var private = []string{"20,00", "20.00", "25,00", "25.00", "16,58", "16.58", "18,25", "18.25"}

// PROF-10, SEO-01: after a reseller has seen every page, no private price is in the memory of pages, in the
// sitemap, in robots.txt or in what is there for search engines, whoever asks and however.
func TestGuise_NoPrivatePriceLeaves(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.set(companies(profile.Never))
	register(t, h, h.browser(t))
	if err := h.accounts.Assign(t.Context(), h.shop, clerk, h.customer("anna@example.org").ID, "trade"); err != nil {
		t.Fatal(err)
	}
	reseller := h.browser(t)
	reseller.Get(h.at("/account/sign-in"))
	reseller.Submit("main form", webtest.Values{"email": "anna@example.org", "password": "a long enough phrase"})
	var pages []string
	seen := map[string]bool{}
	h.crawl(t, reseller, func(p *webtest.Page) {
		pages = append(pages, p.URL.String())
		for _, price := range private {
			if strings.Contains(string(p.Body), price) {
				seen[price] = true
			}
		}
		if kept := p.Header.Get("Cache-Control"); p.Status == http.StatusOK && strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") && !strings.Contains(kept, "no-store") {
			t.Errorf("%s may be kept: %q", p.URL, kept)
		}
		if offers := p.Doc().Find(`script[type="application/ld+json"]`).Text(); strings.Contains(offers, `"Offer"`) {
			t.Errorf("%s tells search engines a reseller's price", p.URL)
		}
	})
	if !seen["20,00"] || !seen["16,58"] || len(pages) < 15 {
		t.Fatalf("the reseller saw %v on %d pages", seen, len(pages))
	}
	pages = append(pages, h.at("/sitemap.xml"), h.at("/robots.txt"), h.under("/sitemap.xml"), h.under("/robots.txt"))
	for _, who := range []struct{ name, agent, claim string }{
		{"a passer-by", "", ""},
		{"a search engine", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", ""},
		{"somebody who says he is a reseller", "", "trade"},
		{"somebody who says he has a private profile", "", "~"},
	} {
		t.Run(who.name, func(t *testing.T) {
			b, prices := h.browser(t), 0
			for _, page := range pages {
				r := request("GET", page)
				if who.agent != "" {
					r.Header.Set("User-Agent", who.agent)
				}
				if who.claim != "" {
					r.AddCookie(&http.Cookie{Name: "profile", Value: who.claim})
				}
				p := b.Do(r)
				if p.Status >= 500 {
					t.Errorf("%s answers %d", page, p.Status)
				}
				if strings.Contains(string(p.Body), "24,00") {
					prices++
				}
				for _, price := range private {
					if strings.Contains(string(p.Body), price) {
						t.Errorf("%s tells %s", page, price)
					}
				}
			}
			if prices < 3 {
				t.Errorf("only %d pages tell a price at all", prices)
			}
		})
	}
}

// crawl visits every page of the shop a visitor comes to by links, once each.
func (h *house) crawl(t *testing.T, b *webtest.Browser, visit func(*webtest.Page)) {
	t.Helper()
	known, queue := map[string]bool{}, []string{h.at("/"), h.at("/search?q=tasse"), h.at(mugPage)}
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		path, inside := strings.CutPrefix(address, h.at(""))
		if known[address] || !inside || later(path) {
			continue
		}
		known[address] = true
		page := b.Get(address)
		visit(page)
		if page.Status != http.StatusOK || !strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") {
			continue
		}
		page.Doc().Find("a[href]").Each(func(_ int, s *goquery.Selection) {
			if to, err := page.Doc().Url.Parse(s.AttrOr("href", "")); err == nil {
				to.Fragment = ""
				queue = append(queue, to.String())
			}
		})
	}
}
