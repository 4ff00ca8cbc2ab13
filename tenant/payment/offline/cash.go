package offline

import (
	"context"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/pricing"
)

// cashPatience is how long a parcel may be on its way and wait at the post office.
const cashPatience = 30 * day

// Cash is cash on delivery, collected by the carrier.
type Cash struct{ silent }

// Key is stored.
func (Cash) Key() string { return "cash_on_delivery" }

// Config asks for a hint to the buyer only.
func (Cash) Config() form.Schema {
	return form.Schema{Fields: []form.Field{
		{Name: "note", Label: "payment.cash.note", Help: "payment.cash.note_help", Kind: form.Textarea, Max: 400},
	}}
}

// Capabilities of cash: the parcel leaves before the money comes.
func (Cash) Capabilities() payment.Capabilities {
	return payment.Capabilities{Offline: true, OnDelivery: true, Moment: payment.MomentPlaced, Patience: cashPatience, Instrument: pricing.NoInstrument}
}

// Start tells the buyer what to have ready.
func (Cash) Start(_ context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	lines := []payment.Line{
		{Key: "payment.cash.intro", Args: map[string]any{"amount": r.Payment.Amount}},
		{Key: "payment.amount", Value: amountText(r)},
		{Key: "payment.reference", Value: r.OrderNumber},
	}
	if note := a.Config.Text("note"); note != "" {
		lines = append(lines, payment.Line{Key: "payment.cash.note", Value: note})
	}
	return payment.Instructions{Lines: lines}, nil
}

var _ payment.Gateway = Cash{}
