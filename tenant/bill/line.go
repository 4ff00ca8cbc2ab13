package bill

import (
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// Line is a line of a price as it is shown: with the discounts that its article has on the shelf
// already, in a list and on its own page. What is taken off the order as a whole stands under the lines.
type Line struct {
	Total money.Amount // on the side goods are shown
	// Unit is what one piece costs and Was what it would without discounts, nil where that is the same.
	// A discount that does not come out even for one piece leaves Unit as it was: then Off tells.
	Unit money.Amount
	Was  *money.Amount
	Off  []Off
}

// Off is what one rule takes off a line.
type Off struct {
	Reason pricing.Reason
	Amount money.Amount // negative
}

// Lines lays the lines of a price out, in their order. Their totals are the goods of Totals.
func Lines(p *pricing.Priced) []Line {
	side, onShelf := p.View.Side(pricing.Goods), shelved(p)
	lines := make([]Line, len(p.Lines))
	place := make(map[string]int, len(p.Lines))
	for i := range p.Lines {
		l := &p.Lines[i]
		place[l.ID] = i
		lines[i] = Line{Total: l.Goods.In(side), Unit: l.Unit.In(side)}
	}
	for i := range p.Adjustments {
		a := &p.Adjustments[i]
		at, known := place[a.Line]
		if a.Kind != pricing.Discount || !known || !onShelf[a.Source] {
			continue
		}
		off := a.In(side)
		lines[at].Total = lines[at].Total.Add(off)
		lines[at].Off = append(lines[at].Off, Off{a.Reason, off})
	}
	for i := range lines {
		lines[i].perPiece(p.Lines[i].Qty)
	}
	return lines
}

// Says names what was taken off, "" for nothing: "Winter sale −2.00 €".
func (l *Line) Says(locale i18n.Locale) string {
	parts := make([]string, len(l.Off))
	for i, off := range l.Off {
		parts[i] = off.Reason.Name.In(locale) + " " + i18n.FormatMoney(locale, off.Amount)
	}
	return strings.Join(parts, ", ")
}

// Each is what one of qty pieces costs after the discounts, rounded where it does not come out even: for telling
// what a piece would cost, not for adding up.
func (l *Line) Each(qty int64) money.Amount {
	return l.Total.Div(decimal.NewFromInt(qty)).Round(money.HalfUp)
}

// perPiece tells what a piece costs after the discounts, where that comes out even.
func (l *Line) perPiece(qty int64) {
	if len(l.Off) == 0 || qty < 1 {
		return
	}
	each := l.Each(qty)
	if !each.MulInt(qty).Equal(l.Total) {
		return
	}
	was := l.Unit
	l.Unit, l.Was = each, &was
}

// shelved are the sources of the discounts that were given on articles and families. The trace tells,
// which is kept with orders.
func shelved(p *pricing.Priced) map[string]bool {
	var list map[string]bool
	for i := range p.Trace {
		if e := &p.Trace[i]; e.Step == goodsStep && e.Source != "" {
			if list == nil {
				list = map[string]bool{}
			}
			list[e.Source] = true
		}
	}
	return list
}

// goodsStep is the key of discount.Steps.Goods. It is stored with orders and never changes.
const goodsStep = "discount_goods"
