package storefront_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/content"
	"echoppe.dev/tenant/settings"
)

// stocked is a shop with families, brands, articles and pages.
func stocked(t testing.TB) *house {
	h := open(t)
	h.stock()
	return h
}

func (h *house) stock() {
	h.t.Helper()
	family := &catalog.Taxonomy{Code: catalog.Families, Names: i18n.Text{"fr": "Familles", "de": "Familien"}, Tree: true}
	brand := &catalog.Taxonomy{Code: "brand", Names: i18n.Text{"fr": "Marques", "de": "Marken"}, Facet: true}
	for _, x := range []*catalog.Taxonomy{family, brand} {
		if err := catalog.SaveTaxonomy(h.t.Context(), h.shop, clerk, x); err != nil {
			h.t.Fatal(err)
		}
	}
	table := h.node(&catalog.Node{Taxonomy: family.ID, Code: "table", Visible: true, Texts: names("Table", "Tisch")})
	cups := h.node(&catalog.Node{Taxonomy: family.ID, Parent: table.ID, Code: "cups", Visible: true, Texts: names("Tasses", "Tassen")})
	loire := h.node(&catalog.Node{Taxonomy: brand.ID, Code: "loire", Visible: true, Texts: names("Poterie Loire", "Töpferei Loire")})
	cup, tee := mug("MUG", "Tasse en grès", "24.00"), shirt("TEE", "Chemise d'été")
	cup.Nodes, cup.MainNode = []catalog.NodeID{cups.ID, loire.ID}, cups.ID
	cup.Variants[0].CompareAt = ptr(dec("30.00"))
	cup.Flags.New = catalog.Flag{On: true}
	h.save(tee)
	cup.Links = []catalog.Link{{Kind: catalog.Complementary, Other: tee.ID}}
	h.save(cup)
	terms := h.write("terms", content.Footer, map[i18n.Locale]content.Text{
		"fr": {Title: "Conditions de vente", Slug: "conditions", Body: "<p>…</p>"}, "de": {Title: "AGB", Slug: "agb"}})
	h.set(settings.Orders{NextNumber: 1001, TermsPageID: terms})
}

