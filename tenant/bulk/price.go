package bulk

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricelist"
)

func (o Operation) prices(r *Result) {
	for i := range r.After.Variants {
		v := &r.After.Variants[i]
		was := v.Price
		now := o.price(was)
		if now.Equal(was) {
			continue
		}
		r.note(v.SKU, "price", was.String(), now.String())
		v.Price = now
		if o.Cross && now.LessThan(was) {
			r.compare(v, &was)
		}
	}
	if o.Others && o.How != Set {
		o.others(r)
	}
}

// price is what becomes of a price.
func (o Operation) price(was decimal.Decimal) decimal.Decimal {
	n := was
	switch o.How {
	case Percent:
		n = was.Mul(hundred.Add(o.Number)).Div(hundred)
	case Amount:
		n = was.Add(o.Number)
	case Set:
		n = o.Number
	case Keep, Present, None, Add, Remove:
	}
	digits := max(o.Digits, decimals(was))
	if o.How == Amount || o.How == Set { // what was typed is meant
		digits = max(digits, decimals(o.Number))
	}
	plain := n.Round(min(digits, money.MaxPlaces))
	if o.Ending == "" || !n.IsPositive() {
		return plain
	}
	ending, err := decimal.NewFromString(o.Ending)
	if err != nil {
		return plain // Check has refused it
	}
	if ended := o.toward(n.Sub(ending)).Add(ending); ended.IsPositive() {
		return ended
	}
	return plain
}

// decimals are those a number has, but for zeros at its end.
func decimals(n decimal.Decimal) int32 {
	_, fraction, _ := strings.Cut(n.String(), ".")
	return int32(len(fraction))
}

// toward is the whole number an ending is put on.
func (o Operation) toward(n decimal.Decimal) decimal.Decimal {
	switch o.Toward {
	case Up:
		return n.Ceil()
	case Down:
		return n.Floor()
	case Nearest:
	}
	return n.Add(half).Floor() // halves up, below nothing too
}

var half = decimal.New(5, -1)

// others moves the article's other prices. Those in another currency are the merchant's own figures and stay.
func (o Operation) others(r *Result) {
	p := r.After
	p.Prices = slices.Clone(p.Prices)
	for i := range p.Prices {
		rule := &p.Prices[i]
		if !rule.Live() || rule.Currency != "" {
			continue
		}
		before := ruleWords(rule)
		if rule.Price != nil {
			n := o.price(*rule.Price)
			rule.Price = &n
		}
		rule.Tiers = slices.Clone(rule.Tiers)
		for t := range rule.Tiers {
			rule.Tiers[t].Price = o.price(rule.Tiers[t].Price)
		}
		if after := ruleWords(rule); after != before {
			r.note(skuOf(p, rule), "rule", before, after)
		}
	}
}

func skuOf(p *catalog.Product, rule *pricelist.Rule) string {
	for i := range p.Variants {
		if !rule.Variant.IsZero() && p.Variants[i].ID == rule.Variant {
			return p.Variants[i].SKU
		}
	}
	return ""
}

// ruleWords are the amounts of a rule: "9.5; 10: 9; 50: 8".
func ruleWords(rule *pricelist.Rule) string {
	var parts []string
	if rule.Price != nil {
		parts = append(parts, rule.Price.String())
	}
	for _, t := range rule.Tiers {
		parts = append(parts, strconv.FormatInt(t.From, 10)+": "+t.Price.String())
	}
	return strings.Join(parts, "; ")
}
