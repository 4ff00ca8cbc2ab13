package main_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/browsertest"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/tenant/seed"
)

// desktop is the width of a window on a desk.
const desktop = 1280

// LAW-07: every kind of page of shop, back office, console and platform, on a desk and on a phone: no rule
// of WCAG 2.2 AA broken, nothing wider than the window, no error in the console, nothing asked of
// another host. Pages of one kind (two articles, two orders) are looked at once.
func TestCrawl(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "vitrine")
	kit := seed.Kit{Library: m.App.Rooms.Library, Bucket: m.App.Out.Objects, Modes: m.App.Rooms.Modes, Width: 160}
	if err := seed.Demo(t.Context(), kit, shop.Shop, seed.Atelier); err != nil {
		t.Fatal(err)
	}
	buyer := shopper(t, shop, m.Visitor(t, "fr"), firstArticle(t, shop), "1")
	order(t, shop, buyer, byCheque)
	quoted := askForQuote(t, m, shop)
	for _, where := range []struct {
		name, from, origin string
		enter              func(testing.TB) string // a way in that works once; nil where none is needed
		least              int                     // kinds of pages there are at the very least
	}{
		{"platform", m.App.Out.Sites.Platform() + "/", m.App.Out.Sites.Platform() + "/", nil, 3},
		{"shop", shop.URL + "/", shop.URL + "/", nil, 8},
		{"office", shop.Office(), shop.Office(), shop.OfficeLink, 20},
		{"console", m.App.Out.Sites.Console() + "/", m.App.Out.Sites.Console() + "/", m.ConsoleLink, 4},
	} {
		t.Run(where.name, func(t *testing.T) {
			scout := m.Visitor(t, "fr")
			if where.enter != nil {
				scout.Get(where.enter(t))
			}
			pages := kinds(t, scout, where.from, where.origin)
			if len(pages) < where.least {
				t.Fatalf("found only %d kinds of pages: %s", len(pages), pages)
			}
			t.Logf("%d kinds of pages", len(pages))
			b := browsertest.Open(t, browsertest.Options{Language: "fr"})
			if where.enter != nil {
				b.Go(where.enter(t))
			}
			for _, page := range pages {
				b.Resize(desktop).Go(page).WantAccessible().WantQuiet().Resize(phone).WantAccessible().WantQuiet()
			}
		})
	}
	t.Run("quotes", func(t *testing.T) { quotePages(t, shop, quoted) })
	t.Run("language offered", func(t *testing.T) { languageOffered(t, m, shop) })
}

// ORD-01 LAW-07: a language that is offered to one who comes in keeps to the same rules.
func languageOffered(t *testing.T, m *apptest.Machine, shop *apptest.Shop) {
	scout := m.Visitor(t, "de")
	scout.Get(shop.URL + "/")
	scout.WantStatus(200).Want(`form[lang=de] a[hreflang=de]`)
	b := browsertest.Open(t, browsertest.Options{Language: "de"})
	b.Resize(desktop).Go(shop.URL + "/").WantAccessible().WantQuiet().Resize(phone).WantAccessible().WantQuiet()
}

// firstArticle is the name in the address of an article that can be bought.
func firstArticle(t *testing.T, s *apptest.Shop) string {
	t.Helper()
	return apptest.Ask[string](t, s, `select x.slug from product_texts x join products p on p.id = x.product_id
		join variants v on v.product_id = p.id where x.locale = 'fr' and p.state = 'published' and v.active and v.on_hand > 0
		order by p.created_at limit 1`)
}

// one are the parts of an address that tell pages of the same kind apart.
var one = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+|(/(?:product|family|page|c/[a-z]+|settings/payment/new)/)[^/?]+`)

// kindOf is what is left of an address when it is taken for its kind; another language is none.
func kindOf(address *url.URL) string {
	names := make([]string, 0, len(address.Query()))
	for name := range address.Query() {
		if name != "lang" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return one.ReplaceAllString(address.Path, "$1*") + "?" + strings.Join(names, "&")
}

// kinds walks all links below an origin and keeps one page of each kind.
func kinds(t *testing.T, b *webtest.Browser, from, origin string) (pages []string) {
	t.Helper()
	seen, queue := map[string]bool{}, []string{from}
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		u, err := url.Parse(address)
		if err != nil || !strings.HasPrefix(address, origin) || seen[kindOf(u)] || elsewhere(u.Path, strings.TrimPrefix(address, origin)) {
			continue
		}
		seen[kindOf(u)] = true
		page := b.Get(address)
		apptest.WantAnswer(t, page)
		if page.Status >= 400 {
			t.Errorf("%s answers %d", address, page.Status)
			continue
		}
		if !strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") {
			continue
		}
		pages = append(pages, address)
		page.Doc().Find("a[href]").Each(func(_ int, s *goquery.Selection) {
			if next, err := page.Doc().Url.Parse(s.AttrOr("href", "")); err == nil {
				next.Fragment = ""
				queue = append(queue, next.String())
			}
		})
	}
	return pages
}

// elsewhere tells what is not a page of its own: shops on the platform's host when the platform is
// walked, other languages of the same page. Below is what the address has after the origin.
func elsewhere(path, below string) bool {
	first, _, _ := strings.Cut(below, "/")
	if strings.HasSuffix(first, ".shop") {
		return true
	}
	for _, l := range []string{"/en/", "/es/", "/de/"} {
		if strings.Contains(path+"/", ".shop"+l) {
			return true
		}
	}
	return false
}
