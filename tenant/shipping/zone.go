package shipping

import (
	"slices"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/pricing"
)

// What a zone may name in place of a country.
const (
	Everywhere = "*"
	Union      = "EU" // the member states, places outside their VAT included
)

// Zone is a set of places: a country, or a part of one.
//
// A postcode pattern is a code ("75001"), a beginning ("20*") or a range of codes
// of the same length ("75001..75020"). Spaces, hyphens and case do not count.
type Zone struct {
	Country   string   `json:"country"` // ISO 3166-1, Everywhere or Union
	Regions   []string `json:"regions,omitempty"`
	Postcodes []string `json:"postcodes,omitempty"`
	Except    []string `json:"except,omitempty"` // postcode patterns
}

// Holds reports whether a destination is in the zone. A zone with postcodes does
// not hold an address without one.
func (z Zone) Holds(to pricing.Destination) bool {
	switch z.Country {
	case Everywhere:
	case Union:
		if !address.EU(to.Country) {
			return false
		}
	default:
		if z.Country != to.Country {
			return false
		}
	}
	code := bare(to.Postcode)
	return (len(z.Regions) == 0 || z.hasRegion(to.Region)) &&
		(len(z.Postcodes) == 0 || matchesAny(z.Postcodes, code)) &&
		!matchesAny(z.Except, code)
}

// MayHold is Holds for an address that is still being typed: a postcode or region that its country asks for and
// that is not there yet may turn out to fit.
func (z Zone) MayHold(to pricing.Destination) bool {
	asked := address.FormatOf(to.Country)
	if to.Postcode == "" && asked.Requires(address.Postcode) {
		z.Postcodes = nil
	}
	if to.Region == "" && asked.Requires(address.Region) {
		z.Regions = nil
	}
	return z.Holds(to)
}

// CheckZones refuses zones in the fields "<prefix>zones.<i>.country", ".postcodes.<j>", ".except.<j>" and
// ".regions.<j>": countries, patterns and regions there are none of, and more zones than anybody needs.
func CheckZones(c *form.Checker, prefix string, zones []Zone) {
	if len(zones) > maxRows {
		c.Refuse(prefix+"zones", form.KeyTooMany, fault.Args{"max": strconv.Itoa(maxRows)})
	}
	for i, z := range zones {
		at := prefix + "zones." + strconv.Itoa(i) + "."
		z.check(c, at)
		z.checkRegions(c, at)
	}
}

// Countries are those that addresses in the zones are in; nil when they can be anywhere.
func Countries(zones []Zone) []string {
	var list []string
	for _, z := range zones {
		switch z.Country {
		case Everywhere:
			return nil
		case Union:
			list = append(list, address.Union()...)
		default:
			list = append(list, z.Country)
		}
	}
	return list
}

// check refuses patterns that match nothing.
func (z Zone) check(c *form.Checker, prefix string) {
	c.Required(prefix+"country", z.Country)
	if z.Country != "" && z.Country != Everywhere && z.Country != Union && !address.IsCountry(z.Country) {
		c.Refuse(prefix+"country", form.KeyCountry, nil)
	}
	for _, list := range []struct {
		name     string
		patterns []string
	}{{"postcodes", z.Postcodes}, {"except", z.Except}} {
		for i, p := range list.patterns {
			if !isPattern(p) {
				c.Refuse(prefix+list.name+"."+strconv.Itoa(i), "shipping.error.postcode_pattern", nil)
			}
		}
	}
}

func (z Zone) hasRegion(region string) bool {
	code, _ := Region(z.Country, region)
	return slices.ContainsFunc(z.Regions, func(r string) bool {
		one, _ := Region(z.Country, r)
		return strings.EqualFold(one, code)
	})
}

// checkRegions refuses regions the country does not have. A mode that was stored with one still opens.
func (z Zone) checkRegions(c *form.Checker, prefix string) {
	for i, r := range z.Regions {
		if _, known := Region(z.Country, r); !known {
			c.Refuse(prefix+"regions."+strconv.Itoa(i), address.KeyRegion, nil)
		}
	}
}

// Region is the code of a region of a country, by its code ("PM", "ES-PM") or its name in any case; what a
// country whose regions are not known calls so is taken as it is. False for a region the country does
// not have.
func Region(country, text string) (string, bool) {
	text = strings.TrimPrefix(text, country+"-")
	regions := address.FormatOf(country).Regions
	if len(regions) == 0 {
		return text, true
	}
	for _, r := range regions {
		if strings.EqualFold(r.Code, text) || strings.EqualFold(r.Name, text) {
			return r.Code, true
		}
	}
	return text, false
}

func isPattern(p string) bool {
	if from, to, ok := strings.Cut(p, ".."); ok {
		from, to = bare(from), bare(to)
		return isCode(from) && isCode(to) && len(from) == len(to) && from <= to
	}
	return isCode(strings.TrimSuffix(bare(p), "*"))
}

func isCode(s string) bool {
	return s != "" && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

func matchesAny(patterns []string, code string) bool {
	return code != "" && slices.ContainsFunc(patterns, func(p string) bool { return matches(p, code) })
}

func matches(pattern, code string) bool {
	if from, to, ok := strings.Cut(pattern, ".."); ok {
		from, to = bare(from), bare(to)
		return len(code) == len(from) && from <= code && code <= to
	}
	pattern = bare(pattern)
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(code, prefix)
	}
	return pattern == code
}

// bare is a postcode without what people write differently.
func bare(code string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, strings.ToUpper(code))
}
