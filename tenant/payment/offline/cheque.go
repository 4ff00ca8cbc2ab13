package offline

import (
	"context"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/pricing"
)

// chequePatience is how long a cheque may travel and the goods are held: a week by post each way of
// a slow buyer, and a day for the bank. In France a cheque is good for a year and eight days (CMF
// L131-59), which is no time to hold goods.
const chequePatience = 15 * day

// Cheque is a cheque sent by post.
type Cheque struct{ silent }

// Key is stored.
func (Cheque) Key() string { return "cheque" }

// Config asks to whom and whereto.
func (Cheque) Config() form.Schema {
	return form.Schema{Fields: []form.Field{
		{Name: "payee", Label: "payment.cheque.payee", Help: "payment.cheque.payee_help", Kind: form.Text, Required: true, Max: 100},
		{Name: "address", Label: "payment.cheque.address", Help: "payment.cheque.address_help", Kind: form.Textarea, Required: true, Max: 400},
	}}
}

// Capabilities of a cheque.
func (Cheque) Capabilities() payment.Capabilities {
	return payment.Capabilities{Offline: true, Moment: payment.MomentPaid, Patience: chequePatience, Instrument: pricing.NoInstrument}
}

// Start tells the buyer what to write and where to send it.
func (Cheque) Start(_ context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	return payment.Instructions{Lines: []payment.Line{
		{Key: "payment.cheque.intro", Args: map[string]any{"amount": r.Payment.Amount}},
		{Key: "payment.cheque.payee", Value: a.Config.Text("payee")},
		{Key: "payment.amount", Value: amountText(r)},
		{Key: "payment.cheque.address", Value: a.Config.Text("address")},
		{Key: "payment.reference", Value: r.OrderNumber},
		{Key: "payment.cheque.outro", Args: map[string]any{"order": r.OrderNumber}},
	}}, nil
}

var _ payment.Gateway = Cheque{}
