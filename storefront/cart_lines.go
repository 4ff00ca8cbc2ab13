package storefront

import (
	"strconv"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

// quantityField is the name of the field of a line's quantity.
func quantityField(line string) string { return "qty." + line }

// cartLines are the lines of a cart with what each costs and what is wrong with it (CART-03).
func (v *visit) cartLines(found *cart.View) ([]*view.CartLine, error) {
	lines := make([]*view.CartLine, len(found.Lines))
	before, err := v.crossedOut(found.Lines)
	if err != nil {
		return nil, err
	}
	costs, err := v.costs(found.Priced)
	if err != nil {
		return nil, err
	}
	for i := range found.Lines {
		l := &found.Lines[i]
		if lines[i], err = v.cartLine(l, costs[l.ID.String()], before[i]); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// cost is what a line of a cart costs: in the shop's currency, and as the reader sees it.
type cost struct {
	own, shown bill.Line
	why        []view.PriceStep
}

// costs are those of the lines that can be had, by the line.
func (v *visit) costs(p *pricing.Priced) (map[string]*cost, error) {
	if p == nil {
		return nil, nil
	}
	shown, err := v.billed(p)
	if err != nil {
		return nil, err
	}
	own, seen, list := bill.Lines(p), bill.Lines(shown), make(map[string]*cost, len(p.Lines))
	for i := range p.Lines {
		list[p.Lines[i].ID] = &cost{own: own[i], shown: seen[i], why: v.why(shown, i)}
	}
	return list, nil
}

// billed is a price in the currency the reader sees.
func (v *visit) billed(p *pricing.Priced) (*pricing.Priced, error) {
	return bill.In(p, v.display, v.rates)
}

// crossedOut are the prices that stand crossed out beside those of the lines, nil where none does: as
// on the article's own page. Where a line is priced another way than there (an export without tax),
// the crossed-out price follows in proportion.
func (v *visit) crossedOut(lines []cart.LineView) ([]crossing, error) {
	var labels []label
	var at []int
	for i, l := range lines {
		g := l.Good
		if l.Price == nil {
			continue
		}
		offer := g.Offer(v.ask())
		if offer.CompareAt == nil && !v.face.discounts.OnShelf() {
			continue
		}
		offer.Tiers = nil // the price of one piece; what many cost less is no reduction
		labels = append(labels, label{sku: g.SKU, offer: offer, gross: g.Gross, class: string(g.Class), physical: g.Physical, extras: g.Extras,
			article: g.Product.String(), families: g.Families, blocked: g.Blocked})
		at = append(at, i)
	}
	tags, err := v.tags(labels)
	if err != nil {
		return nil, err
	}
	out := make([]crossing, len(lines))
	for n, tag := range tags {
		unit := lines[at[n]].Price.Unit.In(v.sides.Goods)
		out[at[n]] = crossing{inProportion(tag.wasOwn, unit, tag.full), inProportion(tag.cap, unit, tag.full)}
	}
	return out, nil
}

// crossing is what stands crossed out beside the price of a line, and what it may not be above (LAW-03);
// each nil for nothing.
type crossing struct{ was, cap *money.Amount }

// with is what stands crossed out where discounts are taken off a price of so much.
func (c crossing) with(undiscounted *money.Amount) *money.Amount {
	was := c.was
	if was == nil || undiscounted != nil && was.Cmp(*undiscounted) < 0 {
		was = undiscounted
	}
	if was != nil && c.cap != nil && c.cap.Cmp(*was) < 0 {
		was = c.cap
	}
	return was
}

// inProportion is an amount beside one price, as it is beside another.
func inProportion(amount *money.Amount, unit, now money.Amount) *money.Amount {
	if amount == nil || unit.Equal(now) || now.IsZero() {
		return amount
	}
	scaled := amount.Mul(unit.Decimal()).Div(now.Decimal()).Round(money.HalfUp)
	return &scaled
}

// cartLine is a line of the cart; s is what it costs, nil where it cannot be had and so has no price.
func (v *visit) cartLine(l *cart.LineView, s *cost, c crossing) (*view.CartLine, error) {
	id := l.ID.String()
	out := &view.CartLine{
		ID: id, Name: l.Good.Name, SKU: l.Good.SKU, Image: v.cover(l.Good.Picture, l.Good.Name), Pieces: l.Qty, Step: 1, Min: 1,
		Quantity: view.Input{Name: quantityField(id), Value: strconv.Itoa(l.Qty)},
		Remove:   post(v.links.to("/cart/remove"), "line", id),
	}
	if out.Name == "" {
		out.Name = v.say("storefront.article_gone", nil)
	}
	for _, o := range l.Good.Options {
		out.Options = append(out.Options, view.Pair{Name: o.Name, Value: o.Value})
	}
	if l.Good.ForSale {
		out.URL = v.links.product(l.Good.Slug)
	}
	if on := l.Good.Expected; on != nil {
		out.Notes = append(out.Notes, v.say("storefront.expected_on", map[string]any{"date": i18n.FormatDate(v.locale(), *on, i18n.Long)}))
		if terms := v.depositTerms(l.Good.Terms); terms != "" {
			out.Notes = append(out.Notes, terms)
		}
	} else if left := l.Good.Level.OnHand - l.Good.Level.Reserved; l.Problem == cart.NoProblem && l.Good.Level.Tracked && left < l.Qty {
		out.Notes = append(out.Notes, v.say("storefront.sent_later", nil))
	}
	if l.Problem != cart.NoProblem {
		out.Shortage = &view.Shortage{Asked: l.Qty, Available: l.Available, Take: post(v.links.to("/cart/take"), "line", id)}
	}
	if l.Problem == cart.Withdrawn {
		out.Shortage.Reason = v.say("storefront.choice_withdrawn", nil)
	}
	if s == nil {
		return out, nil
	}
	for _, off := range s.shown.Off {
		out.Off = append(out.Off, view.Pair{Name: off.Reason.Name.In(v.locale(), v.main()), Value: v.money(off.Amount).Text})
	}
	out.Why, out.Total = s.why, v.money(s.shown.Total)
	var err error
	if out.Price, err = v.priceView(s.own.Unit, c.with(s.own.Was)); err != nil {
		return nil, err
	}
	return out, v.perMeasure(out.Price, s.own.Unit, l.Good.Measure, l.Good.Content)
}

// totals are the lines below the goods as the reader sees them. pending says that delivery is not known yet.
func (v *visit) totals(p *pricing.Priced, pending bool) ([]view.Total, error) {
	shown, err := v.billed(p)
	if err != nil {
		return nil, err
	}
	return v.totalsOf(bill.Totals(shown), pending), nil
}

// estimated says of a delivery that is not chosen yet what it is going to cost.
func (v *visit) estimated(totals []view.Total, e *shipping.Estimate) error {
	if e == nil {
		return nil
	}
	cost, err := v.sum(e.Cost)
	if err != nil {
		return err
	}
	key, args := "storefront.delivery_estimate", map[string]any{"country": address.CountryName(v.locale(), e.Country), "price": cost.Text}
	if e.Cost.IsZero() {
		key = "storefront.delivery_estimate_free"
	}
	for i := range totals {
		if totals[i].Pending {
			totals[i].Note = v.say(key, args)
		}
	}
	return nil
}

// totalsOf writes them as they are.
func (v *visit) totalsOf(rows []bill.Total, pending bool) []view.Total {
	list := make([]view.Total, 0, len(rows)+1)
	for _, r := range rows {
		t := view.Total{Kind: r.Kind, Note: r.Note.In(v.locale(), v.main()), Amount: v.money(r.Amount)}
		if r.Kind == string(pricing.Tax) || r.Kind == kindIncluded {
			t.Note = i18n.FormatPercent(v.locale(), r.Rate.Percent())
		}
		if r.Untaxed() {
			key, args := r.Label()
			t.Kind, t.Label = string(pricing.Tax), v.say(key, args)
		}
		if r.Kind == string(pricing.Discount) {
			t.Label, t.Note = t.Note, "" // as the merchant calls it
		}
		if r.Kind == string(pricing.ShippingDiscount) {
			t.Kind, t.Label = "discount", nameOr(t.Note, v.say("storefront.shipping_discount", nil))
			t.Note = ""
		}
		t.Free = r.Kind == string(pricing.Shipping) && r.Amount.IsZero()
		if r.Kind == kindTotal && pending {
			list = append(list, view.Total{Kind: string(pricing.Shipping), Pending: true})
		}
		list = append(list, t)
	}
	return list
}

// Kinds of bill.Total that are no part of the sum.
const (
	kindIncluded = "tax_included"
	kindTotal    = "total"
)
