package pricelist

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/profile"
)

// Ask is a question for prices: as which customer, shown in which currency at which rates, and when.
type Ask struct {
	Profile  profile.Code
	Currency money.Currency // the zero value is the management currency
	Rates    currency.Rates
	At       time.Time
}

// Offer is the price of a variant in the management currency; CompareAt is what may be crossed out beside it
// ([Crossed]). Whoever takes something off the price himself has to look at what was Asked. Prices in a currency
// that has no rate (any more) are passed over.
func (a Ask) Offer(rules []Rule, own Own) Offer {
	b := Buyer{Profile: a.Profile}
	var rate currency.Rate
	if !a.Currency.IsZero() && a.Currency != a.Rates.Base() {
		var err error
		if rate, err = a.Rates.Find(a.Currency); err == nil {
			b.Currency = a.Currency.Code()
		}
	}
	if len(rules) == 0 && own.CompareAt == nil && len(own.Past) == 0 {
		return Offer{Price: own.Price, Own: own.Price}
	}
	o := Resolve(rules, own, b, a.At)
	if o.CompareAt != nil {
		if o.CompareAt = Crossed(rules, own, b, a.At); o.CompareAt != nil {
			if lowest, ok := Lowest(rules, own, b, a.At); ok {
				o.Lowest = &lowest
			}
		}
	}
	o.Asked = slices.DeleteFunc(History(rules, own, b, a.At), func(s Span) bool { return s.Currency != o.Currency })
	if o.Currency == "" {
		return o
	}
	return o.over(rate.Factor)
}

// over brings an offer into the management currency: factor is what one unit of that is worth.
func (o Offer) over(factor decimal.Decimal) Offer {
	back := func(d decimal.Decimal) decimal.Decimal { return d.DivRound(factor, money.MaxPlaces) }
	o.Currency, o.Price = "", back(o.Price)
	for _, d := range []**decimal.Decimal{&o.CompareAt, &o.Lowest} {
		if *d != nil {
			other := back(**d)
			*d = &other
		}
	}
	for i := range o.Asked {
		o.Asked[i].Currency, o.Asked[i].Price = "", back(o.Asked[i].Price)
	}
	tiers := make([]Tier, len(o.Tiers))
	for i, t := range o.Tiers {
		tiers[i] = Tier{From: t.From, Price: back(t.Price)}
	}
	o.Tiers = tiers
	return o
}
