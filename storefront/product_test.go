package storefront_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

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

// ORD-04 ART-02 list = article to the cent, with the crossed-out price and its percent; HT is said.
func TestPrices_ListIsArticle(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	b.Get(h.at("/family/tasses"))
	b.WantTexts(".card .cost ins", "Prix actuel24,00 €")
	for address, want := range map[string]string{"/family/tasses": "−20 %", "/en/search?q=mug": "−20%", "/de/search?q=tasse": "−20 %"} {
		b.Get(h.at(address))
		b.WantTexts(".card .badge.sale", want)
	}
	b.Get(h.at("/family/tasses"))
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

// What delivery would cost is on the article: the very sum the cart will say.
func TestProduct_DeliveryEstimate(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	b.Get(h.at("/product/tasse-en-gres"))
	b.WantNo(".send")
	h.sells()
	b.Get(h.at("/product/tasse-en-gres"))
	b.WantText(".send", "4,95 €").WantText(".send", "France")
	_, err := shipping.Builtin().Save(h.t.Context(), h.shop, clerk, shipping.Stored{Active: true, Position: 9,
		Mode: shipping.Mode{Name: i18n.Text{"fr": "Retrait"}, Calculator: "flat", IncludesTax: true, Values: form.Values{"fee": form.TextValue("0")}}})
	must(t, err)
	b.Get(h.at("/product/tasse-en-gres"))
	b.WantText(".send", "4,95 €") // what the checkout will choose, not what is cheapest
	if buyer := h.inCart(t, ""); !strings.Contains(strings.Join(buyer.Texts("#summary .shipping"), ""), "4,95") {
		t.Errorf("the checkout says %q", buyer.Texts("#summary .shipping"))
	}
	h.save(mug("DEAR", "Vase précieux", "80.00"))
	b.Get(h.at("/de/product/vase-precieux-auf-deutsch"))
	b.WantText(".send", "Frankreich").WantText(".send", "Kostenlos")
}

// CAT-03: an article's places in one classification stand under one label.
func TestProduct_Classes(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	p := find(t, h, "MUG")
	var brand catalog.TaxonomyID
	must(t, h.shop.Read(t.Context(), func(tx tenant.Tx) error {
		tree, err := catalog.ReadTree(tx)
		x, _ := tree.Taxonomy("brand")
		brand = x.ID
		return err
	}))
	second := h.node(&catalog.Node{Taxonomy: brand, Code: "anjou", Visible: true, Texts: names("Émaux d’Anjou", "Anjou")})
	p.Nodes = append(p.Nodes, second.ID)
	h.save(p)
	b := h.browser(t)
	b.Get(h.at("/product/tasse-en-gres"))
	b.WantClean().WantCount(`.pairs dd a[href^="/c/brand/"]`, 2)
	n := 0
	for _, label := range b.Texts(".pairs dt") {
		if label == "Marques" {
			n++
		}
	}
	if n != 1 {
		t.Errorf("the label stands %d times", n)
	}
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

// STK-06: without links of the merchant the page of a sold-out article offers what is there of its own family,
// the nearest price first, four at most, and one that was withdrawn keeps its address with the same.
func TestProduct_Instead(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	family := find(t, h, "MUG").MainNode
	bare := func(code, name, price string, onHand int) *catalog.Product {
		p := mug(code, name, price)
		p.MainNode, p.Nodes, p.Variants[0].OnHand = family, []catalog.NodeID{family}, onHand
		return p
	}
	out, elsewhere := bare("OUT", "Vase", "30.00", 0), mug("ELSE", "Nappe", "30.00")
	h.save(out, elsewhere, bare("A", "Cruche", "31.00", 3), bare("B", "Pichet", "27.00", 3), bare("C", "Jarre", "34.00", 3),
		bare("D", "Coupe", "20.00", 3), bare("E", "Urne", "300.00", 3), bare("F", "Flacon", "30.00", 0))
	b := h.browser(t)
	b.Get(h.at("/product/vase"))
	b.WantStatus(200).WantClean().WantText(".stock", "Épuisé")
	if got, want := strings.Join(b.Texts(".instead .name"), " "), "Cruche Pichet Jarre Tasse en grès"; got != want {
		t.Errorf("STK-06 instead: %q, want %q", got, want)
	}
	b.Get(h.at("/product/cruche"))
	b.WantNo(".instead") // it can be had
	out = find(t, h, "OUT")
	out.State = catalog.Archived
	h.save(out)
	b.Get(h.at("/product/vase"))
	b.WantStatus(200).WantClean().WantText("h1", "Vase").WantText(".lead", "n’est plus en vente").WantNo(".add")
	b.WantText("main", "Cruche").Want(`meta[name="robots"][content*="noindex"]`)
	if strings.Contains(string(b.Page().Body), "Nappe") || strings.Contains(string(b.Page().Body), "Flacon") {
		t.Error("STK-06: an article of another family, or one that is sold out, is offered")
	}
	b.Get(h.at("/de/product/vase-auf-deutsch"))
	b.WantStatus(200).WantText(".lead", "nicht mehr verkauft")
	b.Get(h.at("/sitemap-fr-0.xml"))
	if strings.Contains(string(b.Page().Body), "/product/vase") {
		t.Error("STK-06: search engines are told of an article that is withdrawn")
	}
	out.Links = []catalog.Link{{Kind: catalog.Replacement, Other: elsewhere.ID}}
	h.save(out)
	b.Get(h.at("/product/vase"))
	b.WantText("main", "Nappe")
	if strings.Contains(string(b.Page().Body), "Cruche") {
		t.Error("STK-06: the merchant's own choice is not the only one")
	}
}
