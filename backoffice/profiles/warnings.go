package profiles

import (
	"slices"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/shipping"
)

// warnings are what keeps the customers of a profile from buying, or from having it, in words. What is
// wrong with the whole shop, which nobody can pay or have sent, is not the profile's doing and not said.
func warnings(v *desk.Visit, k *known, p *profile.Profile) []string {
	var list []string
	add := func(key string, args ...ui.Args) { list = append(list, v.T("profiles.warn."+key, args...)) }
	if (len(p.Payments) > 0 || len(p.BillTo) > 0) && !k.paid(p) {
		add("pay")
	}
	if modes := k.carriers(p); len(p.Carriages) > 0 && len(modes) == 0 {
		add("ship")
	} else if left := k.unserved(p, modes); len(left) > 0 && len(left) == len(expanded(p.SendTo)) {
		add("nowhere")
	} else if len(left) > 0 {
		add("unserved", ui.Args{"countries": places(v, left)})
	}
	if p.Kind == profile.KindPrivate && p.Active && p.CodeHash == "" && k.customers[p.Code] == 0 {
		add("nobody")
	}
	if n := k.customers[p.Code]; !p.Active && n > 0 {
		add("off", ui.Args{"n": n})
	}
	if only := k.book.Public(); k.book.Asks() != profile.Never && len(only) == 1 && only[0].Code == p.Code {
		add("only")
	}
	return list
}

// paid tells that there is a way to pay the profile can use in at least one of its countries.
func (k *known) paid(p *profile.Profile) bool {
	for _, m := range k.payments {
		if !m.Active || !p.Pays(m.ID.String()) {
			continue
		}
		if countries := shipping.Countries(m.Scope.Zones); len(countries) == 0 || slices.ContainsFunc(countries, p.Bills) {
			return true
		}
	}
	return false
}

// carriers are the modes of delivery the profile can use.
func (k *known) carriers(p *profile.Profile) []shipping.Stored {
	return slices.DeleteFunc(slices.Clone(k.carriages), func(m shipping.Stored) bool { return !m.Active || !p.Receives(m.ID) })
}

// unserved are the countries of the profile that no mode goes to, by their zones' countries alone: a mode
// may leave out a postcode all the same.
func (k *known) unserved(p *profile.Profile, modes []shipping.Stored) []string {
	if len(p.Carriages) == 0 && len(modes) == 0 {
		return nil // nothing is sent by anything, to anybody
	}
	return slices.DeleteFunc(expanded(p.SendTo), func(country string) bool {
		return slices.ContainsFunc(modes, func(m shipping.Stored) bool { return goes(m, country) })
	})
}

func goes(m shipping.Stored, country string) bool {
	return len(m.Zones) == 0 || slices.ContainsFunc(m.Zones, func(z shipping.Zone) bool {
		return z.Country == shipping.Everywhere || z.Country == country || z.Country == shipping.Union && address.EU(country)
	})
}

// expanded are countries with the Union's members in its place.
func expanded(codes []string) []string {
	var list []string
	for _, code := range codes {
		more := []string{code}
		if code == profile.Union {
			more = address.Union()
		}
		for _, country := range more {
			if !slices.Contains(list, country) {
				list = append(list, country)
			}
		}
	}
	return list
}
