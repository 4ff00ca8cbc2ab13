package offline

import (
	"context"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/terminal"
)

// Terminal is a card that the merchant keys into his own payment terminal, under a mail-order contract (PAY-03).
type Terminal struct{ silent }

// Key is stored.
func (Terminal) Key() string { return terminal.Kind }

// Config asks nothing: keys and duties are the shop's and not a mode's.
func (Terminal) Config() form.Schema { return form.Schema{} }

// Capabilities of a card that waits: as long as it is kept. What the law says of fees for cards holds for it.
func (Terminal) Capabilities() payment.Capabilities {
	return payment.Capabilities{Offline: true, Moment: payment.MomentPaid, Patience: terminal.Lasts}
}

// Usable tells whether an operator allows it and the merchant has done his part.
func (Terminal) Usable(tx tenant.Tx) (bool, error) {
	if !tx.Shop().Terminal() {
		return false, nil
	}
	s, err := settings.Load(tx)
	return err == nil && s.Terminal.Book().Ready(), err
}

// Start leads to the page of the shop that seals the card.
func (Terminal) Start(context.Context, payment.Account, payment.Request) (payment.Action, error) {
	return payment.Sealed{}, nil
}

var (
	_ payment.Gateway     = Terminal{}
	_ payment.Conditional = Terminal{}
)
