package products

import (
	"strconv"
	"strings"
	"time"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricelist"
)

// priceQueryField names in the page's address the price that is to be unfolded.
const priceQueryField = "price"

// maxCharged is how many variants a sentence names.
const maxCharged = 3

// charged is a price that is asked of everybody today instead of what stands in the field of the price.
type charged struct {
	Text string
	Href string // of the rule; "" where the form does not hold it
}

// chargedNow are the prices that are in force for everybody today and are not those of the variants, one for each
// rule (ART-05): whoever alters the price of a variant has to know that nobody pays it.
func (m *editor) chargedNow() []charged {
	var list []charged
	var rules []*pricelist.Rule
	of := map[pricelist.RuleID][]*catalog.Variant{}
	for i := range m.Product.Variants {
		one := &m.Product.Variants[i]
		o := pricelist.Resolve(m.Product.Prices, m.Product.Own(one), pricelist.Buyer{}, m.Now)
		if o.Rule == nil || o.Price.Equal(o.Own) {
			continue
		}
		if of[o.Rule.ID] == nil {
			rules = append(rules, o.Rule)
		}
		of[o.Rule.ID] = append(of[o.Rule.ID], one)
	}
	for _, r := range rules {
		list = append(list, charged{Text: m.chargedWords(r, of[r.ID]), Href: m.ruleHref(r)})
	}
	return list
}

func (m *editor) chargedWords(r *pricelist.Rule, variants []*catalog.Variant) string {
	cur := m.moneyOf(r.Currency)
	key, args := "products.price.now", ui.Args{"price": m.price(*r.Price, cur), "own": m.price(variants[0].Price, cur)}
	if m.many() {
		key += "_some"
		var skus []string
		for i, one := range variants {
			if i == maxCharged {
				skus = append(skus, "…")
				break
			}
			skus = append(skus, one.SKU)
		}
		args["skus"] = strings.Join(skus, ", ")
	}
	if r.Until != nil {
		v := m.visit.View
		v.Zone = m.Settings.Rules().Zone
		key, args["until"] = key+"_until", v.DayTime(r.Until.Add(-time.Nanosecond))
	}
	return m.visit.T(key, args)
}

// ruleHref leads to a rule in the form, unfolded.
func (m *editor) ruleHref(r *pricelist.Rule) string {
	for i := range m.Sheet.Prices {
		if m.Sheet.Prices[i].ID == r.ID.String() {
			return m.path() + "?" + priceQueryField + "=" + r.ID.String() + "#" + priceAnchor(i)
		}
	}
	return ""
}

func priceAnchor(row int) string { return "price-" + strconv.Itoa(row) }

// askedFor tells that the page's address asks to see a price.
func (m *editor) askedFor(row priceRow) bool {
	return row.ID != "" && m.visit.View.Query.Get(priceQueryField) == row.ID
}
