package offline

import (
	"context"
	"net/url"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/pricing"
)

// escrowPatience is how long a buyer may take to open his file with the third party and send it the money.
const escrowPatience = 15 * day

// Escrow is a trusted third party (tiers de confiance): somebody both sides trust takes the buyer's money, says that he has
// it, and pays it out when the buyer has his parcel. The merchant records the three steps as he is told them: the money is
// promised (checkout.Desk.Hold), then taken or let go.
type Escrow struct{ silent }

// Key is stored.
func (Escrow) Key() string { return "escrow" }

// Config asks who it is, and where and for whom the buyer pays there.
func (Escrow) Config() form.Schema {
	return form.Schema{Fields: []form.Field{
		{Name: "party", Label: "payment.escrow.party", Help: "payment.escrow.party_help", Kind: form.Text, Required: true, Max: 100},
		{Name: "site", Label: "payment.escrow.site", Help: "payment.escrow.site_help", Kind: form.Text, Required: true, Max: 300},
		{Name: "account", Label: "payment.escrow.account", Help: "payment.escrow.account_help", Kind: form.Text, Max: 100},
	}}
}

// CheckConfig wants an address buyers can safely open.
func (Escrow) CheckConfig(v form.Values) error {
	var c form.Checker
	if at, err := url.Parse(v.Text("site")); err != nil || at.Scheme != "https" || at.Host == "" || at.User != nil {
		c.Refuse("site", "payment.escrow.site_bad", nil)
	}
	return c.Err()
}

// Capabilities of a third party: pieces wait for his word and leave with the parcel. What moves the money to him is his
// affair, and may be a card: the strictest rule on fees is kept.
func (Escrow) Capabilities() payment.Capabilities {
	return payment.Capabilities{Offline: true, Held: true, Moment: payment.MomentShipped, Patience: escrowPatience, Instrument: pricing.Regulated}
}

// Start tells the buyer whom to pay, and what happens then.
func (Escrow) Start(_ context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	party := a.Config.Text("party")
	lines := []payment.Line{
		{Key: "payment.escrow.intro", Args: map[string]any{"party": party, "amount": r.Payment.Amount}},
		{Key: "payment.escrow.page", Value: a.Config.Text("site")},
	}
	if account := a.Config.Text("account"); account != "" {
		lines = append(lines, payment.Line{Key: "payment.escrow.payee", Value: account})
	}
	return payment.Instructions{Lines: append(lines,
		payment.Line{Key: "payment.amount", Value: amountText(r)},
		payment.Line{Key: "payment.reference", Value: r.OrderNumber},
		payment.Line{Key: "payment.escrow.outro", Args: map[string]any{"party": party}},
	)}, nil
}

var (
	_ payment.Gateway = Escrow{}
	_ payment.Checker = Escrow{}
)
