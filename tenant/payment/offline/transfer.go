package offline

import (
	"context"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/pricing"
)

// transferPatience is how long a transfer may take: a buyer who looks at his bank once a week, and
// one banking day for the money (Directive 2015/2366 art. 83).
const transferPatience = 10 * day

// Transfer is a bank transfer to the merchant's account.
type Transfer struct{ silent }

// Key is stored.
func (Transfer) Key() string { return "transfer" }

// Config asks for the account.
func (Transfer) Config() form.Schema {
	return form.Schema{Fields: []form.Field{
		{Name: "owner", Label: "payment.transfer.owner", Help: "payment.transfer.owner_help", Kind: form.Text, Required: true, Max: maxOwner},
		{Name: "iban", Label: "payment.transfer.iban", Help: "payment.transfer.iban_help", Kind: form.Text, Required: true, Max: 50},
		{Name: "bic", Label: "payment.transfer.bic", Help: "payment.transfer.bic_help", Kind: form.Text, Max: 20},
		{Name: "bank", Label: "payment.transfer.bank", Kind: form.Text, Max: 100},
	}}
}

// CheckConfig looks at the check digits of the IBAN and the shape of the BIC.
func (Transfer) CheckConfig(v form.Values) error {
	var c form.Checker
	if !ValidIBAN(v.Text("iban")) {
		c.Refuse("iban", "payment.transfer.iban_bad", nil)
	}
	if bic := v.Text("bic"); bic != "" && !validBIC(bic) {
		c.Refuse("bic", "payment.transfer.bic_bad", nil)
	}
	return c.Err()
}

// Capabilities of a transfer.
func (Transfer) Capabilities() payment.Capabilities {
	return payment.Capabilities{Offline: true, Moment: payment.MomentPaid, Patience: transferPatience, Instrument: pricing.SEPA}
}

// Start tells the buyer the account and what to write on the transfer.
func (Transfer) Start(_ context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	lines := []payment.Line{
		{Key: "payment.transfer.intro", Args: map[string]any{"amount": r.Payment.Amount}},
		{Key: "payment.transfer.owner", Value: a.Config.Text("owner")},
		{Key: "payment.transfer.iban", Value: printIBAN(a.Config.Text("iban"))},
	}
	if bic := a.Config.Text("bic"); bic != "" {
		lines = append(lines, payment.Line{Key: "payment.transfer.bic", Value: compact(bic)})
	}
	if bank := a.Config.Text("bank"); bank != "" {
		lines = append(lines, payment.Line{Key: "payment.transfer.bank", Value: bank})
	}
	lines = append(lines,
		payment.Line{Key: "payment.amount", Value: amountText(r)},
		payment.Line{Key: "payment.reference", Value: r.OrderNumber},
		payment.Line{Key: "payment.transfer.outro", Args: map[string]any{"order": r.OrderNumber}},
	)
	return payment.Instructions{Lines: lines, QR: epc(a.Config, r)}, nil
}

// amountText is the amount as the buyer reads it.
func amountText(r payment.Request) string { return i18n.FormatMoney(r.Locale, r.Payment.Amount) }

var (
	_ payment.Gateway = Transfer{}
	_ payment.Checker = Transfer{}
)
