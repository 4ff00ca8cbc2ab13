package address

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"echoppe.dev/platform/kit/i18n"
)

// Address is where somebody lives or wants a parcel. It is comparable.
type Address struct {
	Name      string `json:"name"`
	Company   string `json:"company,omitempty"`
	Line1     string `json:"line1"`
	Line2     string `json:"line2,omitempty"`
	Postcode  string `json:"postcode,omitempty"`
	City      string `json:"city"`
	Region    string `json:"region,omitempty"`
	Country   string `json:"country"`
	Phone     string `json:"phone,omitempty"`
	VATNumber string `json:"vat_number,omitempty"`
}

// The names of the fields, as in JSON and in errors.
const (
	Name      = "name"
	Company   = "company"
	Line1     = "line1"
	Line2     = "line2"
	Postcode  = "postcode"
	City      = "city"
	Region    = "region"
	CountryOf = "country"
	Phone     = "phone"
	VATNumber = "vat_number"
)

// limits bounds each field, in characters. 35 per line is what carriers print, but
// people's streets are longer; the carrier's module decides how to cut.
var limits = []struct {
	name string
	max  int
}{
	{Name, 100}, {Company, 100}, {Line1, 150}, {Line2, 150}, {Postcode, 12},
	{City, 100}, {Region, 60}, {CountryOf, 2}, {Phone, 30}, {VATNumber, 20},
}

// field is the field of that name, to read and to write.
func (a *Address) field(name string) *string {
	switch name {
	case Name:
		return &a.Name
	case Company:
		return &a.Company
	case Line1:
		return &a.Line1
	case Line2:
		return &a.Line2
	case Postcode:
		return &a.Postcode
	case City:
		return &a.City
	case Region:
		return &a.Region
	case CountryOf:
		return &a.Country
	case Phone:
		return &a.Phone
	case VATNumber:
		return &a.VATNumber
	default:
		panic("address: no field " + name)
	}
}

// Get is the field of that name, one of the constants above.
func (a Address) Get(name string) string { return *a.field(name) }

// IsZero reports that nothing was filled in.
func (a Address) IsZero() bool { return a == Address{} }

// maxDirty is how much of a field is looked at: more is refused by Check anyway.
const maxDirty = 1000

// Clean is the address in its canonical spelling: spaces trimmed, postcode, country,
// region and VAT number in capitals and in the notation of the country. What cannot
// be understood stays as it was typed, for Check to refuse.
func (a Address) Clean() Address {
	for _, l := range limits {
		p := a.field(l.name)
		if len(*p) <= maxDirty {
			*p = norm.NFC.String(strings.Join(strings.Fields(*p), " "))
		}
	}
	a.Country = strings.ToUpper(a.Country)
	f := FormatOf(a.Country)
	if p, ok := f.postcode(a.Postcode); ok {
		a.Postcode = p
	}
	if code, ok := f.region(a.Region); ok {
		a.Region = code
	}
	a.VATNumber = CleanVATNumber(a.VATNumber)
	return a
}

// Lines writes the address as an envelope from abroad shows it: in the order of
// its country, empty lines left out, the name of the country last, in the language
// of l. Phone and VAT number are not part of it.
func (a Address) Lines(l i18n.Locale) []string {
	a = a.Clean()
	var lines []string
	f := FormatOf(a.Country)
	if f.spelled {
		if a.Region = f.regionName(a.Region); a.Region == a.City {
			a.Region = ""
		}
	}
	for _, fields := range f.Order {
		var parts []string
		for _, name := range fields {
			if v := a.Get(name); v != "" {
				parts = append(parts, v)
			}
		}
		if len(parts) > 0 {
			lines = append(lines, strings.Join(parts, " "))
		}
	}
	if a.Country != "" {
		lines = append(lines, CountryName(l, a.Country))
	}
	return lines
}

// Lines is a.Lines(l), in the form of the package's other questions.
func Lines(a Address, l i18n.Locale) []string { return a.Lines(l) }

// Label is the message key of what a field is called in this country.
func (f Format) Label(field string) string {
	if field == Region && f.RegionLabel != "" {
		return f.RegionLabel
	}
	return "address.label." + field
}

// Fields lists the fields a form for this country shows, in their order, the
// optional ones included.
func (f Format) Fields() []string {
	fields := slices.Concat(f.Order...)
	return append(fields, Phone)
}
