package storefront

import (
	"slices"
	"strings"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/storefront/view"
)

// autocomplete are the tokens by which browsers fill in an address (HTML, section "Autofill").
var autocomplete = map[string]string{
	address.Name: "name", address.Company: "organization", address.Line1: "address-line1", address.Line2: "address-line2",
	address.Postcode: "postal-code", address.City: "address-level2", address.Region: "address-level1", address.Phone: "tel",
}

// addressSpec says which form of an address a page shows.
type addressSpec struct {
	name    string // prefix of the fields: "delivery"
	section string // of autocomplete: "shipping"
	leave   []string
	add     []string
	// takes tells whether a country can be chosen; nil for every country. The one that is chosen stays,
	// with what is wrong with it.
	takes func(country string) bool
}

// addressForm is the fields of an address, as its country writes them.
func (v *visit) addressForm(spec addressSpec, a address.Address, wrong map[string]string) *view.AddressForm {
	format := address.FormatOf(a.Country)
	field := func(name string) string { return spec.name + "." + name }
	out := &view.AddressForm{Name: spec.name,
		Country: view.Input{Name: field(address.CountryOf), Value: a.Country, Error: wrong[field(address.CountryOf)]}}
	for _, country := range address.Countries(v.locale()) {
		if spec.takes != nil && country.Code != a.Country && !spec.takes(country.Code) {
			continue
		}
		out.Choices = append(out.Choices, view.Choice{Value: country.Code, Label: country.Name, Selected: country.Code == a.Country})
	}
	for _, name := range append(format.Fields(), spec.add...) {
		if slices.Contains(spec.leave, name) {
			continue
		}
		one := view.AddressField{
			Key: addressKey(format, name), Required: format.Requires(name), Kind: "text",
			Input: view.Input{Name: field(name), Value: a.Get(name), Error: wrong[field(name)]},
			Half:  name == address.Postcode || name == address.City,
		}
		if token := autocomplete[name]; token != "" {
			one.Autocomplete = spec.section + " " + token
		}
		if name == address.Phone {
			one.Kind = "tel"
		}
		if name == address.Region && len(format.Regions) > 0 {
			one.Kind = "select"
			for _, r := range format.Regions {
				one.Choices = append(one.Choices, view.Choice{Value: r.Code, Label: r.Name, Selected: r.Code == a.Region})
			}
		}
		out.Fields = append(out.Fields, one)
	}
	return out
}

// addressKey is the theme's word for a field in a country.
func addressKey(f address.Format, name string) string {
	if name == address.Postcode && f.Country == "US" {
		return "zip"
	}
	return strings.TrimPrefix(f.Label(name), "address.label.")
}

// readAddress reads an address from the fields of a form, by their names without the prefix.
func readAddress(f map[string]string) address.Address {
	return address.Address{
		Name: f[address.Name], Company: f[address.Company], Line1: f[address.Line1], Line2: f[address.Line2],
		Postcode: f[address.Postcode], City: f[address.City], Region: f[address.Region], Country: f[address.CountryOf],
		Phone: f[address.Phone], VATNumber: f[address.VATNumber],
	}
}

// blank tells that nothing was typed; the country is always there.
func blank(a address.Address) bool {
	a.Country = ""
	return a.IsZero()
}
