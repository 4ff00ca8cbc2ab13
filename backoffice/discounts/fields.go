package discounts

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/backoffice/desk/zones"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/promotion"
)

// values is a rule as its form shows it.
func (k *known) values(l i18n.Locale, s *promotion.Stored) url.Values {
	r, out := &s.Rule, url.Values{}
	sheet.PutText(out, "name", r.Name)
	out["active"] = sheet.Yes(s.Active)
	out.Set("kind", string(r.Off.Kind))
	if r.Ships() {
		out.Set("kind", string(discount.FreeShipping))
	}
	out.Set("rate", sheet.Number(l, r.Off.Rate.Percent()))
	out.Set("amount", sheet.Number(l, r.Off.Price.Amount.Decimal()))
	out["gross"] = sheet.Yes(k.gross(r))
	out.Set("by", string(r.Scale.By))
	out.Set("per", string(r.Scale.Per))
	for i, t := range r.Scale.Tiers {
		putTier(out, i, sheet.Number(l, t.From), sheet.Number(l, t.Off.Rate.Percent()), sheet.Number(l, t.Off.Price.Amount.Decimal()))
	}
	out.Set("of", string(r.Scope.Of))
	switch r.Scope.Of {
	case discount.Families:
		out["families"] = r.Scope.Members
	case discount.Articles:
		out.Set("articles", k.articles(r.Scope.Members))
	case discount.Order:
	}
	out.Set("codes", strings.Join(r.Codes, "\n"))
	out["issued"] = sheet.Yes(r.Issued)
	out.Set("from", day(r.From))
	if !r.Until.IsZero() {
		out.Set("until", day(r.Until.Add(-time.Nanosecond)))
	}
	for _, code := range r.Profiles {
		if code == "" {
			code = string(profile.Anonymous)
		}
		out.Add("profiles", code)
	}
	zones.Put(out, zoneTable, r.Zones)
	out.Set("minimum", sheet.Number(l, r.Minimum.Amount.Decimal()))
	out["minimum_gross"] = sheet.Yes(r.Minimum.IncludesTax || r.Minimum == (discount.Minimum{}) && k.settings.Tax.ShowGross)
	out["minimum_before"] = sheet.Yes(r.Minimum.Before)
	out["first_order"] = sheet.Yes(r.FirstOrder)
	out["count_blocked"] = sheet.Yes(r.CountBlocked)
	out.Set("limit_total", whole(r.Limits.Total))
	out.Set("limit_customer", whole(r.Limits.PerCustomer))
	out.Set("combine", string(r.Combine))
	out.Set("group", r.Group)
	out.Set("priority", strconv.Itoa(r.Priority))
	return out
}

// gross tells on which side the amounts of a rule are, and for one without any on which side shoppers of
// this shop see prices.
func (k *known) gross(r *discount.Rule) bool {
	if r.Off.Kind == discount.Amount {
		return r.Off.Price.IncludesTax
	}
	for _, t := range r.Scale.Tiers {
		if t.Off.Kind == discount.Amount {
			return t.Off.Price.IncludesTax
		}
	}
	return k.settings.Tax.ShowGross
}

// articles lists articles by their keys, one a line; one that is gone by its id.
func (k *known) articles(ids []string) string {
	lines := make([]string, len(ids))
	for i, which := range ids {
		if lines[i] = k.keys[which]; lines[i] == "" {
			lines[i] = which
		}
	}
	return strings.Join(lines, "\n")
}

// The tables of the form.
const (
	tierTable = "tiers"
	zoneTable = "zones"
)

func putTier(out url.Values, row int, from, rate, amount string) {
	sheet.PutRow(out, tierTable, row, map[string]string{"from": from, "rate": rate, "amount": amount})
}

func whole(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// day is a day for a date field, in the zone of the instant.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// refused gives the refused fields of a rule the names they have in its form.
func refused(err error, r *discount.Rule, main i18n.Locale) error {
	fields := fault.FieldsOf(err)
	if len(fields) == 0 {
		return err
	}
	for i, f := range fields {
		fields[i].Name = field(f.Name, r, main)
	}
	return fault.Invalid(fields...)
}

// field is where the form asks for a field of a rule.
func field(name string, r *discount.Rule, main i18n.Locale) string {
	part := strings.Split(name, ".")
	switch part[0] {
	case "name":
		if len(part) == 1 {
			return "name." + string(main)
		}
	case "off":
		return offField(part[1:])
	case "scale":
		if len(part) > 3 { // scale.tiers.1.from, scale.tiers.1.off.rate
			row := "tiers." + part[2] + "."
			if part[3] == "from" {
				return row + "from"
			}
			if column := offField(part[4:]); column != "kind" {
				return row + column
			}
			return row + "rate"
		}
		return part[1]
	case "scope":
		if part[1] == "of" {
			return "of"
		}
		if r.Scope.Of == discount.Articles {
			return "articles"
		}
		return "families"
	case "zones":
		return zones.Field(zoneTable, name)
	case "limits":
		return map[string]string{"total": "limit_total", "per_customer": "limit_customer"}[part[1]]
	case "minimum", "codes", "profiles":
		return part[0]
	}
	return name
}

// offField is the field of what is taken off.
func offField(part []string) string {
	switch {
	case len(part) == 0:
		return "kind"
	case part[0] == "price":
		return "amount"
	}
	return part[0]
}
