package profile

import (
	"slices"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/pricing"
)

// Code names a profile in customers, carts, orders, rules and addresses. It never changes.
type Code string

// Anonymous is the code of the profile of whoever has no other (PROF-08).
const Anonymous Code = "anonymous"

// Union stands in a list of countries for the member states of the European Union, as in shipping zones.
const Union = "EU"

// Kind says how somebody comes to a profile.
type Kind string

// The kinds.
const (
	KindAnonymous Kind = "anonymous"
	KindPublic    Kind = "public"
	KindPrivate   Kind = "private"
)

// Profile is a category of customers. Shared between requests: never alter it.
type Profile struct {
	Code   Code      `json:"code"`
	Kind   Kind      `json:"kind"`
	Names  i18n.Text `json:"names"`
	Texts  i18n.Text `json:"texts"` // a line under the name where a visitor chooses
	Active bool      `json:"active"`

	// Goods and Shipping are the sides prices are shown on, "" as in the whole shop (PROF-03, PROF-04).
	Goods    pricing.Side `json:"goods,omitempty"`
	Shipping pricing.Side `json:"shipping,omitempty"`

	Payments  []string `json:"payments,omitempty"`  // ids of payment modes, none for all
	Carriages []string `json:"carriages,omitempty"` // ids of shipping modes, none for all
	BillTo    []string `json:"bill_to,omitempty"`   // countries, or Union; none for all
	SendTo    []string `json:"send_to,omitempty"`   // likewise

	Minimum Minimum `json:"minimum"`

	// Quotes lets the profile ask for a quote instead of ordering (PROF-05, QUO-01).
	Quotes bool `json:"quotes,omitempty"`

	// CodeHash seals the code that opens a private profile without an account; "" where the merchant
	// allows none (PROF-10).
	CodeHash string `json:"code_hash,omitempty"`
}

// View is the sides on which this profile sees amounts, in a shop that shows shop.
func (p *Profile) View(shop pricing.View) pricing.View {
	if p.Goods != "" {
		shop.Goods = p.Goods
	}
	if p.Shipping != "" {
		shop.Shipping = p.Shipping
	}
	return shop
}

// Pays tells whether the profile may use a payment mode.
func (p *Profile) Pays(mode string) bool { return allowed(p.Payments, mode) }

// Receives tells whether the profile may have its goods sent by a shipping mode.
func (p *Profile) Receives(mode string) bool { return allowed(p.Carriages, mode) }

// Bills tells whether a bill of this profile may go to a country.
func (p *Profile) Bills(country string) bool { return inside(p.BillTo, country) }

// Sends tells whether a parcel of this profile may go to a country.
func (p *Profile) Sends(country string) bool { return inside(p.SendTo, country) }

// Propose is the country to begin with in an address that takes these countries: want if it is among them, else the
// first one of the profile's own that is; want when there is none.
func (p *Profile) Propose(want string, takes func(country string) bool) string {
	list := []string{want}
	for _, country := range slices.Concat(p.SendTo, p.BillTo) {
		if country == Union {
			list = append(list, address.Union()...)
		} else {
			list = append(list, country)
		}
	}
	if i := slices.IndexFunc(list, takes); i >= 0 {
		return list[i]
	}
	return want
}

// Priced is the code as the price kernel knows it: "" for the anonymous profile.
func (p *Profile) Priced() string {
	if p.Kind == KindAnonymous {
		return ""
	}
	return string(p.Code)
}

func allowed(list []string, id string) bool { return len(list) == 0 || slices.Contains(list, id) }

func inside(list []string, country string) bool {
	return len(list) == 0 || slices.Contains(list, country) ||
		slices.Contains(list, Union) && address.EU(country)
}
