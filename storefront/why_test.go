package storefront_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricefile"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/profile"
)

// CAT-05 ORD-04: why an article costs what it costs is told in the same steps on its page, in the cart, in the
// checkout and in the order; a list names the rule. Nobody is told why a plain price is what it is.
func TestWhy_SameStepsEverywhere(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.set(companies(profile.Never))
	p := mug("BOWL", "Bol", "20.00")
	h.save(p)
	h.priced("BOWL", pricelist.Rule{Profile: "pro", Price: price("18.00")})
	h.reduce(discount.Rule{Name: i18n.Text{"fr": "Soldes d’été"}, Off: rate("10"), Scope: discount.Scope{Of: discount.Articles, Members: []string{find(t, h, "BOWL").ID.String()}}})
	b := h.browser(t)
	b.Get(h.at("/product/bol"))
	b.Submit(`#prefs button[value="pro"]`, nil)
	b.WantStatus(200)
	steps := []string{"20,00", "Prix pour votre profil client", "18,00", "Soldes d’été", "16,20", "Prix", "13,50"}
	told := func(where string) {
		t.Helper()
		text := b.Page().Doc().Find(where + " .why .pairs").Text()
		rest := text
		for _, step := range steps {
			at := strings.Index(rest, step)
			if at < 0 {
				t.Errorf("%s does not tell %q in its place: %s", where, step, text)
				return
			}
			rest = rest[at+len(step):]
		}
	}
	told("#buy")
	b.WantText("#facts .price", "Soldes d’été")
	b.Submit(".add .btn", nil)
	told(".line")
	b.Follow(`.sum a[href$="/checkout"]`)
	told("#summary")
	b.WantClean()
	b.Submit(place, with(nantes, "email", "why@example.org", "payment", mode(b, "Chèque")))
	b.WantStatus(200).WantClean()
	told(".order")
	asData(t, h, b)
	b.Get(h.at("/search?q=bol"))
	b.WantText(".card .cost", "13,50").WantText(".card .cost", "Soldes d’été")
	plain := h.browser(t)
	plain.Get(h.at("/product/assiette"))
	plain.WantNo(".why")
}

// CAT-05 ART-07: the page reckons the reasons of the chosen variant only, with or without a script, and says of
// which others there are some to ask for.
func TestWhy_ChosenOnly(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.save(shirt("PULL", "Pull"))
	p := find(t, h, "PULL")
	for i, reduced := range []string{"15.00", "14.00"} {
		p.Prices = append(p.Prices, pricelist.Rule{Variant: p.Variants[i].ID, Price: price(reduced)})
	}
	h.save(p)
	b := h.browser(t)
	for i, want := range []string{"15,00", "14,00", ""} {
		b.Get(h.at("/product/pull?" + choice(p, i)))
		if want == "" {
			b.WantNo("#why details")
		} else {
			b.WantText("#why .pairs .total", want)
		}
		b.WantCount("template[data-variant]", 4).WantClean()
		told, steps := 0, 0
		b.Page().Doc().Find("template[data-variant]").Each(func(_ int, s *goquery.Selection) {
			html, _ := s.Html()
			told += strings.Count(html, `class="why"`)
			steps += strings.Count(html, `<dl class="pairs">`)
		})
		if told != 2 || steps != 0 {
			t.Errorf("%d variants say they have reasons and %d tell them", told, steps)
		}
	}
}

// asData reads the order a browser is at as data: its buyer's short form, with the sums of the order, behind the
// same link and no other (CAT-05).
func asData(t *testing.T, h *house, b *webtest.Browser) {
	t.Helper()
	page := b.Path()
	p := b.Get(h.at(page + "/price.json"))
	var answer pricefile.Answer
	if err := json.Unmarshal(p.Body, &answer); err != nil || p.Status != 200 || !strings.HasPrefix(p.Header.Get("Content-Type"), "application/json") {
		t.Fatalf("CAT-05 %d %s: %v", p.Status, p.Body, err)
	}
	var total string
	if err := h.shop.Read(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Raw("select total::numeric(19,2)::text from orders where number = ?", answer.Order).Scan(&total).Error
	}); err != nil || answer.Totals.ToPay.String() != total {
		t.Errorf("CAT-05 to pay %s, the order %s: %v", answer.Totals.ToPay, total, err)
	}
	if len(answer.Trace) == 0 || len(answer.Trace) != len(answer.Trace.Short()) || len(answer.Adjustments) != 0 {
		t.Errorf("CAT-05 the buyer is told what is staff's: %s", p.Body)
	}
	if cache := p.Header.Get("Cache-Control"); !strings.Contains(cache, "no-store") && !strings.Contains(cache, "private") {
		t.Errorf("CAT-05 kept by others: %q", cache)
	}
	for _, stranger := range []string{"/order/" + strings.Repeat("x", 80) + "/price.json", "/account/orders/" + answer.Order + "/price.json"} {
		if got := h.browser(t).Get(h.at(stranger)); got.Status == 200 && json.Valid(got.Body) {
			t.Errorf("CAT-05 a stranger reads %s", stranger)
		}
	}
	b.Get(h.at(page))
}
