package storefront_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
)

// boxed is a mug with a box that must be chosen, wood for 10 % or paper for 0.50, and an engraving that need
// not.
func boxed() *catalog.Product {
	p := mug("BOXED", "Bol", "24.00")
	p.Extras = []catalog.Extra{
		{Code: "box", Name: i18n.Text{"fr": "Boîte"}, Required: true, Values: []catalog.ExtraValue{
			{Code: "wood", Name: i18n.Text{"fr": "Bois"}, Percent: dec("10")}, {Code: "paper", Name: i18n.Text{"fr": "Papier"}, Fixed: dec("0.50")}}},
		{Code: "engraving", Name: i18n.Text{"fr": "Gravure"}, Values: []catalog.ExtraValue{{Code: "name", Name: i18n.Text{"fr": "Prénom"}, Fixed: dec("6")}}},
	}
	p.Variants[0].CompareAt = &[]decimal.Decimal{dec("30.00")}[0]
	return p
}

// ORD-04 ART-08: list = article = cart = search engines, where something must be chosen that costs; what
// need not be chosen is in none of them.
func TestExtras_ListIsArticle(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.save(boxed())
	b := h.browser(t)
	b.Get(h.at("/search?q=bol"))
	b.WantText(".card .cost", "dès").WantText(".card .cost ins", "24,50 €")
	b.Get(h.at("/product/bol"))
	b.WantText("#facts .price ins", "24,50 €").WantText("#facts .price del", "30,50 €").WantClean()
	b.WantText(`label:has([value="wood"]) small`, "10 %").WantText(`label:has([value="paper"]) small`, "0,50 €")
	b.WantCount("template[data-variant]", 2*2)
	wantOffer(t, b, "24.50")
	b.Submit("#options button[formmethod=get]", webtest.Values{"o_box": "wood", "o_engraving": "name"})
	b.WantText("#facts .price ins", "32,40 €") // 24.00 + 2.40 + 6.00
	wantOffer(t, b, "24.50")
	script := b.One(`template[data-variant="wood|name"]`)
	if html, err := script.Html(); err != nil || !strings.Contains(html, "32,40") {
		t.Errorf("ART-07 the script would show %s, %v", html, err)
	}
	b.Submit(".add .btn", webtest.Values{"quantity": "2"})
	b.WantPath("/cart").WantText(".line .line-total", "64,80 €").WantText(".line del", "39,00 €")
	tax := settings.Defaults().Tax
	tax.ShowGross = false
	h.set(tax)
	b.Get(h.at("/product/bol?o_box=paper"))
	b.WantText(`label:has([value="name"]) small`, "5,00 €").WantText("#facts .price ins", "20,42 €")
}

func wantOffer(t *testing.T, b *webtest.Browser, price string) {
	t.Helper()
	for _, text := range b.Texts(`script[type="application/ld+json"]`) {
		var doc struct {
			Offers struct{ Price string }
		}
		if json.Unmarshal([]byte(text), &doc) == nil && doc.Offers.Price != "" {
			if doc.Offers.Price != price {
				t.Errorf("search engines are told %s, want %s", doc.Offers.Price, price)
			}
			return
		}
	}
	t.Error("search engines are told no price")
}

// Bad input: a form made for what the article offered before is not sold as something else.
func TestExtras_Tampered(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	p, q := boxed(), shirt("PULL", "Pull")
	h.save(p, q)
	for name, fields := range map[string]url.Values{
		"no box":            {"product": {p.ID.String()}, "quantity": {"1"}},
		"a box nobody has":  {"product": {p.ID.String()}, "quantity": {"1"}, "o_box": {"gold"}},
		"an unknown option": {"product": {p.ID.String()}, "quantity": {"1"}, "o_box": {"wood"}, "o_ribbon": {"red"}},
		"a size of before":  {"product": {q.ID.String()}, "quantity": {"1"}, "o_colour": {"red"}, "o_size": {"xxl"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := h.browser(t)
			b.Get(h.at("/product/bol"))
			b.Post(h.at("/cart/items"), fields)
			b.WantStatus(422).WantText(".note.error", "n’est plus proposée")
			b.Get(h.at("/cart"))
			b.Want(".empty")
		})
	}
}

