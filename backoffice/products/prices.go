package products

import (
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricelist"
)

// priceRow is a price beyond those of the variants as it stands in the form (ART-05, PROF-01, CUR-02).
type priceRow struct {
	ID        string `form:"id"`
	For       string `form:"for"` // the SKU of a variant; "" for the whole article
	Profile   string `form:"profile"`
	Currency  string `form:"currency"`
	From      string `form:"from"`
	Until     string `form:"until"` // the last minute
	Price     string `form:"price"`
	CompareAt string `form:"compare_at"`
	Tiers     string `form:"tiers"` // a line each: "10: 9,00"
	Basis     string `form:"basis"` // basisArticle, or each line by itself
	Marginal  bool   `form:"marginal"`
	Drop      bool   `form:"drop"`
}

const (
	// maxPriceRows is how many prices stand in the form, which may bring photos and so has few parts; the
	// others are kept as they are.
	maxPriceRows = 30
	// fewVariants is how many variants a price offers to choose from; of more the SKU is typed.
	fewVariants  = variantsAPage
	basisArticle = "article"
	minuteForm   = "2006-01-02T15:04"
)

func (f priceRow) empty() bool {
	f.Basis, f.Marginal, f.Drop = "", false, false
	return f == priceRow{}
}

// rowOfRule writes a rule for readers of l; own are the article's variants.
func rowOfRule(r *pricelist.Rule, own []catalog.Variant, l i18n.Locale, zone *time.Location) priceRow {
	f := priceRow{
		ID: r.ID.String(), For: skuOf(own, r.Variant), Profile: string(r.Profile), Currency: r.Currency,
		From: minuteOf(r.From, 0, zone), Until: minuteOf(r.Until, -time.Nanosecond, zone),
		Price: amount(l, r.Price), CompareAt: amount(l, r.CompareAt), Tiers: typedTiers(r.Tiers, l), Marginal: r.Marginal,
	}
	if r.Together {
		f.Basis = basisArticle
	}
	return f
}

// skuOf names a variant; one the article does not have any more by its id, so that its rule stays what it is.
func skuOf(own []catalog.Variant, which catalog.VariantID) string {
	if which.IsZero() {
		return ""
	}
	for i := range own {
		if own[i].ID == which {
			return own[i].SKU
		}
	}
	return which.String()
}

// minuteOf is an instant as a field for day and time has it. The end of a period is told as its last minute.
func minuteOf(t *time.Time, shift time.Duration, zone *time.Location) string {
	if t == nil {
		return ""
	}
	return t.Add(shift).In(zone).Format(minuteForm)
}

func typedTiers(tiers []pricelist.Tier, l i18n.Locale) string {
	lines := make([]string, len(tiers))
	for i, t := range tiers {
		lines[i] = strconv.FormatInt(t.From, 10) + ": " + i18n.FormatInput(l, t.Price, leastDigits)
	}
	return strings.Join(lines, "\n")
}

// live are the rules that stand in the merchant's list.
func live(rules []pricelist.Rule) []pricelist.Rule {
	var list []pricelist.Rule
	for i := range rules {
		if rules[i].Live() {
			list = append(list, rules[i])
		}
	}
	return list
}

// addPrices writes the article's rules into the sheet, as many as the form takes.
func (s *sheet) addPrices(p *catalog.Product, l i18n.Locale, zone *time.Location) {
	rules := live(p.Prices)
	for i := range rules[:min(len(rules), maxPriceRows)] {
		s.Prices = append(s.Prices, rowOfRule(&rules[i], p.Variants, l, zone))
	}
}

// contentOf writes a content, without decimals it does not need.
func contentOf(l i18n.Locale, n *decimal.Decimal) string {
	if n == nil {
		return ""
	}
	return i18n.FormatInput(l, *n, 0)
}
