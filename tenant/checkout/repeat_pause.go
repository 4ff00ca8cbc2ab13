package checkout

import (
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// unpaidYet is why a repetition waits for a buyer who was to pay by a link, besides the reasons of banks.
const unpaidYet = "unpaid"

// newestOf is the newest order of a repetition; waits tells that its money is still to come.
func newestOf(tx tenant.Tx, first *order.Order) (o *order.Order, waits bool, err error) {
	o = first
	if list := first.Request.Repeat.Orders; len(list) > 0 {
		if o, err = order.Find(tx, list[len(list)-1]); err != nil {
			return nil, false, err
		}
	}
	attempts, err := payment.ListOf(tx, paymentOrder(o.ID))
	return o, payable(o) && !promised(attempts), err
}

// pause stops asking until the newest order is paid by its buyer, and tells the shop.
func (d *Desk) pause(tx tenant.Tx, first, latest *order.Order, why string) error {
	r := first.Request.Repeat
	r.Paused, r.Why, r.Retry = tx.Now(), why, time.Time{}
	if err := order.SaveRepeat(tx, first); err != nil {
		return err
	}
	if err := alert(tx, latest, "checkout.alert.repeat_paused", nil); err != nil {
		return err
	}
	rules, err := d.rules(tx)
	if err != nil {
		return err
	}
	shop := rules.Languages.Default
	return d.Post.Put(tx, notify.Letter{Kind: notify.OrderRepeatPausedStaff, To: notify.Staff, Locale: shop, Order: subject(latest.ID),
		Words: map[string]string{"amount": i18n.FormatMoney(shop, latest.Total), "why": WhyIn(shop, why)}})
}

// WhyIn is why a repetition waits or a card was refused, in words that end a sentence.
func WhyIn(l i18n.Locale, why string) string {
	if why == "" {
		why = string(payment.ReasonRefused)
	}
	return Words().T(l, "checkout.repeat.why_"+why, nil)
}
