package storefront

import (
	"strings"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/pricing"
)

// why is the short answer to "why this price" (CAT-05): what happened to a line, in the order it was
// reckoned; nil where it costs what the article costs and nothing else. show writes an amount.
func (v *visit) why(p *pricing.Priced, line int) ([]view.PriceStep, error) {
	var steps []view.PriceStep
	side := p.View.Side(pricing.Goods)
	plain, sides := true, false
	for _, e := range checkout.ShelfTrace(p, line) {
		plain = plain && e.Reason.Key == plainPrice
		step, err := v.whyStep(e.Reason, *e.After)
		if err != nil {
			return nil, err
		}
		if e.Side != side {
			step.Label += " (" + v.say(sideWords[e.Side], nil) + ")"
			sides = true
		}
		steps = append(steps, step)
	}
	if plain {
		return nil, nil
	}
	total, err := v.sum(checkout.ShelfLines(p)[line].Total)
	label := v.say("storefront.why_total", nil)
	if sides {
		label += " (" + v.say(sideWords[side], nil) + ")"
	}
	return append(steps, view.PriceStep{Label: label, Amount: total, Total: true}), err
}

// plainPrice is the reason of so many pieces at the article's own price.
const plainPrice = "price.goods"

var sideWords = map[pricing.Side]string{pricing.Net: "storefront.side.net", pricing.Gross: "storefront.side.gross"}

func (v *visit) whyStep(r pricing.Reason, after money.Amount) (view.PriceStep, error) {
	args := make(map[string]any, len(r.Args))
	for name, value := range r.Args {
		if a, ok := value.(money.Amount); ok {
			shown, err := v.sum(a)
			if err != nil {
				return view.PriceStep{}, err
			}
			value = shown.Text
		}
		args[name] = value
	}
	label := v.say(r.Key, args)
	if name := r.Name.In(v.locale(), v.main()); name != "" && name != label {
		label = name + " – " + label
	}
	amount, err := v.sum(after)
	return view.PriceStep{Label: label, Amount: amount}, err
}

// rulesOf names the discounts a line has on the shelf: what stands beside a crossed-out price (ORD-04).
func (v *visit) rulesOf(l *checkout.ShelfLine) string {
	names := make([]string, len(l.Off))
	for i, off := range l.Off {
		names[i] = off.Reason.Name.In(v.locale(), v.main())
	}
	return strings.Join(names, ", ")
}
