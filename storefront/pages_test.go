package storefront_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"echoppe.dev/platform/driver/web/webtest"
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
			n := walk(t, h.browser(t), origin.begin, func(address string) bool {
				path, inside := strings.CutPrefix(address, origin.at(""))
				return inside && !later(path)
			})
			if n < 40 {
				t.Errorf("only %d pages were found", n)
			}
		})
	}
}

// walk follows every link from an address on that is wanted; each must lead to a clean page.
func walk(t *testing.T, b *webtest.Browser, begin string, wanted func(string) bool) int {
	t.Helper()
	seen, queue := map[string]bool{}, []string{begin}
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		if seen[address] || !wanted(address) {
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
	return len(seen)
}

// The same for the pages of one reader, once he has ordered.
func TestPages_EveryLinkOfACustomerResolves(t *testing.T) {
	t.Parallel()
	h := openStage(t).openAs("lune", registry.ByPath)
	h.stock()
	h.sells()
	b := h.browser(t)
	b.Get(h.under("/product/tasse-en-gres"))
	b.Submit(".add .btn", nil)
	b.Get(h.under("/checkout"))
	b.Submit(place, with(nantes, "who", "register", "password", "a long enough phrase", "payment", mode(b, "Chèque")))
	b.WantStatus(200).Want(".thanks")
	b.Get(h.under("/product/chemise-dete"))
	b.Submit(".add .btn", nil)
	n := walk(t, b, h.under("/account"), func(address string) bool {
		path, inside := strings.CutPrefix(address, h.under(""))
		return inside && (later(path) || strings.Contains(path, "/order/"))
	})
	if n < 30 {
		t.Errorf("only %d pages were found", n)
	}
}

// LANG-01: every page by its route, in four languages, for a guest.
func TestRoutes_FourLanguages(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	for _, l := range []string{"fr", "en", "es", "de"} {
		b := h.browser(t)
		prefix := "/" + l
		if l == "fr" {
			prefix = ""
		}
		for path, status := range map[string]int{
			"/": 200, "/search?q=a": 200, "/contact": 200, "/sitemap": 200, "/c/brand": 200, "/cart": 200, "/checkout": 200, "/account/sign-in": 200,
			"/account/register": 200, "/account/forgot": 200, "/account/reset/x": 422, "/nowhere": 404, "/order/x": 404,
			"/pay/status/x/y": 404, "/pay/return/x/y": 404, "/o/x": 404,
		} {
			b.Get(h.at(prefix + path))
			b.WantStatus(status).WantClean()
			if got := b.Attr("html", "lang"); got != l {
				t.Errorf("%s%s is in %q", prefix, path, got)
			}
		}
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
	lines := url.Values{"name": {"Jean\r\nBcc: x@evil.example"}, "email": {"x@example.org"}, "message": {"x"}}
	if p := b.Do(posted("POST", h.at("/contact"), lines)); p.Status != 303 || len(h.mailbox.list) != 2 || h.mailbox.list[1].Name != "Jean Bcc: x@evil.example" {
		t.Errorf("a name of two lines: %d, sent %+v", p.Status, h.mailbox.list)
	}
	h.mailbox.list = h.mailbox.list[:1]
	trap := url.Values{"name": {"x"}, "email": {"x@example.org"}, "message": {"x"}, "website": {"http://spam"}}
	if p := b.Do(posted("POST", h.at("/contact"), trap)); p.Status != 303 || len(h.mailbox.list) != 1 {
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

// ORD-05: a search without a result says so and how to search better; there is nothing to sort or count.
func TestSearch_Nothing(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	b.Get(h.at("/search?q=zzzz"))
	b.WantStatus(200).WantClean().WantText(".empty", "Aucun résultat").WantNo(".list-bar").WantNo("#list-filters").Want("#popular")
	b.Get(h.at("/search?q=tasse&price_min=900"))
	b.WantStatus(200).Want(".empty").Want(".chips.active a") // a filter can be taken off again
}

// A page of the merchant's about reaching him takes the place of the form in the footer and leads to it.
func TestFooter_OneContact(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	b.Get(h.at("/"))
	b.WantCount(`.foot a[href="/contact"]`, 1)
	_, err := content.Save(t.Context(), h.shop, clerk, content.Page{Code: "contact", Kind: content.Contact, Place: content.Footer, Visible: true,
		Texts: map[i18n.Locale]content.Text{"fr": {Title: "Nous contacter", Slug: "nous-contacter", Body: "<p>Au marché.</p>"}}})
	must(t, err)
	b.Get(h.at("/"))
	b.WantNo(`.foot a[href="/contact"]`)
	b.Follow(`.foot a[href="/page/nous-contacter"]`)
	b.WantStatus(200).WantClean()
	b.Follow(`main a[href="/contact"]`)
	b.WantStatus(200).Want("[name=message]")
}
