package wire

import (
	"fmt"
	"net/url"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/testbank"
)

// trials are the contracts merchants may try with.
func (a *App) trials() map[string]url.Values {
	if a.Out.Bank == nil {
		return nil
	}
	return a.Out.Bank.Trials
}

// connectBank lets a shop be paid by card through the pretend bank, where there is one, so that the
// first order of a new merchant is paid like any other.
func (a *App) connectBank(tx tenant.Tx) error {
	b := a.Out.Bank
	if b == nil {
		return nil
	}
	modes, err := a.Rooms.Modes.List(tx)
	if err != nil {
		return err
	}
	for _, m := range modes {
		if m.Kind == testbank.Key {
			return nil
		}
	}
	_, err = a.Rooms.Modes.SaveIn(tx, tenant.ByProgram, payment.Draft{
		Kind:   testbank.Key,
		Names:  i18n.Text{"fr": "Carte bancaire", "en": "Bank card", "es": "Tarjeta bancaria", "de": "Bankkarte"},
		Config: url.Values{"merchant": {b.Merchant}, "key": {b.Key.Reveal()}, "capture": {"now"}},
		Locale: i18n.Neutral, Active: true, Test: true,
	})
	if err != nil {
		return fmt.Errorf("connect the pretend bank: %w", err)
	}
	return nil
}
