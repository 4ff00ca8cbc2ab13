package address

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"echoppe.dev/platform/kit/fault"
)

// The keys of what can be wrong with an address, besides form.required and
// form.too_long.
const (
	KeyPostcode  = "address.postcode" // example, country (a code)
	KeyRegion    = "address.region_unknown"
	KeyCountry   = "address.country_unknown"
	KeyVATNumber = "address.vat_number" // country (a code)
	KeyPhone     = "form.phone"
	KeyText      = "form.text"
	keyRequired  = "form.required"
	keyTooLong   = "form.too_long" // max
)

// Check says whether the address, once cleaned, could be on an envelope of its
// country. It returns a fault of kind Malformed with every field that is wrong, or
// nil. Store what Clean returns, since that is what was checked.
func Check(a Address) error {
	a = a.Clean()
	f := FormatOf(a.Country)
	var wrong []fault.Field
	refuse := func(name, key string, args fault.Args) {
		wrong = append(wrong, fault.Field{Name: name, Key: key, Args: args})
	}
	for _, l := range limits {
		v := a.Get(l.name)
		switch {
		case v == "" && f.Requires(l.name):
			refuse(l.name, keyRequired, nil)
		case utf8.RuneCountInString(v) > l.max:
			refuse(l.name, keyTooLong, fault.Args{"max": l.max})
		case !utf8.ValidString(v) || strings.ContainsFunc(v, unicode.IsControl):
			refuse(l.name, KeyText, nil)
		default:
			if key, args := f.refusal(a, l.name, v); key != "" {
				refuse(l.name, key, args)
			}
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return fault.Invalid(wrong...)
}

// refusal is what is wrong with the shape of one field, "" when nothing is.
func (f Format) refusal(a Address, name, v string) (string, fault.Args) {
	if v == "" {
		return "", nil
	}
	switch name {
	case CountryOf:
		if !IsCountry(v) {
			return KeyCountry, nil
		}
	case Postcode:
		if _, ok := f.postcode(v); !ok {
			return KeyPostcode, fault.Args{"example": f.Example, "country": a.Country}
		}
	case Region:
		if _, ok := f.region(v); !ok {
			return KeyRegion, nil
		}
	case Phone:
		if !Dialable(v) {
			return KeyPhone, nil
		}
	case VATNumber:
		if !CheckVATNumber(v) {
			return KeyVATNumber, fault.Args{"country": a.Country}
		}
	}
	return "", nil
}
