package products

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
)

// prices reads the rules the article is to have: those of the form, and those the form had no room for.
func (r *reader) prices(p *catalog.Product, stored []pricelist.Rule) {
	before := live(stored)
	var wanted []pricelist.Rule
	for i, f := range r.sheet.Prices {
		if f.Drop || f.empty() {
			continue
		}
		wanted = append(wanted, r.price("prices."+strconv.Itoa(i)+".", f, p.Variants, before))
		r.priceRows = append(r.priceRows, i)
	}
	if len(before) > maxPriceRows {
		wanted = append(wanted, before[maxPriceRows:]...)
	}
	p.Prices = wanted
}

// price reads one row. at is what the names of its fields begin with.
func (r *reader) price(at string, f priceRow, own []catalog.Variant, before []pricelist.Rule) pricelist.Rule {
	rule := pricelist.Rule{
		Profile: profile.Code(f.Profile), Currency: f.Currency, Marginal: f.Marginal, Together: f.Basis == basisArticle,
		Price: r.optional(at+"price", f.Price), CompareAt: r.optional(at+"compare_at", f.CompareAt),
		Tiers: r.tiers(at+"tiers", f.Tiers),
	}
	var was pricelist.Rule
	if which, err := id.Parse[pricelist.Rule](f.ID); err == nil {
		if i := slices.IndexFunc(before, func(b pricelist.Rule) bool { return b.ID == which }); i >= 0 {
			was, rule.ID = before[i], which
		}
	}
	zone := r.set.Rules().Zone
	rule.From = r.minute(at+"from", f.From, 0, was.From, zone)
	rule.Until = r.minute(at+"until", f.Until, time.Minute, was.Until, zone)
	rule.Variant = r.variantOf(at+"for", f.For, own, was.Variant)
	if r.unknownProfile(f.Profile, was.Profile) {
		r.Refuse(at+"profile", form.KeyChoice, nil)
	}
	if r.unknownCurrency(f.Currency, was.Currency) {
		r.Refuse(at+"currency", form.KeyChoice, nil)
	}
	return rule
}

// variantOf finds the variant of an SKU.
func (r *reader) variantOf(name, sku string, own []catalog.Variant, was catalog.VariantID) catalog.VariantID {
	sku = strings.TrimSpace(sku)
	if sku == "" {
		return catalog.VariantID{}
	}
	for i := range own {
		if strings.EqualFold(own[i].SKU, sku) {
			return own[i].ID
		}
	}
	if !was.IsZero() && was.String() == sku {
		return was
	}
	r.Refuse(name, "products.prices.no_sku", fault.Args{"sku": sku})
	return catalog.VariantID{}
}

// minute reads a moment where the shop is; after is added to what is typed. A moment that was not touched
// keeps its seconds.
func (r *reader) minute(name, text string, after time.Duration, was *time.Time, zone *time.Location) *time.Time {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	if was != nil && text == minuteOf(was, -min(after, time.Nanosecond), zone) {
		return was
	}
	t, err := time.ParseInLocation(minuteForm, text, zone)
	if err != nil || t.Year() < 1000 {
		r.Refuse(name, form.KeyDate, nil)
		return nil
	}
	t = t.Add(after).UTC()
	return &t
}

func (r *reader) unknownProfile(code string, was profile.Code) bool {
	return code != "" && profile.Code(code) != was &&
		!slices.ContainsFunc(r.set.Profiles.Profiles, func(p profile.Profile) bool { return p.Kind != profile.KindAnonymous && string(p.Code) == code })
}

func (r *reader) unknownCurrency(code, was string) bool {
	if code == "" || code == was {
		return false
	}
	for _, d := range r.set.Currencies.Display {
		if d.Code == code {
			return false
		}
	}
	return true
}

// tiers reads the quantity prices of a rule: entries "10: 9,00", on lines of their own or with ; between. What
// cannot be read is refused with the number of its line.
func (r *reader) tiers(name, text string) []pricelist.Tier {
	var list []pricelist.Tier
	n := 0
	for part := range strings.FieldsFuncSeq(text, func(c rune) bool { return c == '\n' || c == '\r' || c == ';' }) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		n++
		from, price, ok := readTier(r.locale, part)
		if !ok {
			r.Refuse(name, "products.prices.tier_form", fault.Args{"n": n, "example": "10: " + i18n.FormatInput(r.locale, decimal.New(9, 0), leastDigits)})
			return nil
		}
		list = append(list, pricelist.Tier{From: from, Price: price})
	}
	return list
}

// tooMany is more than any quantity.
var tooMany = decimal.New(1, 15)

func readTier(l i18n.Locale, text string) (from int64, price decimal.Decimal, ok bool) {
	quantity, rest, cut := strings.Cut(text, ":")
	if !cut {
		quantity, rest, cut = strings.Cut(text, "=")
	}
	if !cut {
		return 0, price, false
	}
	n, err := i18n.ParseDecimal(l, strings.TrimSpace(quantity))
	if err != nil {
		return 0, price, false
	}
	if n.IsInteger() && n.LessThan(tooMany) { // else a number and no quantity, as "1.5": refused as such
		from = n.IntPart()
	}
	price, err = i18n.ParseDecimal(l, strings.TrimSpace(rest))
	return from, price, err == nil
}

// priceNames gives what the price list refuses the names of the form's fields: rows that were left out do not
// count there, and the tiers of a row are one field.
func (r *reader) priceNames(err error) error {
	fields := slices.Clone(fault.FieldsOf(err))
	for i := range fields {
		parts := strings.Split(fields[i].Name, ".")
		if len(parts) < 3 || parts[0] != "prices" {
			continue
		}
		at, no := strconv.Atoi(parts[1])
		if no != nil || at >= len(r.priceRows) {
			continue
		}
		parts[1] = strconv.Itoa(r.priceRows[at])
		if len(parts) == 5 && parts[2] == "tiers" {
			fields[i] = tierField(fields[i], parts)
			continue
		}
		fields[i].Name = strings.Join(parts, ".")
	}
	if len(fields) == 0 {
		return err
	}
	return fault.Invalid(fields...)
}

// tierField says which line of the quantity prices is wrong, and why.
func tierField(f fault.Field, parts []string) fault.Field {
	n, err := strconv.Atoi(parts[3])
	if err != nil {
		return f
	}
	f.Name = strings.Join(parts[:3], ".")
	switch {
	case parts[4] == "price":
		f.Key, f.Args = "products.prices.tier_price", fault.Args{"n": n + 1, "max": money.MaxPlaces}
	case f.Key == "pricelist.error.rising":
		f.Key, f.Args = "products.prices.tier_rising", fault.Args{"n": n + 1}
	default:
		f.Key, f.Args = "products.prices.tier_from", fault.Args{"n": n + 1, "min": 2, "max": pricing.MaxQty}
	}
	return f
}
