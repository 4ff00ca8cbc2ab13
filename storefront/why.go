package storefront

import (
	"slices"
	"strings"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/pricing"
)

// why is the short answer to "why this price" (CAT-05): what happened to a line, in the order it was
// reckoned; nil where it costs what the article costs and nothing else. The price is in the reader's currency.
func (v *visit) why(p *pricing.Priced, line int) []view.PriceStep {
	trace := bill.Trace(p, line)
	if plain(trace) {
		return nil
	}
	side, sides := p.View.Side(pricing.Goods), false
	steps := make([]view.PriceStep, 0, len(trace)+1)
	for _, e := range trace {
		step := v.whyStep(e.Reason, *e.After)
		if e.Side != side {
			step.Label += " (" + v.say(sideWords[e.Side], nil) + ")"
			sides = true
		}
		steps = append(steps, step)
	}
	label := v.say("storefront.why_total", nil)
	if sides {
		label += " (" + v.say(sideWords[side], nil) + ")"
	}
	return append(steps, view.PriceStep{Label: label, Amount: v.money(bill.Lines(p)[line].Total), Total: true})
}

// plain tells that a line costs what the article costs, and nothing happened to it.
func plain(trace []pricing.Entry) bool {
	return !slices.ContainsFunc(trace, func(e pricing.Entry) bool { return e.Reason.Key != plainPrice })
}

// plainPrice is the reason of so many pieces at the article's own price.
const plainPrice = "price.goods"

var sideWords = map[pricing.Side]string{pricing.Net: "storefront.side.net", pricing.Gross: "storefront.side.gross"}

func (v *visit) whyStep(r pricing.Reason, after money.Amount) view.PriceStep {
	args := make(map[string]any, len(r.Args))
	for name, value := range r.Args {
		if a, ok := value.(money.Amount); ok {
			value = v.money(a).Text
		}
		args[name] = value
	}
	label := v.say(r.Key, args)
	if name := r.Name.In(v.locale(), v.main()); name != "" && name != label {
		label = name + " – " + label
	}
	return view.PriceStep{Label: label, Amount: v.money(after)}
}

// rulesOf names the discounts a line has on the shelf: what stands beside a crossed-out price (ORD-04).
func (v *visit) rulesOf(l *bill.Line) string {
	names := make([]string, len(l.Off))
	for i, off := range l.Off {
		names[i] = off.Reason.Name.In(v.locale(), v.main())
	}
	return strings.Join(names, ", ")
}
