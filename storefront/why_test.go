package storefront_test

import (
	"strings"
	"testing"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/discount"
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
	b.Get(h.at("/search?q=bol"))
	b.WantText(".card .cost", "13,50").WantText(".card .cost", "Soldes d’été")
	plain := h.browser(t)
	plain.Get(h.at("/product/assiette"))
	plain.WantNo(".why")
}
