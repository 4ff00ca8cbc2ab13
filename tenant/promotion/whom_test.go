package promotion_test

import (
	"testing"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// DSC-08: a code for one place waits for the address, and is refused where it is not meant for.
func TestWhom_Place(t *testing.T) {
	s := open(t)
	s.article("Mug", "10.00")
	s.keep(discount.Rule{Name: name("Ici"), Off: off("10"), Scope: whole, Codes: []string{"HERE"}, Zones: []shipping.Zone{{Country: "FR", Postcodes: []string{"75*"}}}})
	b := s.Guest("zoe@example.com")
	s.must(b.Add(s.variants["Mug"], 1))
	s.must(s.types(b, "here"))
	if why := b.Cart().Refusal("HERE"); why == nil || why.Key != "discount.place_unknown" {
		t.Errorf("in the cart: %v", why)
	}
	for postcode, want := range map[string]string{"75002": "", "69001": "discount.wrong_place"} {
		b.Draft.Delivery.Postcode = postcode
		sheet, err := b.Prepare()
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if why := sheet.Cart.Refusal("HERE"); why != nil {
			got = why.Key
		}
		if got != want {
			t.Errorf("delivered to %s: %q, want %q", postcode, got, want)
		}
	}
}

// DSC-08: a discount is for the profiles it names, the anonymous visitor being one of them.
func TestWhom_Profile(t *testing.T) {
	s := open(t)
	s.article("Mug", "10.00")
	doc := settings.Profiles{Profiles: []profile.Profile{{Code: "reseller", Kind: profile.KindPrivate, Names: name("Revendeurs"), Active: true}}}
	s.Write(func(tx tenant.Tx) error { return settings.SaveIn(tx, checkouttest.Clerk, doc, 0) })
	s.keep(discount.Rule{Name: name("Revendeurs"), Off: off("20"), Scope: whole, Profiles: []string{"reseller"}})
	s.keep(discount.Rule{Name: name("Visiteurs"), Off: off("5"), Scope: whole, Profiles: []string{""}})
	b := s.Guest("zoe@example.com")
	s.must(b.Add(s.variants["Mug"], 1))
	for code, want := range map[profile.Code]string{"": "-0.50", profile.Anonymous: "-0.50", "reseller": "-2.00", "gone": "-0.50"} {
		b.Who.Profile = code
		sheet, err := b.Prepare()
		if err != nil {
			t.Fatal(err)
		}
		if got := sheet.Cart.Priced.Totals.Discounts.Net.String(); got != want {
			t.Errorf("%q has %s, want %s", code, got, want)
		}
	}
}
