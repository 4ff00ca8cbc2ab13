package pricefiletest

import (
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricefile"
	"echoppe.dev/tenant/shipping"
)

var (
	scopes = []discount.Scope{
		{Of: discount.Order}, {Of: discount.Articles, Members: []string{"A", "C"}}, {Of: discount.Articles, Members: []string{"A"}},
		{Of: discount.Families, Members: []string{"clothes"}}, {Of: discount.Families, Members: []string{"shoes", "summer"}},
		{Of: discount.Families, Members: []string{"sandals"}},
	}
	apart        = []discount.Scope{{Of: discount.Order}, {Of: discount.Articles, Members: []string{"A"}}, {Of: discount.Articles, Members: []string{"B"}}}
	combinations = []discount.Combine{discount.ByGroup, discount.ByGroup, discount.ByGroup, discount.WithAll, discount.NoCoupons, discount.Alone}
	groups       = []string{"", "", "", "x", "y"}
)

// discounts are up to seven rules of all methods, and what happened before.
func (d *dice) discounts() pricefile.Discounts {
	all := pricefile.Discounts{Families: tree}
	all.Facts.Returning = d.one(2)
	for i := range d.IntN(8) {
		r := d.rule(i)
		all.Rules = append(all.Rules, r)
		if r.Limits != (discount.Limits{}) {
			if all.Facts.Uses == nil {
				all.Facts.Uses = map[string]discount.Uses{}
			}
			all.Facts.Uses[r.ID] = discount.Uses{Total: d.Int64N(4), ByCustomer: d.Int64N(3)}
		}
	}
	return all
}

func (d *dice) rule(i int) discount.Rule {
	n := strconv.Itoa(i)
	r := discount.Rule{
		ID: "rule-" + n, Name: i18n.Text{"en": "Rule " + n}, Off: d.off(), Scope: pick(d, scopes),
		Priority: d.IntN(3) - 1, CountBlocked: d.one(2), FirstOrder: d.one(6), Combine: discount.WithAll,
	}
	switch {
	case d.alike:
		r.Scope = pick(d, apart)
	case !d.steady:
		r.Combine, r.Group = pick(d, combinations), pick(d, groups)
	}
	if d.one(6) {
		r.Off = discount.Off{Kind: discount.FreeShipping}
	} else if d.one(3) {
		d.tiers(&r)
	}
	switch d.IntN(6) {
	case 0:
		r.Codes = []string{"code " + n, "alias " + n}
	case 1:
		r.Issued = true
	}
	if d.alike && r.IsCoupon() {
		r.Scope = discount.Scope{Of: discount.Order}
	}
	if !d.steady && d.one(4) {
		r.Minimum = discount.Minimum{Price: d.price(d.cents(20_000)), Before: d.one(2)}
	}
	if d.one(6) {
		r.Zones = []shipping.Zone{{Country: pick(d, []string{"FR", "EU", "US"})}}
	}
	if d.one(6) {
		r.Profiles = []string{pick(d, profiles)}
	}
	if d.one(6) {
		r.Limits = discount.Limits{Total: d.Int64N(4), PerCustomer: d.Int64N(3)}
	}
	if d.one(6) {
		r.From = noon.Add(time.Duration(d.IntN(5)-3) * time.Hour)
		r.Until = r.From.Add(3 * time.Hour)
	}
	return r
}

func (d *dice) off() discount.Off {
	if d.one(3) {
		return discount.Off{Kind: discount.Amount, Price: d.price(d.cents(5_000))}
	}
	return discount.Off{Kind: discount.Rate, Rate: d.rate()}
}

// tiers makes a rule of a scale, on value or on quantity.
func (d *dice) tiers(r *discount.Rule) {
	s := discount.Scale{By: discount.Quantity}
	first := 1 + d.Int64N(6)
	switch {
	case d.alike: // of the order
	case !d.steady && d.one(2):
		s.By, first = discount.Value, 1+d.Int64N(100)
	case r.Scope.Of == discount.Families:
		s.Per = pick(d, []discount.Basis{discount.PerOrder, discount.PerArticle, discount.PerFamily})
	default:
		s.Per = pick(d, []discount.Basis{discount.PerOrder, discount.PerArticle})
	}
	for i := range int64(2) {
		s.Tiers = append(s.Tiers, discount.Tier{From: decimal.NewFromInt(first + i*(first+1)), Off: d.off()})
	}
	r.Scale = s
	if d.one(2) {
		r.Off = discount.Off{}
	}
}

// typed are the codes a shopper types: of the rules, issued apart, spent, unknown.
func (d *dice) typed(all *pricefile.Discounts) []string {
	var codes []string
	for i := range all.Rules {
		r := &all.Rules[i]
		switch {
		case r.Issued:
			code := "ONCE" + strconv.Itoa(i)
			if all.Facts.Issued == nil {
				all.Facts.Issued, all.Facts.Spent = map[string]string{}, map[string]bool{}
			}
			all.Facts.Issued[code] = r.ID
			if d.one(4) {
				all.Facts.Spent[code] = true
			}
			codes = append(codes, code)
		case r.IsCoupon():
			codes = append(codes, r.Codes[:1+d.IntN(2)]...)
		}
	}
	if d.one(8) {
		codes = append(codes, "nobody knows")
	}
	return codes
}
