package storefront_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/promotion"
)

// discountWords are the reasons for which codes are refused.
func discountWords() *i18n.Catalog {
	c, err := i18n.Load(discount.Locales, "locales")
	if err != nil {
		panic(err)
	}
	return c
}

// reduce stores a rule that is on.
func (h *house) reduce(r discount.Rule) promotion.Stored {
	h.t.Helper()
	saved, err := promotion.Save(h.t.Context(), h.shop, clerk, promotion.Stored{Rule: r, Active: true})
	if err != nil {
		h.t.Fatal(err)
	}
	return saved
}

func rate(n string) discount.Off { return discount.Off{Kind: discount.Rate, Rate: money.MustRate(n)} }

func coupon(code, percent string) discount.Rule {
	return discount.Rule{Name: i18n.Text{"fr": "Bienvenue", "de": "Willkommen"}, Off: rate(percent), Scope: discount.Scope{Of: discount.Order}, Codes: []string{code}}
}

var amount = regexp.MustCompile(`\d+,\d\d`)

// figure is the first amount in a text of the page, such as "21,60".
func figure(text string) string { return amount.FindString(text) }

// ART-05 DSC-06: what more pieces cost each is told with the discount of the article, also where that does not come
// out even.
func TestDiscount_TiersAreReduced(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	p := mug("BOWL", "Bol", "19.90")
	p.Prices = []pricelist.Rule{{Tiers: []pricelist.Tier{{From: 10, Price: dec("18.50")}, {From: 50, Price: dec("17.25")}}}}
	h.save(p)
	h.reduce(discount.Rule{Name: i18n.Text{"fr": "Soldes"}, Off: rate("10"),
		Scope: discount.Scope{Of: discount.Articles, Members: []string{find(t, h, "BOWL").ID.String()}}})
	b := h.browser(t)
	b.Get(h.at("/product/bol"))
	b.WantText("#facts .price", "17,91").WantText("#facts .pairs", "16,65").WantText("#facts .pairs", "15,53")
}

// DSC-04 DSC-06 DSC-09 CAT-05: what an article costs in a list is what it costs on its own page, in the
// cart, in the checkout and in the order, to the cent, whatever discounts the shop gives.
func TestDiscount_SamePriceEverywhere(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	family := h.family("cups")
	prices := []string{"9.95", "13.37", "0.99", "24.00", "7.77", "101.01"}
	for i, price := range prices {
		p := mug("P"+string(rune('A'+i)), "Pièce "+string(rune('A'+i)), price)
		p.Nodes, p.MainNode = []catalog.NodeID{family.ID}, family.ID
		p.Flags.NoDiscount = i == 4
		h.save(p)
	}
	one := find(t, h, "PB")
	h.reduce(discount.Rule{Name: i18n.Text{"fr": "Soldes"}, Off: rate("10"), Scope: discount.Scope{Of: discount.Families, Members: []string{family.Parent.String()}}})
	h.reduce(discount.Rule{Name: i18n.Text{"fr": "Article du mois"}, Scope: discount.Scope{Of: discount.Articles, Members: []string{one.ID.String()}},
		Off: discount.Off{Kind: discount.Amount, Price: pricing.Price{Amount: money.Must(money.Parse("2.50", money.EUR)), IncludesTax: true}}})
	b := h.browser(t)
	b.Get(h.at("/family/tasses"))
	listed := map[string]string{}
	for _, card := range b.Page().Doc().Find(".card").EachIter() {
		now := card.Find(".cost ins")
		if now.Length() == 0 {
			now = card.Find(".cost")
		}
		listed[card.Find("a").AttrOr("href", "")] = figure(now.Text())
	}
	want := map[string]string{"piece-a": "8,95", "piece-b": "10,87", "piece-c": "0,89", "piece-d": "21,60", "piece-e": "7,77", "piece-f": "90,91"}
	for slug, price := range want {
		var address string
		for href := range listed {
			if strings.HasSuffix(href, "/product/"+slug) {
				address = href
			}
		}
		if listed[address] != price {
			t.Errorf("%s is listed at %q, want %q", slug, listed[address], price)
		}
		buyer := h.browser(t)
		buyer.Get(h.at("/product/" + slug))
		shown := buyer.Page().Doc().Find("#facts .price ins, #facts .price > span").First().Text()
		if figure(shown) != price {
			t.Errorf("%s says %q on its page", slug, shown)
		}
		buyer.Submit(".add .btn", nil)
		buyer.WantText(".line-total", price).WantText(".totals .goods", price).WantText(".totals .total", price)
		buyer.Follow(`.sum a[href$="/checkout"]`)
		buyer.WantText("#summary .brief b", price).WantText("#summary .goods", price)
		buyer.Submit(place, with(nantes, "email", slug+"@example.org", "payment", mode(buyer, "Chèque")))
		buyer.WantStatus(200).WantText(".brief b", price).WantText(".totals .goods", price)
	}
	buyer := h.browser(t)
	buyer.Get(h.at("/product/piece-d"))
	buyer.WantText("#facts del", "24,00").Want("#facts .badge.sale")
}

