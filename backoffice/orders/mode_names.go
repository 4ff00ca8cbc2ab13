package orders

import (
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/shipping"
)

// modeNames are the names of the modes that still exist, by id. An order keeps the words its buyer
// read; who works in the office reads the same mode in his own language.
type modeNames map[string]i18n.Text

// namesOf collects the names of modes read before.
func namesOf(payments []payment.Mode, shippings []shipping.Stored) modeNames {
	names := make(modeNames, len(payments)+len(shippings))
	for _, m := range payments {
		names[m.ID.String()] = m.Names
	}
	for _, m := range shippings {
		names[m.ID] = m.Name
	}
	return names
}

// modeNames reads the names of all modes.
func (d *Desk) modeNames(tx tenant.Tx) (modeNames, error) {
	payments, err := d.Modes.List(tx)
	if err != nil {
		return nil, err
	}
	shippings, err := shipping.ListModes(tx)
	return namesOf(payments, shippings), err
}

// of is what to call the mode an order was placed with: its own name, or the words kept with the
// order when it is gone.
func (n modeNames) of(l i18n.Locale, chosen order.Choice) string {
	if name := n[chosen.Mode].In(l); name != "" {
		return name
	}
	return chosen.Label
}

// paid is what to call the mode of a payment: its own name, or its kind where it is gone.
func (n modeNames) paid(v ui.View, mode, kind string) string {
	if name := n[mode].In(v.Locale); name != "" {
		return name
	}
	if key := payment.KindKey(kind); v.Words.Has(v.Locale, key) {
		return v.T(key)
	}
	return kind
}
