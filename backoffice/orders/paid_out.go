package orders

import (
	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payout"
)

// paidOut is what the bank's payouts tell of the payments of an order, with what each cost (PGW-11).
func paidOut(tx tenant.Tx, f *checkout.File) (map[payment.ID][]payout.Item, error) {
	which := make([]payment.ID, len(f.Payments))
	for i, p := range f.Payments {
		which[i] = p.ID
	}
	return payout.OfPayments(tx, which)
}

// payoutDay is a calendar day, which no zone may move.
func payoutDay(v *desk.Visit, it payout.Item) string {
	return i18n.FormatDate(v.View.Locale, it.PaidOn, i18n.Medium)
}
