package bill

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// figures gives every amount its other side: the tax on what is shown, by the rate that was levied.
func (g *changer) figures() []pricing.Figures {
	p := g.price
	levied, rests := map[levy]money.Amount{}, map[levy]*carry{}
	for i := range p.Adjustments {
		if a := &p.Adjustments[i]; a.Kind != pricing.Tax {
			of := levyOf(p, a)
			if rests[of] == nil {
				levied[of], rests[of] = money.Zero(p.Currency), &carry{}
			}
			levied[of] = levied[of].Add(a.Figures.Tax)
		}
	}
	list := make([]pricing.Figures, len(p.Adjustments))
	for i := range p.Adjustments {
		a := &p.Adjustments[i]
		if a.Kind == pricing.Tax {
			list[i] = pricing.NoFigures(g.display.Currency)
			continue
		}
		of := levyOf(p, a)
		round := rests[of].next
		if levied[of].IsZero() {
			round = func(money.Amount) money.Amount { return money.Zero(g.display.Currency) }
		}
		list[i] = bothSides(g.shown[i], p.View.Side(a.Kind), a.Rate, round)
	}
	return list
}

// levy is a tax that is told in one row.
type levy struct {
	rate string
	side pricing.Side
}

func levyOf(p *pricing.Priced, a *pricing.Adjustment) levy {
	return levy{a.Rate.String(), p.View.Side(a.Kind)}
}

// unitFigures are the two sides of one piece.
func (g *changer) unitFigures(l *pricing.PricedLine, unit money.Amount) pricing.Figures {
	round := func(tax money.Amount) money.Amount { return tax.Round(money.HalfUp) }
	return bothSides(unit, g.price.View.Side(pricing.Goods), l.Rate, round)
}

func bothSides(a money.Amount, side pricing.Side, rate money.Rate, round func(money.Amount) money.Amount) pricing.Figures {
	if side == pricing.Net {
		tax := round(rate.Of(a))
		return pricing.Figures{Net: a, Tax: tax, Gross: a.Add(tax)}
	}
	tax := round(rate.Within(a))
	return pricing.Figures{Net: a.Sub(tax), Tax: tax, Gross: a}
}

// carry rounds amounts one after the other so that their sum is off by no more than half the smallest coin.
type carry struct {
	exact, given money.Amount
	begun        bool
}

func (c *carry) next(a money.Amount) money.Amount {
	if !c.begun {
		c.exact, c.given, c.begun = money.Zero(a.Currency()), money.Zero(a.Currency()), true
	}
	c.exact = c.exact.Add(a)
	out := c.exact.Round(money.HalfUp).Sub(c.given)
	c.given = c.given.Add(out)
	return out
}

// proportion is what part becomes when whole becomes is, which may be of another currency. Of nothing it is nothing.
func proportion(part, whole, is money.Amount) money.Amount {
	if whole.IsZero() {
		return money.Zero(is.Currency())
	}
	return is.Mul(part.Decimal()).Div(whole.Decimal())
}

// evenly divides a sum by pieces, where every piece costs the same to the smallest coin.
func evenly(total money.Amount, qty int64) (each money.Amount, even bool) {
	each = total.Div(decimal.NewFromInt(qty)).Round(money.HalfUp)
	return each, each.MulInt(qty).Equal(total)
}

// Part is what a part of a sum is worth where all of it is worth is, rounded to the smallest coin. Of nothing it is
// nothing.
func Part(part, whole, is money.Amount) money.Amount {
	return proportion(part, whole, is).Round(money.HalfUp)
}

// places tells where each line stands.
func places(p *pricing.Priced) map[string]int {
	at := make(map[string]int, len(p.Lines))
	for i := range p.Lines {
		at[p.Lines[i].ID] = i
	}
	return at
}
