package bill

import (
	"maps"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// Trace is what happened to a line until its price stood on the shelf (CAT-05), in the order of the
// calculation: the goods, the discounts on them, and the tax where it is not the one the price was entered
// with. What an order discount takes off it is not among that.
func Trace(p *pricing.Priced, line int) []pricing.Entry {
	var own []pricing.Entry
	for _, e := range p.Trace.Line(p.Lines[line].ID) {
		switch {
		case e.After == nil:
		case e.Reason.Key == pricing.Retaxed:
			if n := len(own); n > 0 && p.View.Side(pricing.Goods) == e.Side {
				total := Lines(p)[line].Total
				e.Before, e.After = own[n-1].After, &total
				own = append(own, e)
			}
		case e.For == pricing.Shopper || e.Step == goodsStep:
			own = append(own, e)
		}
	}
	return own
}

// trace is the trace in the reader's currency. What a line came to on the way is told as it is shown there, other
// sums are converted.
func (g *changer) trace() pricing.Trace {
	place := places(g.price)
	out := make(pricing.Trace, len(g.price.Trace))
	for i, e := range g.price.Trace {
		at, known := place[e.Line]
		var line *changed
		if known {
			line = &g.lines[at]
		}
		shown := known && e.Side == g.price.View.Side(pricing.Goods)
		if e.After != nil {
			before, after := g.told(*e.Before, line, shown), g.told(*e.After, line, shown)
			if unit, ok := e.Reason.Args["unit"].(money.Amount); ok && shown && e.Reason.Key == plainGoods {
				if each, err := g.unit(unit); err == nil {
					after = each.MulInt(g.price.Lines[at].Qty).Round(money.HalfUp)
				}
			}
			e.Before, e.After = &before, &after
		}
		e.Reason.Args = g.args(e.Reason.Args)
		out[i] = e
	}
	return out
}

// plainGoods is the reason of so many pieces at one price.
const plainGoods = "price.goods"

// told is a sum of the trace: of a line what it showed when it had come to so much.
func (g *changer) told(a money.Amount, l *changed, shown bool) money.Amount {
	if shown {
		for _, s := range l.stages {
			if s.was.Equal(a) {
				return s.is
			}
		}
	}
	sum, err := g.display.Sum(g.rates, a)
	if err != nil {
		return a // of another currency already
	}
	return sum.Amount
}

// args are the amounts a reason names: prices of one piece look like prices.
func (g *changer) args(args pricing.Args) pricing.Args {
	out := maps.Clone(args)
	for name, value := range out {
		a, ok := value.(money.Amount)
		if !ok {
			continue
		}
		told := g.told(a, nil, false)
		if name == "unit" || name == "list" {
			if price, err := g.unit(a); err == nil {
				told = price
			}
		}
		out[name] = told
	}
	return out
}