// DSC-03: a code is typed into the cart without script; the reader is told in his language what became
// of it, and takes it out again.
func TestDiscount_CodeInCart(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.reduce(coupon("WELCOME", "10"))
	least := coupon("BIG", "20")
	least.Minimum = discount.Minimum{Price: pricing.Price{Amount: money.New(decimal.NewFromInt(100), money.EUR), IncludesTax: true}}
	least.Combine = discount.WithAll
	h.reduce(least)
	b := h.browser(t)
	b.Get(h.at("/de/product/tasse-en-gres-auf-deutsch"))
	b.Submit(".add .btn", nil)
	b.Submit("#cart-code", webtest.Values{"code": "nothing <b>"})
	b.WantStatus(422).WantClean().Want("#code[aria-invalid=true]").WantText("#code-e", "NOTHING<B>")
	if b.Value("#code") != "nothing <b>" {
		t.Errorf("came back as %q", b.Value("#code"))
	}
	b.Submit("#cart-code", webtest.Values{"code": " wel come"})
	b.WantStatus(200).WantClean().WantText(".totals .discount", "Willkommen · WELCOME").WantText(".totals .discount", "2,40").
		WantText(".totals .total", "21,60").WantNo("#code-e")
	b.Submit("#cart-code", webtest.Values{"code": "big"})
	b.WantStatus(200).WantText("s code", "BIG").WantText(".code-field + ul", "Für den Code BIG fehlen")
	b.Submit(`button[name=remove_code][value=BIG]`, nil)
	b.WantStatus(200).WantNo("s code").WantText(".totals .total", "21,60")
	b.Submit("#cart-code", webtest.Values{"code": ""})
	b.WantStatus(422).WantClean().Want("#code-e")
}

// DSC-03: the code is typed in the checkout, where nothing else is lost; a code that was typed and not
// added is not forgotten when the order is placed.
func TestDiscount_CodeInCheckout(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.reduce(coupon("WELCOME", "10"))
	free := coupon("SHIPFREE", "10")
	free.Off, free.Combine = discount.Off{Kind: discount.FreeShipping}, discount.WithAll
	h.reduce(free)
	b := h.inCart(t, "")
	b.Submit(`#summary button[formaction$="/checkout/code"]`, with(nantes, "code", "nope"))
	b.WantStatus(422).WantClean().Want("#code[aria-invalid=true]")
	if b.Value("#f-email") != "claire@example.org" {
		t.Errorf("the mail address was lost: %q", b.Value("#f-email"))
	}
	b.Submit(`#summary button[formaction$="/checkout/code"]`, webtest.Values{"code": "shipfree"})
	b.WantStatus(200).WantClean().WantText("#summary .total", "48,00").WantText("#summary .discount", "−4,95")
	b.Submit(place, webtest.Values{"code": "welcome", "payment": mode(b, "Chèque"), "terms": true})
	b.WantStatus(422).WantText("form#checkout > .note.error", "43,20").WantText("#summary .total", "43,20") // he is told the new total first
	b.Submit(place, webtest.Values{"payment": mode(b, "Chèque"), "terms": true})
	b.WantStatus(200).WantText(".totals .total", "43,20").WantText(".totals .discount", "Bienvenue · WELCOME")
}

// A rule that changes between the cart and the payment: the buyer is told, asked again, and has lost
// nothing of what he typed.
func TestDiscount_RuleChangedMeanwhile(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	rule := h.reduce(coupon("WELCOME", "10"))
	b := h.inCart(t, "")
	b.Submit(`#summary button[formaction$="/checkout/code"]`, with(nantes, "code", "welcome"))
	b.WantText("#summary .total", "48,15")
	rule.Off = rate("5")
	saved, err := promotion.Save(t.Context(), h.shop, clerk, rule)
	if err != nil {
		t.Fatal(err)
	}
	b.Submit(place, webtest.Values{"payment": mode(b, "Chèque"), "terms": true})
	b.WantStatus(422).WantClean().WantText(".note.error", "50,55").WantText("#summary .total", "50,55")
	if err := promotion.Switch(t.Context(), h.shop, clerk, id.MustParse[discount.Rule](saved.ID), false); err != nil {
		t.Fatal(err)
	}
	b.Submit(place, webtest.Values{"payment": mode(b, "Chèque"), "terms": true})
	b.WantStatus(422).WantText(".note.error", "Le code WELCOME n’existe pas").WantText("#summary .total", "52,95")
	if b.Value("#f-email") != "claire@example.org" || h.count("orders") != 0 {
		t.Errorf("mail address %q, %d orders", b.Value("#f-email"), h.count("orders"))
	}
	b.Submit(place, webtest.Values{"payment": mode(b, "Chèque"), "terms": true})
	b.WantStatus(200).WantText(".totals .total", "52,95")
}

// A page kept in memory changes when a discount begins and ends, without anybody doing anything.
func TestDiscount_Dates(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	begin := h.clock.Now().Add(90 * time.Minute)
	h.reduce(discount.Rule{Name: i18n.Text{"fr": "Heure"}, Off: rate("50"), Scope: discount.Scope{Of: discount.Families, Members: []string{h.family("table").ID.String()}},
		From: begin, Until: begin.Add(time.Minute)})
	b := h.browser(t)
	at := func(want string) {
		t.Helper()
		b.Get(h.at("/product/tasse-en-gres"))
		b.WantText("#facts .price", want)
	}
	at("24,00")
	h.clock.Set(begin)
	at("12,00")
	h.clock.Set(begin.Add(time.Minute))
	at("24,00")
}
