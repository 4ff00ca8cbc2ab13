package storefront

import (
	"strconv"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/pricing"
)

// label is one price to be put on a shelf, as the catalogue says it.
type label struct {
	sku      string
	price    decimal.Decimal
	compare  *decimal.Decimal // crossed out, where it is more than price
	gross    bool
	class    string
	physical bool
	extras   []pricing.Extra
	article  string
	families []string // with everything above them
	blocked  bool     // no discount is given
}

// tag is what a label says to this reader. A discount that the article has on the shelf is in now, and
// what it would cost without in was.
type tag struct {
	price *view.Price
	now   money.Amount  // in the management currency, on the side shown
	was   *money.Amount // likewise, crossed out; nil for none
}

// tags prices all labels of a page: a list, an article and a cart say the same because they ask the
// same function. What the goods cost is one run of the price pipeline for all; discounts, which look at
// the whole basket, are one run for each article, as if one piece of it were all there is.
func (v *visit) tags(labels []label) ([]tag, error) {
	if len(labels) == 0 {
		return nil, nil
	}
	if v.profile.undecided {
		return v.unpriced(len(labels)), nil
	}
	rules := v.rules()
	basket := pricing.Basket{Currency: rules.Currency, View: v.sides, Profile: v.profile.Priced(), At: v.now,
		Lines: make([]pricing.Line, 0, 2*len(labels))}
	for i, l := range labels {
		basket.Lines = append(basket.Lines, l.line(rules.Currency, strconv.Itoa(i), l.price))
	}
	was := make([]int, len(labels)) // where a label's crossed-out price is in the basket
	for i, l := range labels {
		if l.compare != nil && l.compare.GreaterThan(l.price) {
			was[i] = len(basket.Lines)
			basket.Lines = append(basket.Lines, l.line(rules.Currency, "was"+strconv.Itoa(i), *l.compare))
		}
	}
	priced, err := pricing.Pipeline{pricing.Shelf{}, rules.Tax}.Price(basket)
	if err != nil {
		return nil, err
	}
	out := make([]tag, len(labels))
	for i := range labels {
		if was[i] > 0 {
			a := priced.Lines[was[i]].Unit.In(v.sides.Goods)
			out[i].was = &a
		}
		out[i].now = priced.Lines[i].Unit.In(v.sides.Goods)
	}
	if v.face.discounts.OnShelf() {
		for i, l := range labels {
			if err := v.reduce(&out[i], l); err != nil {
				return nil, err
			}
		}
	}
	for i := range out {
		if out[i].price, err = v.priceView(out[i].now, out[i].was); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// unpriced are the tags for somebody who has to say first who he is: where he can do so (PROF-06).
func (v *visit) unpriced(n int) []tag {
	out := make([]tag, n)
	for i := range out {
		out[i] = tag{price: &view.Price{Ask: v.askURL()}, now: money.Zero(v.rules().Currency)}
	}
	return out
}

// reduce takes off a tag what the article has on the shelf.
func (v *visit) reduce(t *tag, l label) error {
	rules := v.rules()
	basket := pricing.Basket{Currency: rules.Currency, View: v.sides, Profile: v.profile.Priced(), At: v.now,
		Lines: []pricing.Line{l.line(rules.Currency, "1", l.price)}}
	priced, err := pricing.Pipeline{pricing.Shelf{}, rules.Tax, v.face.discounts.Nobody().Goods}.Price(basket)
	if err != nil {
		return err
	}
	one := checkout.ShelfLines(priced)[0]
	if one.Was == nil {
		return nil
	}
	if t.now = one.Unit; t.was == nil || t.was.Cmp(*one.Was) < 0 {
		t.was = one.Was
	}
	return nil
}

func (l label) line(cur money.Currency, id string, unit decimal.Decimal) pricing.Line {
	return pricing.Line{ID: id, SKU: l.sku, Name: l.sku, Qty: 1, Class: pricing.Class(l.class), Physical: l.physical, Extras: l.extras,
		Article: l.article, Families: l.families, Blocked: l.blocked,
		Unit: pricing.Price{Amount: money.New(unit, cur), IncludesTax: l.gross}}
}

// priceView writes a price, crossed out where there was more.
func (v *visit) priceView(now money.Amount, was *money.Amount) (*view.Price, error) {
	shown, err := v.price(now)
	if err != nil {
		return nil, err
	}
	p := &view.Price{Now: shown, Tax: v.taxShown(), Charged: v.charged(now)}
	if was == nil || was.Cmp(now) <= 0 {
		return p, nil
	}
	before, err := v.price(*was)
	if err != nil {
		return nil, err
	}
	p.Was, p.Percent = &before, percentOff(now, *was)
	return p, nil
}

// percentOff is the reduction in whole percent, never more than it is.
func percentOff(now, was money.Amount) int {
	off := was.Sub(now).Decimal().Mul(decimal.NewFromInt(100)).Div(was.Decimal())
	return int(off.IntPart())
}
