package tax

import (
	"strings"
	"sync"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
)

// places keeps what territories are called: the names of a country in every language take longer to find than a basket
// to price. Only territories that exist get in, and those are few.
var places sync.Map // territory → i18n.Text

// words have the names of the parts of countries.
var words = sync.OnceValue(i18n.Base)

// place is a territory as readers call it, for the arguments of reasons; what is no territory stays as it is.
func place(territory string) any {
	if name, ok := places.Load(territory); ok {
		return name
	}
	if !IsTerritory(territory) {
		return territory
	}
	name := make(i18n.Text, len(i18n.Shipped))
	for _, l := range i18n.Shipped {
		name[l] = placeName(l, territory)
	}
	places.Store(territory, name)
	return name
}

// placeName is what a territory is called in a language: "France", "Spain – Canary Islands".
func placeName(l i18n.Locale, territory string) string {
	country, part, ok := strings.Cut(territory, "/")
	name := address.CountryName(l, country)
	if !ok {
		return name
	}
	return name + " – " + words().T(l, address.Territory{Name: part}.Label(), nil)
}