func (h *house) node(n *catalog.Node) *catalog.Node {
	h.t.Helper()
	if err := catalog.SaveNode(h.t.Context(), h.shop, clerk, n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

func names(fr, de string) map[i18n.Locale]catalog.NodeText {
	return map[i18n.Locale]catalog.NodeText{"fr": {Name: fr}, "de": {Name: de}}
}

func ptr[T any](v T) *T { return &v }

// ORD-01 LANG-01: every page is there in the four languages, is clean, and every link on it resolves,
// on the shop's own origin and under the platform's.
func TestPages_EveryLinkResolves(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	byPath := h.openAs("soleil", registry.ByPath)
	byPath.stock()
	for _, origin := range []struct {
		name  string
		at    func(string) string
		begin string
	}{
		{"own origin", h.at, h.at("/")}, {"path", byPath.under, byPath.under("/")},
	} {
		t.Run(origin.name, func(t *testing.T) {
			b := h.browser(t)
			seen, queue := map[string]bool{}, []string{origin.begin}
			for len(queue) > 0 {
				address := queue[0]
				queue = queue[1:]
				if seen[address] || !strings.HasPrefix(address, origin.at("/")) || later(strings.TrimPrefix(address, origin.at(""))) {
					continue
				}
				seen[address] = true
				if b.Get(address); b.Status() != 200 {
					t.Errorf("%d %s", b.Status(), address)
					continue
				}
				if !strings.HasPrefix(b.Page().Header.Get("Content-Type"), "text/html") {
					continue
				}
				b.WantClean()
				queue = append(queue, linked(b.Page().Doc())...)
			}
			if len(seen) < 40 {
				t.Errorf("only %d pages were found", len(seen))
			}
		})
	}
}

// later tells what is not walked: pages of one reader have tests of their own.
func later(path string) bool {
	for _, l := range []string{"", "/en", "/es", "/de"} {
		for _, part := range []string{"/cart", "/checkout", "/account"} {
			if strings.HasPrefix(path, l+part) {
				return true
			}
		}
	}
	return false
}

// linked are the addresses a page names: links, forms by GET, style sheets, scripts, pictures.
func linked(doc *goquery.Document) []string {
	var list []string
	add := func(_ int, s *goquery.Selection) {
		for _, name := range []string{"href", "src", "action"} {
			raw, ok := s.Attr(name)
			if !ok || strings.EqualFold(s.AttrOr("method", "get"), "post") {
				continue
			}
			if u, err := doc.Url.Parse(raw); err == nil && strings.HasPrefix(u.Scheme, "http") {
				u.Fragment = ""
				list = append(list, u.String())
			}
		}
	}
	doc.Find("a[href], link[href], script[src], img[src], form[action]").Each(add)
	slices.Sort(list)
	return slices.Compact(list)
}

func TestPages_Status(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	draft, archived := mug("DRAFT", "Brouillon", "1.00"), mug("OLD", "Ancien", "1.00")
	draft.State, archived.State = catalog.Draft, catalog.Archived
	h.save(draft, archived)
	paths := []struct {
		path   string
		status int
		moved  string
	}{
		{"/", 200, ""}, {"/product/tasse-en-gres", 200, ""}, {"/family/tasses", 200, ""}, {"/c/brand", 200, ""},
		{"/c/brand/poterie-loire", 200, ""}, {"/search?q=tasse", 200, ""}, {"/search", 200, ""}, {"/page/conditions", 200, ""},
		{"/contact", 200, ""}, {"/contact?sent=1", 200, ""}, {"/sitemap", 200, ""}, {"/sitemap.xml", 200, ""}, {"/sitemap-fr-0.xml", 200, ""},
		{"/sitemap-de-1.xml", 200, ""}, {"/robots.txt", 200, ""},
		{"/product/brouillon", 404, ""}, {"/product/ancien", 404, ""}, {"/product/rien", 404, ""}, {"/family/rien", 404, ""}, {"/c/rien", 404, ""},
		{"/c/rien/rien", 404, ""}, {"/page/rien", 404, ""}, {"/sitemap-it-0.xml", 404, ""}, {"/sitemap-fr-99.xml", 404, ""}, {"/sitemap-fr-01.xml", 404, ""},
		{"/it/", 404, ""}, {"/rien", 404, ""}, {"/family/tasses?page=7", 404, ""}, {"/media/nothing.webp", 404, ""}, {"/media/a:b", 404, ""},
		{"/fr/product/tasse-en-gres", 301, "/product/tasse-en-gres"}, {"/fr", 301, "/"}, {"/de", 301, "/de/"}, {"/contact/", 301, "/contact"},
		{"/de/product/tasse-en-gres", 301, "/de/product/tasse-en-gres-auf-deutsch"}, {"/c/family/tasses", 301, "/family/tasses"},
		{"/c/brand/tasses", 301, "/family/tasses"}, {"/page/agb", 301, "/page/conditions"}, {"/de/family/tasses?sort=name", 301, "/de/family/tassen?sort=name"},
	}
	for _, tt := range paths {
		t.Run("SEO-01 "+tt.path, func(t *testing.T) {
			b := h.browser(t)
			r := request("GET", h.at(tt.path))
			p := b.Do(r)
			if p.Status != tt.status {
				t.Fatalf("status %d, want %d: %.300s", p.Status, tt.status, p.Body)
			}
			if to := p.Header.Get("Location"); to != tt.moved {
				t.Errorf("moved to %q, want %q", to, tt.moved)
			}
			if tt.status == 404 {
				b.Want("h1").WantClean()
			}
		})
	}
}

// SEO-01: the old address of a renamed article leads to the new one for good.
func TestProduct_Renamed(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	p := mug("POT", "Pot", "5.00")
	h.save(p)
	text := p.Texts["fr"]
	text.Name, text.Slug = "Grand pot", "grand-pot"
	p.Texts["fr"] = text
	h.save(p)
	b := h.browser(t)
	if got := b.Do(request("GET", h.at("/product/pot"))); got.Status != 301 || got.Header.Get("Location") != "/product/grand-pot" {
		t.Errorf("%d %s", got.Status, got.Header.Get("Location"))
	}
}

// ORD-02 CUR-02: the currency is switched by a form, keeps the page, and what is charged is said.
func TestCurrency_Switch(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1.10", Ending: ".95", Active: true}}})
	b := h.browser(t)
	b.Get(h.at("/de/product/tasse-en-gres-auf-deutsch?utm_source=x"))
	b.WantText(".price", "24,00")
	b.Submit(`#prefs button[value="USD"]`, nil)
	b.WantStatus(200).WantPath("/de/product/tasse-en-gres-auf-deutsch")
	b.WantText(".price", "25,95").WantText(".buy", "24,00")
	b.WantHeader("Cache-Control", "private, no-cache")
	other := h.browser(t)
	other.Get(h.at("/de/product/tasse-en-gres-auf-deutsch"))
	other.WantText(".price", "24,00")
	for _, back := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""} {
		p := b.Do(form("POST", h.at("/set/currency"), url.Values{"currency": {"USD"}, "back": {back}}))
		if p.Status != 303 || p.Header.Get("Location") != "/" {
			t.Errorf("back %q leads to %q", back, p.Header.Get("Location"))
		}
	}
	p := b.Do(form("POST", h.at("/set/currency"), url.Values{"currency": {"XXX"}, "back": {"/contact"}}))
	if p.Header.Get("Set-Cookie") != "" || p.Header.Get("Location") != "/contact" {
		t.Errorf("unknown currency: %v", p.Header)
	}
}

// On the platform's host a "back" of another shop is not followed.
func TestCurrency_BackStaysInTheShop(t *testing.T) {
	t.Parallel()
	h := openStage(t).openAs("lune", registry.ByPath)
	h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1.10", Active: true}}})
	p := h.browser(t).Do(form("POST", h.under("/set/currency"), url.Values{"currency": {"USD"}, "back": {"/other.shop/cart"}}))
	if to := p.Header.Get("Location"); to != "/lune.shop/" {
		t.Errorf("led to %q", to)
	}
}

// ORD-04 ART-02 list = article to the cent, with the crossed-out price and its percent; HT is said.
func TestPrices_ListIsArticle(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	b.Get(h.at("/family/tasses"))
	b.WantTexts(".card .cost ins", "Prix actuel24,00 €")
	b.WantText(".card .badge.sale", "20")
	b.Follow(".card a")
	b.WantText(".price ins", "24,00 €").WantText(".price del", "30,00 €")
	tax := settings.Defaults().Tax
	tax.ShowGross = false
	h.set(tax)
	b.Get(h.at("/family/tasses"))
	b.WantText(".card .cost", "20,00 €").WantText(".card .cost", "HT")
	b.Follow(".card a")
	b.WantText(".price", "20,00 €").WantText(".price del", "25,00 €")
}

// ART-07 ART-12: options by a GET form, price and stock of the choice, the choice kept in German.
func TestProduct_Options(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	p := shirt("SOLD", "Pull")
	for i := range p.Variants {
		if p.Variants[i].Options["colour"] == "red" {
			p.Variants[i].OnHand = 0
		}
	}
	h.save(p)
	b := h.browser(t)
	b.Get(h.at("/product/pull"))
	b.WantText("#facts", "SOLD-blue-s") // the first that can be bought
	b.WantCount("template[data-variant]", 4)
	b.Submit("#options button[formmethod=get]", map[string]any{"o_size": "m"})
	b.WantStatus(200).WantText("#facts", "21,90").WantText("#facts", "SOLD-blue-m")
	b.WantText(".opt .off", "Rouge")
	b.Get(h.at("/product/pull?o_colour=red&o_size=s"))
	b.WantText(".stock", "Épuisé").Want(".gone")
	b.Get(h.at("/product/pull?o_colour=blue&o_size=m&o_evil=1&x=2"))
	link := b.Attr(`.prefs a[lang="de"]`, "href")
	if !strings.Contains(link, "o_colour=blue") || !strings.Contains(link, "o_size=m") || strings.Contains(link, "x=2") {
		t.Errorf("the German page is %s", link)
	}
	b.Get(h.at("/product/tasse-en-gres"))
	b.Want(`#complementary, a[href="/product/chemise-dete"]`).WantText("a .name", "Chemise")
}

// STK-06 STK-07: what is sold out is hidden from lists and keeps its page with what to take instead;
// an article is forthcoming until its day in the shop's time zone.
func TestProduct_OutAndForthcoming(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	out, soon := mug("OUT", "Vase", "9.00"), mug("SOON", "Lampe", "9.00")
	other := mug("ALT", "Cruche", "8.00")
	h.save(other)
	out.Variants[0].OnHand = 0
	out.Links = []catalog.Link{{Kind: catalog.Replacement, Other: other.ID}}
	day := noon.AddDate(0, 0, 1).Truncate(24 * 60 * 60 * 1e9)
	soon.AvailableOn = &day
	h.save(out, soon)
	stock := settings.Defaults().Stock
	stock.HideSoldOut = true
	h.set(stock)
	b := h.browser(t)
	b.Get(h.at("/search?q=vase"))
	b.WantNo(`.grid a[href="/product/vase"]`)
	b.Get(h.at("/product/vase"))
	b.WantStatus(200).WantText(".stock", "Épuisé").WantText(".instead", "Cruche")
	b.Get(h.at("/product/lampe"))
	b.WantText(".stock", "13 mars 2026").WantNo(".add")
	h.clock.Set(day.Add(-61 * 60 * 1e9)) // 23:59 in Paris is 22:59 UTC
	b.Get(h.at("/product/lampe"))
	b.WantNo(".add")
	h.clock.Set(day.Add(-60 * 60 * 1e9))
	b.Get(h.at("/product/lampe"))
	b.Want(".add").WantText(".stock", "En stock")
}

// SEO-01: canonical, translations, structured data.
func TestProduct_ForSearchEngines(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	for _, at := range []string{h.at("/product/tasse-en-gres?o_x=1&utm_campaign=a"), h.at("/product/tasse-en-gres")} {
		b.Get(at)
		if got := b.Attr(`link[rel=canonical]`, "href"); got != "http://lune.localhost:8080/product/tasse-en-gres" {
			t.Errorf("canonical %s", got)
		}
		alternates := map[string]string{}
		b.Page().Doc().Find("link[rel=alternate]").Each(func(_ int, s *goquery.Selection) {
			alternates[s.AttrOr("hreflang", "")] = s.AttrOr("href", "")
		})
		if len(alternates) != 3 || alternates["x-default"] != alternates["fr"] ||
			alternates["de"] != "http://lune.localhost:8080/de/product/tasse-en-gres-auf-deutsch" {
			t.Errorf("translations %v", alternates)
		}
		data := strings.Join(b.Texts(`script[type="application/ld+json"]`), "\n")
		for _, want := range []string{`"@type":"Product"`, `"price":"24.00"`, `"priceCurrency":"EUR"`, `"BreadcrumbList"`, `schema.org/InStock`, `"brand"`} {
			if !strings.Contains(data, want) {
				t.Errorf("structured data lack %s: %s", want, data)
			}
		}
	}
	b.Get(h.at("/en/product/tasse-en-gres")) // no English text: the French page counts
	if got := b.Attr(`link[rel=canonical]`, "href"); got != "http://lune.localhost:8080/product/tasse-en-gres" {
		t.Errorf("canonical of the untranslated page %s", got)
	}
}

// What a merchant or a visitor types never becomes markup.
func TestPages_Probes(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	const probe = `"><script>alert(1)</script>'`
	p := mug("EVIL", probe, "3.00")
	h.save(p)
	b := h.browser(t)
	for _, path := range []string{"/", "/product/" + p.Texts["fr"].Slug, "/search?q=" + url.QueryEscape(probe),
		"/family/tasses?price_min=" + url.QueryEscape(probe), "/family/tasses?o_" + url.QueryEscape(probe) + "=" + url.QueryEscape(probe)} {
		b.Get(h.at(path))
		b.WantStatus(200).WantClean()
		if strings.Contains(string(b.Page().Body), "<script>alert") {
			t.Errorf("%s: the probe is markup", path)
		}
	}
	huge := strings.Repeat("a=1&q=x&o_"+strings.Repeat("z", 50)+"=1&", 2000)
	for _, path := range []string{"/search?q=" + strings.Repeat("x", 60000), "/?" + huge, "/product/" + strings.Repeat("x", 8000),
		"/search?q=%00", "/search?q=%ff%fe", "/product/%00", "/product/%ff", "/search?q=" + url.QueryEscape(`"a'b\:*&|!<->()`), "/family/tasses?page=-1", "/family/tasses?page=99999999999999999999",
		"/family/tasses?price_min=1e400", "/family/tasses?price_min=-3", "/family/tasses?f_brand=nothing"} {
		status := b.Do(request("GET", h.at(path))).Status
		if status != 200 && status != 404 && status != 400 {
			t.Errorf("%.60s: status %d", path, status)
		}
	}
}

// ORD-05: filters by option, by brand, by price; each active one can be taken away.
func TestListing_Filters(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	b.Get(h.at("/search?q=chemise"))
	b.WantCount(".grid .card", 1)
	b.Submit("form.list", map[string]any{"o_colour": []string{"red"}})
	b.WantCount(".grid .card", 1).WantText(".chips.active", "Rouge")
	b.Submit("form.list", map[string]any{"price_max": "10"})
	b.WantNo("#list-results .card").WantCount(".chips.active a", 2)
	b.Follow(".chips.active li:first-child a")
	b.WantCount(".grid .card", 1)
	b.Submit("form.list", map[string]any{"price_min": "cher"})
	b.Want(`input[name=price_min][aria-invalid=true]`).WantText(".facet .err", "nombre")
	b.Get(h.at("/search?q=" + url.QueryEscape("chemize")))
	b.WantCount(".grid .card", 1).Want(".hint a")
	b.Get(h.at("/search?q=poterie"))
	b.WantText(".chips", "Poterie Loire")
	b.Get(h.at("/search?q=zzzzqqq"))
	b.WantNo("#list-results .card").Want("#popular")
}

func TestContact(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	b.Get(h.at("/de/contact"))
	b.Submit("form[action='/de/contact']", map[string]any{"name": "Anna", "email": "keine", "message": ""})
	b.WantStatus(422).WantClean()
	if b.Value("[name=name]") != "Anna" || b.Count(`[aria-invalid=true]`) != 2 || len(h.mailbox.list) != 0 {
		t.Errorf("name %q, %d fields marked, %d sent", b.Value("[name=name]"), b.Count(`[aria-invalid=true]`), len(h.mailbox.list))
	}
	b.Submit("form[action='/de/contact']", map[string]any{"email": "anna@example.org", "message": "Hallo\nzusammen"})
	b.WantStatus(200).WantPath("/de/contact").WantNo("textarea")
	if len(h.mailbox.list) != 1 || h.mailbox.list[0].Text != "Hallo\nzusammen" || h.mailbox.list[0].Locale != "de" {
		t.Errorf("sent %+v", h.mailbox.list)
	}
	trap := url.Values{"name": {"x"}, "email": {"x@example.org"}, "message": {"x"}, "website": {"http://spam"}}
	if p := b.Do(form("POST", h.at("/contact"), trap)); p.Status != 303 || len(h.mailbox.list) != 1 {
		t.Errorf("the trap: %d, %d sent", p.Status, len(h.mailbox.list))
	}
}

// Postgres away: what is in memory is served, everything else says so in the shop's own page, with a
// reference that finds it in the log.
func TestProblem_DatabaseAway(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	b.Get(h.at("/de/"))
	h.pool.Close()
	b.Get(h.at("/de/"))
	b.WantStatus(200)
	b.Get(h.at("/de/product/tasse-en-gres-auf-deutsch"))
	b.WantStatus(503).WantClean().WantHeader("Cache-Control", "no-store")
	if b.Attr("html", "lang") != "de" || !strings.Contains(string(b.Page().Body), b.Page().Header.Get("X-Request-Id")) {
		t.Errorf("no reference %q on the page", b.Page().Header.Get("X-Request-Id"))
	}
}
