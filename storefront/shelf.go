package storefront

import (
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
)

// label is one price to be put on a shelf, as the catalogue says it.
type label struct {
	sku      string
	offer    pricelist.Offer
	varies   bool // other variants cost more
	gross    bool
	class    string
	physical bool
	extras   []pricing.Extra
	article  string
	families []string // with everything above them
	blocked  bool     // no discount is given
	measure  catalog.BaseMeasure
	content  *decimal.Decimal // how much of measure is in it
}

// tag is what a label says to this reader. A discount that the article has on the shelf is in now, and
// what it would cost without in was.
type tag struct {
	price  *view.Price
	now    money.Amount  // in the management currency, on the side shown
	was    *money.Amount // likewise, crossed out; nil for none
	full   money.Amount  // now and was without the discounts of the shelf
	wasOwn *money.Amount
	lowest *money.Amount // of the 30 days before a reduction of the merchant's price
	cap    *money.Amount // no more may be crossed out (LAW-03), nil for no limit
	rule   string        // the discounts that are in now
	varies bool

	explained bool // there is something to say about why it costs so much (whyOne)
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
	run := v.shelfRun(2 * len(labels))
	now, was, lowest := make([]int, len(labels)), make([]int, len(labels)), make([]int, len(labels))
	for i := range labels {
		l := &labels[i]
		now[i] = run.add(l, &l.offer.Price)
		was[i], lowest[i] = run.add(l, l.offer.CompareAt), run.add(l, l.offer.Lowest)
	}
	if err := run.price(v.rules()); err != nil {
		return nil, err
	}
	out := make([]tag, len(labels))
	same := make(map[twin]int, len(labels))
	for i := range labels {
		l, t := &labels[i], &out[i]
		if key, ok := l.twin(); ok {
			if first, known := same[key]; known {
				*t = out[first]
				continue
			}
			same[key] = i
		}
		t.now, t.was, t.lowest, t.varies = *run.unit(now[i]), run.unit(was[i]), run.unit(lowest[i]), l.varies
		t.full, t.wasOwn = t.now, t.was
		t.explained = l.explained() || run.retaxed
		if v.face.discounts.OnShelf() {
			if err := v.reduce(t, l); err != nil {
				return nil, err
			}
		}
		if err := v.recall(t, l); err != nil {
			return nil, err
		}
		var err error
		if t.price, err = v.priceView(t.now, t.was); err != nil {
			return nil, err
		}
		if err := v.details(t, l); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// twin is what decides the tag of a plain label: most variants of an article cost the same.
type twin struct {
	article, price, class, content string
	gross, varies                  bool
}

// twin gives the key of a label that has nothing but a price; ok is false for any other.
func (l *label) twin() (key twin, ok bool) {
	o := &l.offer
	if l.article == "" || o.Rule != nil || o.CompareAt != nil || len(o.Asked)+len(o.Tiers)+len(l.extras) > 0 {
		return twin{}, false
	}
	key = twin{article: l.article, price: o.Price.String(), class: l.class, gross: l.gross, varies: l.varies}
	if l.content != nil {
		key.content = l.content.String()
	}
	return key, true
}

// shelfRun is one run of what the goods of a page cost, each amount being a line of its own.
type shelfRun struct {
	basket  pricing.Basket
	priced  *pricing.Priced
	retaxed bool // a price has another tax in it than it was entered with
}

func (v *visit) shelfRun(lines int) *shelfRun {
	return &shelfRun{basket: pricing.Basket{Currency: v.rules().Currency, View: v.sides, Profile: v.profile.Priced(), At: v.now,
		Lines: make([]pricing.Line, 0, lines)}}
}

// add asks for an amount of a label and gives its place, -1 for none.
func (r *shelfRun) add(l *label, amount *decimal.Decimal) int {
	if amount == nil {
		return -1
	}
	line := l.line(r.basket.Currency, strconv.Itoa(len(r.basket.Lines)))
	line.Unit.Amount, line.Tiers, line.Listed = money.New(*amount, r.basket.Currency), nil, nil
	r.basket.Lines = append(r.basket.Lines, line)
	return len(r.basket.Lines) - 1
}

func (r *shelfRun) price(rules *settings.Rules) (err error) {
	if r.priced, err = (pricing.Pipeline{pricing.Shelf{}, rules.Tax}).Price(r.basket); err != nil {
		return err
	}
	r.retaxed = slices.ContainsFunc(r.priced.Trace, func(e pricing.Entry) bool { return e.Reason.Key == pricing.Retaxed })
	return nil
}

// unit is what was asked for at a place, nil for none.
func (r *shelfRun) unit(at int) *money.Amount {
	if at < 0 {
		return nil
	}
	a := r.priced.Lines[at].Unit.In(r.priced.View.Goods)
	return &a
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
func (v *visit) reduce(t *tag, l *label) error {
	priced, err := v.shelved(l, 1)
	if err != nil {
		return err
	}
	t.explained = !plain(bill.Trace(priced, 0))
	one := bill.Lines(priced)[0]
	if one.Was == nil {
		return nil
	}
	t.rule = v.rulesOf(&one)
	if t.now = one.Unit; t.was == nil || t.was.Cmp(*one.Was) < 0 {
		t.was = one.Was
	}
	return nil
}

// shelved is what a quantity of an article costs when it is all somebody buys.
func (v *visit) shelved(l *label, qty int64) (*pricing.Priced, error) {
	return v.priceShelf(l, qty, v.now, pricing.Pipeline{pricing.Shelf{}, v.rules().Tax, v.face.discounts.Nobody().Goods})
}

// priceShelf prices a quantity of one article at an instant.
func (v *visit) priceShelf(l *label, qty int64, at time.Time, steps pricing.Pipeline) (*pricing.Priced, error) {
	line := l.line(v.rules().Currency, "1")
	line.Qty = qty
	return steps.Price(pricing.Basket{Currency: v.rules().Currency, View: v.sides, Profile: v.profile.Priced(), At: at, Lines: []pricing.Line{line}})
}

// explained tells that one piece costs something else than the article's own price, before discounts.
func (l *label) explained() bool {
	return len(l.extras) > 0 || l.offer.Rule != nil && !l.offer.Price.Equal(l.offer.Own) || len(l.offer.Tiers) > 0 && l.offer.Tiers[0].From <= 1
}

func (l *label) line(cur money.Currency, id string) pricing.Line {
	line := pricing.Line{ID: id, SKU: l.sku, Name: l.sku, Qty: 1, Class: pricing.Class(l.class), Physical: l.physical, Extras: l.extras,
		Article: l.article, Families: l.families, Blocked: l.blocked,
		Unit: pricing.Price{Amount: money.Zero(cur), IncludesTax: l.gross}}
	l.offer.Line(&line, l.article)
	return line
}

// priceView writes a price, crossed out where there was more.
func (v *visit) priceView(now money.Amount, was *money.Amount) (*view.Price, error) {
	shown, err := v.price(now)
	if err != nil {
		return nil, err
	}
	p := &view.Price{Now: shown, Tax: v.taxShown(), Own: v.inOwn(now)}
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

// percentOff is the reduction in whole percent, never more than it is but for the rounding of prices: 15 % off 140.83
// are 119.71, which is a thousandth short of 15 %.
func percentOff(now, was money.Amount) int {
	off := was.Sub(now).Decimal().Mul(decimal.NewFromInt(100)).Div(was.Decimal())
	return int(off.Round(1).IntPart())
}
