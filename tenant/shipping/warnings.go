package shipping

import (
	"slices"
	"strings"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant/pricing"
)

// Warnings tell of what is allowed and odd: values that fall where they should rise, parcels the table
// has no row for, zones that add nothing, a mode that reaches nobody.
func (t *Tariff) Warnings() []pricing.Reason {
	var all []pricing.Reason
	if w, ok := t.formula.(Warner); ok {
		for _, why := range w.Warnings() {
			all = append(all, t.measured(why))
		}
	}
	if f, ok := t.formula.(weightScale); ok && f.beyond == beyondNone && len(f.bands) > 0 {
		if last := f.bands[len(f.bands)-1].upTo; t.MaxParcel.GreaterThan(last) {
			all = append(all, pricing.Because("shipping.warning.parcel_gap", pricing.Args{"up_to": t.inUnit(last), "max": t.inUnit(t.MaxParcel)}))
		}
	}
	all = append(all, t.zoneWarnings()...)
	if t.Insurance.Compulsory && t.Insurance.Rate.IsZero() {
		all = append(all, pricing.Because("shipping.warning.no_rate", nil))
	}
	return all
}

// zoneWarnings tell of zones that hold nothing, and of zones another one holds as a whole.
func (t *Tariff) zoneWarnings() []pricing.Reason {
	var all []pricing.Reason
	empty := 0
	for i, z := range t.Zones {
		if z.empty() {
			empty++
			all = append(all, pricing.Because("shipping.warning.zone_empty", pricing.Args{"n": i + 1}))
			continue
		}
		for j, other := range t.Zones {
			// Of two that are the same, the later one is told.
			if i != j && other.covers(z) && (!z.covers(other) || i > j) {
				all = append(all, pricing.Because("shipping.warning.zone_covered", pricing.Args{"n": i + 1, "by": j + 1}))
				break
			}
		}
	}
	if empty > 0 && empty == len(t.Zones) {
		all = append(all, pricing.Because("shipping.warning.unreachable", nil))
	}
	return all
}

// empty reports that every postcode of the zone is excepted from it again.
func (z Zone) empty() bool {
	if len(z.Postcodes) == 0 {
		return slices.ContainsFunc(z.Except, func(e string) bool { return bare(e) == "*" })
	}
	for _, p := range z.Postcodes {
		if !slices.ContainsFunc(z.Except, func(e string) bool { return includes(e, p) }) {
			return false
		}
	}
	return true
}

// covers reports that every address of another zone is in this one. It may say no although it is so,
// never the reverse.
func (z Zone) covers(other Zone) bool {
	switch {
	case z.Country == Everywhere, z.Country == other.Country:
	case z.Country == Union && other.Country != Everywhere && address.EU(other.Country):
	default:
		return false
	}
	for _, r := range other.Regions {
		if len(z.Regions) > 0 && !slices.Contains(z.Regions, r) {
			return false
		}
	}
	if len(z.Regions) > 0 && len(other.Regions) == 0 || len(z.Postcodes) > 0 && len(other.Postcodes) == 0 {
		return false
	}
	for _, p := range other.Postcodes {
		if len(z.Postcodes) > 0 && !slices.ContainsFunc(z.Postcodes, func(q string) bool { return includes(q, p) }) {
			return false
		}
	}
	for _, e := range z.Except {
		excepted := slices.ContainsFunc(other.Except, func(o string) bool { return includes(o, e) })
		apart := len(other.Postcodes) > 0 && !slices.ContainsFunc(other.Postcodes, func(p string) bool { return meets(p, e) })
		if !excepted && !apart {
			return false
		}
	}
	return true
}

// includes reports that every code of one pattern is one of the other's.
func includes(outer, inner string) bool {
	if from, to, ok := strings.Cut(inner, ".."); ok {
		return matches(outer, bare(from)) && matches(outer, bare(to))
	}
	inner = bare(inner)
	if prefix, ok := strings.CutSuffix(inner, "*"); ok {
		wide, isPrefix := strings.CutSuffix(bare(outer), "*")
		return isPrefix && strings.HasPrefix(prefix, wide)
	}
	return matches(outer, inner)
}

// meets reports that two patterns may have a code in common.
func meets(a, b string) bool {
	if strings.Contains(a, "..") || strings.Contains(b, "..") {
		return includes(a, b) || includes(b, a) || rangesMeet(a, b)
	}
	p, aWide := strings.CutSuffix(bare(a), "*")
	q, bWide := strings.CutSuffix(bare(b), "*")
	switch {
	case aWide && bWide:
		return strings.HasPrefix(p, q) || strings.HasPrefix(q, p)
	case aWide:
		return strings.HasPrefix(q, p)
	case bWide:
		return strings.HasPrefix(p, q)
	}
	return p == q
}

// rangesMeet compares a range with another pattern by the beginning both have; when in doubt they meet.
func rangesMeet(a, b string) bool {
	lowA, highA := bounds(a)
	lowB, highB := bounds(b)
	n := min(len(lowA), len(highA), len(lowB), len(highB))
	return lowA[:n] <= highB[:n] && lowB[:n] <= highA[:n]
}

func bounds(p string) (low, high string) {
	if from, to, ok := strings.Cut(p, ".."); ok {
		return bare(from), bare(to)
	}
	code := strings.TrimSuffix(bare(p), "*")
	return code, code
}
