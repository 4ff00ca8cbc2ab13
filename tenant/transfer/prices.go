package transfer

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/stock"
)

// Prices beyond those of the variants stand in two columns. "tiers" is what most shops need and people write by
// hand: quantity prices of the whole article, for everybody and always, "10:9.00|50:8.00". "prices_json" is every
// other rule, so that a file has all that the shop has; variants are named by their SKU. What held before, and
// ended, is no part of it.

var (
	errTiers  = fault.New(fault.Malformed, "transfer.tiers")
	errPrices = fault.New(fault.Malformed, "transfer.prices")
	errNoSKU  = fault.New(fault.Malformed, "transfer.prices_sku")
)

// priceDoc is a rule as a file has it.
type priceDoc struct {
	SKU       string           `json:"sku,omitempty"`
	Profile   string           `json:"profile,omitempty"`
	Currency  string           `json:"currency,omitempty"`
	From      *time.Time       `json:"from,omitempty"`
	Until     *time.Time       `json:"until,omitempty"`
	Price     *decimal.Decimal `json:"price,omitempty"`
	CompareAt *decimal.Decimal `json:"compare_at,omitempty"`
	Tiers     []pricelist.Tier `json:"tiers,omitempty"`
	Marginal  bool             `json:"marginal,omitempty"`
	Together  bool             `json:"together,omitempty"`
}

// isTiers tells whether a rule says no more than the column "tiers" can.
func isTiers(r *pricelist.Rule) bool {
	return r.Live() && len(r.Tiers) > 0 && r.Variant.IsZero() && r.Profile == "" && r.Currency == "" && r.From == nil && r.Until == nil &&
		r.Price == nil && r.CompareAt == nil && !r.Marginal && !r.Together
}

// tiersRule is where the rule of the column "tiers" stands, -1 for none.
func tiersRule(rules []pricelist.Rule) int {
	for i := range rules {
		if isTiers(&rules[i]) {
			return i
		}
	}
	return -1
}

func tiersText(rules []pricelist.Rule) string {
	i := tiersRule(rules)
	if i < 0 {
		return ""
	}
	parts := make([]string, len(rules[i].Tiers))
	for n, t := range rules[i].Tiers {
		parts[n] = strconv.FormatInt(t.From, 10) + ":" + t.Price.String()
	}
	return strings.Join(parts, "|")
}

// pricesText is the other rules as JSON.
func pricesText(p *catalog.Product) string {
	simple := tiersRule(p.Prices)
	var docs []priceDoc
	for i := range p.Prices {
		if r := &p.Prices[i]; r.Live() && i != simple {
			docs = append(docs, docOf(r, p.Variants))
		}
	}
	return docsText(docs)
}

func docsText(docs []priceDoc) string {
	if len(docs) == 0 {
		return ""
	}
	text, err := json.Marshal(docs)
	if err != nil {
		panic("transfer: prices are no JSON: " + err.Error()) // texts, numbers and times always are
	}
	return string(text)
}

func docOf(r *pricelist.Rule, own []catalog.Variant) priceDoc {
	d := priceDoc{Profile: string(r.Profile), Currency: r.Currency, From: utc(r.From), Until: utc(r.Until), Price: r.Price, CompareAt: r.CompareAt,
		Tiers: r.Tiers, Marginal: r.Marginal, Together: r.Together}
	if !r.Variant.IsZero() {
		d.SKU = r.Variant.String() // of a variant that is gone
		if i := slices.IndexFunc(own, func(v catalog.Variant) bool { return v.ID == r.Variant }); i >= 0 {
			d.SKU = own[i].SKU
		}
	}
	return d
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}

// canonTiers reads quantity prices with the file's decimal sign.
func (d dialect) canonTiers(cell string) (string, *fault.Error) {
	var parts []string
	for part := range strings.SplitSeq(cell, "|") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		from, price, ok := strings.Cut(part, ":")
		n, err := strconv.ParseInt(strings.TrimSpace(from), 10, 64)
		if !ok || err != nil {
			return "", errTiers
		}
		amount, refused := d.number(price)
		if refused != nil {
			return "", refused
		}
		if amount == "" {
			return "", errTiers
		}
		parts = append(parts, strconv.FormatInt(n, 10)+":"+amount)
	}
	return strings.Join(parts, "|"), nil
}

