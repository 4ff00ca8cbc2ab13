package pricing

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
)

// Tier is one step of a degressive price: from this quantity on, a unit costs
// this. Tiers are in rising order of From; below the first, Line.Unit applies.
type Tier struct {
	From int64        `json:"from"`
	Unit money.Amount `json:"unit"`
}

// tierAt is the unit price of the qty-th unit, with extras.
func (l *Line) tierAt(qty int64, extras []Extra) money.Amount {
	unit := l.Unit.Amount
	for _, t := range l.Tiers {
		if qty < t.From {
			break
		}
		unit = t.Unit
	}
	return with(extras, unit)
}

// marginalCost is what the first qty units cost together, with extras, when every
// tier prices only the units that fall into it. It is exact, and as fast for a
// million units as for one.
func (l *Line) marginalCost(qty int64, extras []Extra) money.Amount {
	cost := money.Zero(l.Unit.Amount.Currency())
	unit, from := l.Unit.Amount, int64(1)
	for _, t := range l.Tiers {
		if t.From > qty {
			break
		}
		cost = cost.Add(with(extras, unit).MulInt(t.From - from))
		unit, from = t.Unit, t.From
	}
	return cost.Add(with(extras, unit).MulInt(qty - from + 1))
}

// goods is the price of the whole line and of one unit of it with extras, when
// reached is the quantity that decides the tier: the line's own, or that of its
// group. A member of a marginal group pays the group's average, so that no line
// depends on which line was put in first.
func (l *Line) goods(reached int64, extras []Extra) (total, unit money.Amount) {
	if len(l.Tiers) == 0 || !l.Marginal {
		unit = l.tierAt(reached, extras)
		return unit.MulInt(l.Qty).Round(money.HalfUp), unit
	}
	cost, of := l.marginalCost(reached, extras), decimal.NewFromInt(reached)
	return cost.MulInt(l.Qty).Div(of).Round(money.HalfUp), cost.Div(of).RoundTo(money.MaxPlaces, money.HalfUp)
}
