package offline

import (
	"context"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
)

// phonePatience is how long a buyer and a shop may take to speak to each other.
const phonePatience = 10 * day

// Phone is a card by telephone (PAY-01, mode 3), as PAY-03 has it by default: nobody spells a number. Whoever speaks to the buyer sends
// him a link (checkout.Desk.SendLink), and he enters his card at the bank himself.
type Phone struct{ silent }

// Key is stored.
func (Phone) Key() string { return "phone" }

// Config asks where the shop can be called.
func (Phone) Config() form.Schema {
	return form.Schema{Fields: []form.Field{
		{Name: "number", Label: "payment.phone.number", Help: "payment.phone.number_help", Kind: form.Text, Required: true, Max: 40},
		{Name: "hours", Label: "payment.phone.hours", Help: "payment.phone.hours_help", Kind: form.Text, Max: 120},
	}}
}

// Capabilities of a call. What the buyer pays with in the end is a card: the law on fees for cards holds.
func (Phone) Capabilities() payment.Capabilities {
	return payment.Capabilities{Offline: true, Moment: payment.MomentPaid, Patience: phonePatience}
}

// Start tells the buyer where to call, and that he gets a link.
func (Phone) Start(_ context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	lines := []payment.Line{
		{Key: "payment.phone.intro", Args: map[string]any{"amount": r.Payment.Amount}},
		{Key: "payment.phone.call", Value: a.Config.Text("number")},
	}
	if hours := a.Config.Text("hours"); hours != "" {
		lines = append(lines, payment.Line{Key: "payment.phone.open", Value: hours})
	}
	return payment.Instructions{Lines: append(lines,
		payment.Line{Key: "payment.reference", Value: r.OrderNumber}, payment.Line{Key: "payment.phone.outro"})}, nil
}

var _ payment.Gateway = Phone{}
