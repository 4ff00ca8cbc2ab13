package bill

import (
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/pricing"
)

// In is a price in the currency its reader sees, as the package's text says; in the management currency it is the
// price itself. Reasons that name amounts name them in that currency too, but for refusals, which are about rules
// of the shop. Errors: currency.ErrNoRate.
func In(p *pricing.Priced, d currency.Display, r currency.Rates) (*pricing.Priced, error) {
	if d.Currency == p.Currency {
		return p, nil
	}
	if _, err := r.Find(d.Currency); err != nil {
		return nil, err
	}
	g := &changer{price: p, display: d, rates: r, shown: make([]money.Amount, len(p.Adjustments))}
	for _, step := range []func() error{g.goods, g.offGoods, g.delivery} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	units := make([]pricing.Figures, len(p.Lines))
	for i := range g.lines {
		units[i] = g.unitFigures(&p.Lines[i], g.lines[i].unit)
	}
	out := p.Restate(d.Currency, g.figures(), units)
	out.Trace = g.trace()
	return out, nil
}

// changer brings a price into another currency, adjustment by adjustment.
type changer struct {
	price   *pricing.Priced
	display currency.Display
	rates   currency.Rates
	lines   []changed
	shown   []money.Amount // of each adjustment, on the side it is shown
}

// changed is a line on its way: what it has come to, in the shop's currency and as shown.
type changed struct {
	unit             money.Amount // one piece, as shown
	from, goods      money.Amount // the goods in the shop's currency, and as shown
	was, is          money.Amount // with what was taken off so far
	stages           []stage
	onShelf, offered money.Amount // was and is once the shelf's discounts are off
}

// stage is what a line had come to at one moment.
type stage struct{ was, is money.Amount }

// price shows one piece.
func (g *changer) unit(a money.Amount) (money.Amount, error) {
	s, err := g.display.Price(g.rates, a)
	return s.Amount, err
}

// goods prices the pieces, and takes off what the shelf takes off.
func (g *changer) goods() error {
	p, side := g.price, g.price.View.Side(pricing.Goods)
	place, onShelf := places(p), shelved(p)
	g.lines = make([]changed, len(p.Lines))
	for i := range p.Lines {
		l, to := &p.Lines[i], &g.lines[i]
		var err error
		if to.unit, err = g.unit(l.Unit.In(side)); err != nil {
			return err
		}
		if to.from, to.goods = l.Goods.In(side), to.unit.MulInt(l.Qty).Round(money.HalfUp); to.from.IsZero() {
			to.goods = money.Zero(g.display.Currency) // less than a coin of the shop's: given away
		}
		to.was, to.is = money.Zero(p.Currency), money.Zero(g.display.Currency)
	}
	for i := range p.Adjustments {
		a := &p.Adjustments[i]
		at, known := place[a.Line]
		if !known || a.Kind != pricing.Goods && (a.Kind != pricing.Discount || !onShelf[a.Source]) {
			continue
		}
		to := &g.lines[at]
		was := to.was.Add(a.In(side))
		is, err := g.reached(to, was, p.Lines[at].Qty, a.Kind == pricing.Discount)
		if err != nil {
			return err
		}
		g.shown[i] = is.Sub(to.is)
		to.was, to.is = was, is
		to.stages = append(to.stages, stage{was, is})
	}
	for i := range g.lines {
		g.lines[i].onShelf, g.lines[i].offered = g.lines[i].was, g.lines[i].is
	}
	return nil
}

// reached is what a line shows once it has come to so much: in proportion to its goods, or by the price of a
// piece where a reduction leaves one.
func (g *changer) reached(l *changed, was money.Amount, qty int64, reduced bool) (money.Amount, error) {
	if was.Equal(l.from) {
		return l.goods, nil
	}
	if reduced {
		if each, even := evenly(was, qty); even {
			unit, err := g.unit(each)
			return unit.MulInt(qty).Round(money.HalfUp), err
		}
	}
	return proportion(was, l.from, l.goods).Round(money.HalfUp), nil
}

// offGoods takes off what is taken off the order, of each line in proportion to what it shows.
func (g *changer) offGoods() error {
	p, side := g.price, g.price.View.Side(pricing.Discount)
	place, onShelf := places(p), shelved(p)
	whole, shown := money.Zero(p.Currency), money.Zero(g.display.Currency)
	for i := range g.lines {
		whole, shown = whole.Add(g.lines[i].onShelf), shown.Add(g.lines[i].offered)
	}
	var rest carry
	for i := range p.Adjustments {
		a := &p.Adjustments[i]
		if a.Kind != pricing.Discount || onShelf[a.Source] {
			continue
		}
		of, is := whole, shown
		if at, known := place[a.Line]; known {
			of, is = g.lines[at].onShelf, g.lines[at].offered
		}
		g.shown[i] = rest.next(proportion(a.In(side), of, is))
	}
	return nil
}

// delivery converts what sending and paying cost, and takes off what is taken off sending.
func (g *changer) delivery() error {
	whole, shown := money.Zero(g.price.Currency), money.Zero(g.display.Currency)
	for _, k := range []pricing.Kind{pricing.Shipping, pricing.Insurance, pricing.Fee} {
		var rest carry
		for i := range g.price.Adjustments {
			a := &g.price.Adjustments[i]
			if a.Kind != k {
				continue
			}
			amount := a.In(g.price.View.Side(k))
			to, err := g.rates.Convert(amount, g.display.Currency)
			if err != nil {
				return err
			}
			g.shown[i] = rest.next(to)
			if k == pricing.Shipping {
				whole, shown = whole.Add(amount), shown.Add(g.shown[i])
			}
		}
	}
	var rest carry
	for i := range g.price.Adjustments {
		if a := &g.price.Adjustments[i]; a.Kind == pricing.ShippingDiscount {
			g.shown[i] = rest.next(proportion(a.In(g.price.View.Side(a.Kind)), whole, shown))
		}
	}
	return nil
}