// ART-09: a table has a price and a stock in every cell, and keeps what was typed when an extra is chosen
// without a script.
func TestGrid(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	p := shirt("PULL", "Pull")
	p.Extras = []catalog.Extra{{Code: "gift", Name: i18n.Text{"fr": "Cadeau"}, Values: []catalog.ExtraValue{{Code: "yes", Name: i18n.Text{"fr": "Oui"}, Percent: dec("10")}}}}
	p.Variants[0].OnHand, p.Variants[3].Active = 0, false
	p.Arrange(true, "size")
	h.save(p)
	b := h.browser(t)
	b.Get(h.at("/product/pull"))
	b.WantClean().WantCount(".cells thead th", 3).WantCount(".cells tbody tr", 2).WantCount(".cells input", 2)
	b.WantText("#facts .price", "dès").WantText("#facts .price", "19,90 €").WantText(".cells td", "Épuisé").WantText(".cells td", "21,90 €")
	b.WantCount("template[data-variant]", 0)
	cell := "q." + p.Variants[2].ID.String()
	b.Submit(".add [name=do]", webtest.Values{cell: "3", "o_gift": "yes"})
	b.WantStatus(200).WantText(".cells td", "24,09 €").WantClean() // 21.90 and 10 %
	if got := b.Value(`[name="` + cell + `"]`); got != "3" {
		t.Errorf("the cell holds %q", got)
	}
	b.Submit(".add .btn.big", nil)
	b.WantPath("/cart").WantText(".line .line-total", "65,67 €").WantText(".line", "Oui") // 3 × 21.89
	b.Get(h.at("/product/pull"))
	b.Submit(".add .btn.big", nil)
	b.WantStatus(422).WantText(".note.error", "au moins une quantité")
}

// ART-09 ART-11: the pictures of option values stand in the table as they do beside the choice, also where a row
// stands for values of several options.
func TestGrid_Swatches(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	p := shirt("PULL", "Pull")
	for i := range p.Options {
		for n := range p.Options[i].Values {
			m := h.upload(uint8(10 + 40*i + 20*n))
			p.Options[i].Values[n].Media = &m
		}
	}
	h.save(p)
	b := h.browser(t)
	b.Get(h.at("/product/pull"))
	swatches := b.Count(".pick .swatch")
	for _, across := range []string{"size", ""} {
		p = find(t, h, "PULL")
		p.Arrange(true, across)
		h.save(p)
		b.Get(h.at("/product/pull"))
		b.WantClean().WantNo(".cells .swatch[alt]:not([alt=''])")
		for _, row := range b.Page().Doc().Find(".cells tbody th").EachIter() {
			if n, want := row.Find(".swatch").Length(), map[string]int{"size": 1, "": 2}[across]; n != want {
				t.Errorf("a row by %q shows %d of %d pictures", across, n, want)
			}
		}
		if across != "" && b.Count(".cells .swatch") != swatches {
			t.Errorf("the table shows %d of %d pictures", b.Count(".cells .swatch"), swatches)
		}
	}
}

// CAT-06: the page of an article of many variants reads the few around the choice.
func TestProduct_ManyVariants(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	p := shirt("MANY", "Nuancier")
	p.Variants, p.Options[0].Values, p.Options[1].Values = nil, nil, nil
	for i := range 20 {
		p.Options[0].Values = append(p.Options[0].Values, catalog.OptionValue{Code: fmt.Sprint("c", i)})
		p.Options[1].Values = append(p.Options[1].Values, catalog.OptionValue{Code: fmt.Sprint("s", i)})
	}
	for i := range 400 {
		p.Variants = append(p.Variants, catalog.Variant{SKU: fmt.Sprint("MANY-", i), Active: true, Tracked: true, OnHand: i % 2, Price: dec("10").Add(decimal.NewFromInt(int64(i))),
			Options: map[string]string{"colour": fmt.Sprint("c", i/20), "size": fmt.Sprint("s", i%20)}})
	}
	p.Arrange(true, "size")
	h.save(p)
	b := h.browser(t)
	b.Get(h.at("/product/nuancier"))
	b.WantText("#facts", "MANY-1").WantCount("#options select", 2).WantNo(".cells") // too many for a table
	queries, _, text := h.queries.during(func() {
		b.Get(h.at("/product/nuancier?o_colour=c7&o_size=s9"))
	})
	if queries > 6 {
		t.Errorf("SPD-01 %d queries: %s", queries, strings.Join(text, "\n"))
	}
	b.WantText("#facts", "MANY-149").WantText("#facts .price", "159,00 €")
	b.Submit(".add .btn.big", nil)
	b.WantPath("/cart").WantText(".line", "c7").WantText(".line .line-total", "159,00 €")
}
