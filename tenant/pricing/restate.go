package pricing

import (
	"slices"

	"echoppe.dev/platform/kit/money"
)

// Restate is the same price in another currency, for showing: figures are those of the adjustments there, in their
// order, and units those of one piece of each line. Lines and totals are summed from them as in the reckoning
// itself. The adjustments that only name a tax are left out, trace and refusals stay what they are. How much each
// is in that currency is the caller's to know.
func (p *Priced) Restate(in money.Currency, figures, units []Figures) *Priced {
	none := NoFigures(in)
	out := *p
	out.Currency, out.Lines, out.Adjustments, out.Totals = in, slices.Clone(p.Lines), nil, noTotals(none)
	place := make(map[string]*PricedLine, len(out.Lines))
	for i := range out.Lines {
		l := &out.Lines[i]
		l.Unit, l.Entered.Amount, l.Goods, l.Total = units[i], units[i].entered(l.Entered), none, none
		place[l.ID] = l
	}
	for i, a := range p.Adjustments {
		if a.Kind == Tax {
			continue
		}
		a.Figures, a.Amount = figures[i], figures[i].entered(a.Price)
		out.Adjustments = append(out.Adjustments, a)
		out.Totals.add(&a)
		out.Totals.addTax(a.Rate, a.Figures)
		if l := place[a.Line]; l != nil {
			l.Total = l.Total.Add(a.Figures)
			if a.Kind == Goods {
				l.Goods = l.Goods.Add(a.Figures)
			}
		}
	}
	for i := range out.Lines {
		out.Lines[i].Discount = out.Lines[i].Total.Sub(out.Lines[i].Goods)
	}
	out.Totals.sortTaxes()
	out.Totals.sum()
	return &out
}

// entered is the side on which a price was entered.
func (f Figures) entered(p Price) money.Amount {
	if p.IncludesTax {
		return f.Gross
	}
	return f.Net
}

// noTotals are the totals of nothing.
func noTotals(none Figures) Totals {
	return Totals{Goods: none, Discounts: none, Shipping: none, ShippingDiscounts: none, Insurance: none, Fee: none}
}

// sum is what all of it comes to.
func (t *Totals) sum() {
	sum := t.Goods.Add(t.Discounts).Add(t.Shipping).Add(t.ShippingDiscounts).Add(t.Insurance).Add(t.Fee)
	t.Net, t.Tax, t.Gross, t.ToPay = sum.Net, sum.Tax, sum.Gross, sum.Gross
}

func (t *Totals) sortTaxes() {
	slices.SortFunc(t.TaxByRate, func(a, b TaxRow) int { return b.Rate.Cmp(a.Rate) })
}
