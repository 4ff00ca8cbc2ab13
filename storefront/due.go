package storefront

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/order"
)

// depositTerms says in a sentence when an article that is ordered before its day is paid (STK-04); "" for at once.
func (v *visit) depositTerms(t deposit.Terms) string {
	switch t.Kind {
	case deposit.Percent:
		return v.say("storefront.deposit.percent", map[string]any{"percent": i18n.FormatPercent(v.locale(), t.Value)})
	case deposit.Each:
		each := money.New(t.Value, v.rules().Currency)
		shown, err := v.sum(each)
		if err != nil { // no rate today: as it will be charged
			shown = v.money(each)
		}
		return v.say("storefront.deposit.amount", map[string]any{"amount": shown.Text})
	case deposit.Nothing:
		return v.say("storefront.deposit.none", nil)
	case deposit.Full:
	}
	return ""
}

// due says when a total is to be paid, as amounts of the display currency that add up to the total shown; nil
// for all of it with the order.
func (v *visit) due(found *cart.View) (*view.Due, error) {
	d := found.Due
	if !d.Deferred() {
		return nil, nil
	}
	total, err := v.seen(found)
	if err != nil {
		return nil, err
	}
	now := bill.Part(d.Now, found.Total(), total)
	out := &view.Due{Now: v.money(now), Later: v.money(total.Sub(now)), Free: d.Now.IsZero()}
	out.Rest = out.Later
	return out, nil
}

// orderDue is the same of an order, in the currency it was shown in.
func (v *visit) orderDue(o *order.Order) *view.Due {
	if !o.Deferred() {
		return nil
	}
	now := o.Show(o.Advance.Now)
	return &view.Due{Now: v.money(now), Later: v.money(o.Show(o.Total).Sub(now)), Free: now.IsZero(), Paid: o.Secured(), Settled: !o.Due().IsPositive(),
		Rest: v.money(o.Show(o.Total).Sub(o.Show(o.Total.Sub(o.Due()))))}
}
