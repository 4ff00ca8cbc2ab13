package checkout

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// disputed puts a payment its buyer does not accept before the shop, with until when its bank takes evidence (PGW-15).
// What is not sent yet is held until a person lets it go.
func (d *Desk) disputed(tx tenant.Tx, o *order.Order, out payment.Outcome) error {
	claim := out.Payment.Dispute
	if err := alert(tx, o, "checkout.alert.dispute", amounts(claim.Amount)); err != nil {
		return err
	}
	if o.Open() && o.Screening.Hold(tx.Now()) {
		if err := order.Screened(tx, o); err != nil {
			return err
		}
	}
	r, err := d.rules(tx)
	if err != nil {
		return err
	}
	shop := r.Languages.Default
	until := Words().T(shop, "checkout.dispute.soon", nil)
	if !claim.Due.IsZero() {
		until = Words().T(shop, "checkout.dispute.until", map[string]any{"day": i18n.FormatDate(shop, claim.Due.In(r.Rules().Zone), i18n.Long)})
	}
	return d.Post.Put(tx, notify.Letter{Kind: notify.OrderDispute, To: notify.Staff, Locale: shop, Order: subject(o.ID),
		Words: map[string]string{"amount": i18n.FormatMoney(shop, claim.Amount), "deadline": until}})
}

// decided tells how a dispute ended. Of money that was taken back the buyer gets no letter: he asked his bank, and not us.
func decided(tx tenant.Tx, o *order.Order, out payment.Outcome) error {
	key := "checkout.alert.dispute_won"
	if out.After == payment.StateChargedBack {
		key = "checkout.alert.dispute_lost"
		if err := reportLater(tx, o.ID); err != nil {
			return err
		}
	}
	amount := out.Payment.Captured
	if out.Payment.Dispute != nil {
		amount = out.Payment.Dispute.Amount
	}
	return alert(tx, o, key, amounts(amount))
}

func amounts(a money.Amount) map[string]string {
	return map[string]string{"amount": a.String(), "currency": a.Currency().Code()}
}