// canonPrices reads rules and writes them the one way.
func canonPrices(cell string) (string, *fault.Error) {
	if strings.TrimSpace(cell) == "" {
		return "", nil
	}
	docs, err := readDocs(cell)
	if err != nil {
		return "", errPrices.Because(err)
	}
	return docsText(docs), nil
}

func readDocs(cell string) (docs []priceDoc, err error) {
	in := json.NewDecoder(bytes.NewReader([]byte(cell)))
	in.DisallowUnknownFields()
	err = in.Decode(&docs)
	for i := range docs {
		docs[i].From, docs[i].Until = utc(docs[i].From), utc(docs[i].Until)
	}
	return docs, err
}

// buildPrices gives the article the rules its row names, once its variants are there. Rules it has already keep
// their id, so that they go on instead of ending.
func (p *planner) buildPrices(b *built, c *change) {
	a := b.product
	simple := tiersRule(a.Prices)
	var tiers, others []pricelist.Rule
	for i := range a.Prices {
		if r := a.Prices[i]; i == simple {
			tiers = append(tiers, r)
		} else if r.Live() {
			others = append(others, r)
		}
	}
	have, changed := others, false
	for i, col := range p.cols.columns {
		switch {
		case !c.changed[i]:
		case col.field == "tiers":
			tiers, changed = readTiers(c.article[i]), true
		case col.field == "prices_json":
			others, changed = b.readPrices(c, c.article[i], have), true
		}
	}
	if changed {
		a.Prices = append(tiers, others...)
	}
}

func readTiers(canon string) []pricelist.Rule {
	var r pricelist.Rule
	for part := range strings.SplitSeq(canon, "|") {
		from, price, ok := strings.Cut(part, ":")
		n, err := strconv.ParseInt(from, 10, 64)
		amount := optionalNumber(price)
		if ok && err == nil && amount != nil {
			r.Tiers = append(r.Tiers, pricelist.Tier{From: n, Price: *amount})
		}
	}
	if len(r.Tiers) == 0 {
		return nil
	}
	return []pricelist.Rule{r}
}

// readPrices makes rules of a cell that has passed canon. have are the article's own.
func (b *built) readPrices(c *change, canon string, have []pricelist.Rule) []pricelist.Rule {
	docs, err := readDocs(canon)
	if canon == "" || err != nil {
		return nil
	}
	known := map[string]pricelist.RuleID{}
	for i := range have {
		known[docsText([]priceDoc{docOf(&have[i], b.product.Variants)})] = have[i].ID
	}
	var rules []pricelist.Rule
	for _, d := range docs {
		r := pricelist.Rule{Profile: profile.Code(d.Profile), Currency: d.Currency, From: d.From, Until: d.Until, Price: d.Price,
			CompareAt: d.CompareAt, Tiers: d.Tiers, Marginal: d.Marginal, Together: d.Together}
		key := docsText([]priceDoc{d})
		if which, ok := known[key]; ok {
			r.ID = which
			delete(known, key) // of two that say the same each goes on
		}
		var ok bool
		if r.Variant, ok = b.variant(d.SKU); !ok {
			c.entry.refuse(c.entry.line, "prices_json", errNoSKU.With(fault.Args{"sku": d.SKU}))
		}
		rules = append(rules, r)
	}
	return rules
}

// priceColumn is the column a rule the price list refuses came from.
func (b *built) priceColumn(parts []string) string {
	if at, err := strconv.Atoi(parts[min(1, len(parts)-1)]); err == nil && at < len(b.product.Prices) && isTiers(&b.product.Prices[at]) && at == tiersRule(b.product.Prices) {
		return "tiers"
	}
	return "prices_json"
}

// variant finds the variant of an SKU; one that is new gets its id now.
func (b *built) variant(sku string) (catalog.VariantID, bool) {
	if sku == "" {
		return catalog.VariantID{}, true
	}
	for i := range b.product.Variants {
		v := &b.product.Variants[i]
		if v.SKU == sku {
			if v.ID.IsZero() {
				v.ID = id.New[stock.Variant]()
			}
			return v.ID, true
		}
	}
	gone, err := id.Parse[stock.Variant](sku)
	return gone, err == nil
}
