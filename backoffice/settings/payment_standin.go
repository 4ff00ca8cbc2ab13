package shopsettings

import (
	"net/url"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// putStandIn writes into the form of a mode which one takes over when its bank does not answer (PGW-45).
func putStandIn(values url.Values, standIn payment.ModeID) {
	if !standIn.IsZero() {
		values.Set("mode-stand_in", standIn.String())
	}
}

// standInOf reads it back.
func standInOf(c *form.Checker, f paymentForm) payment.ModeID {
	if f.StandIn == "" {
		return payment.ModeID{}
	}
	mode, err := id.Parse[payment.Mode](f.StandIn)
	if err != nil {
		c.Refuse("scope.stand_in", form.KeyChoice, nil)
	}
	return mode
}

// standIns are the modes to choose from: the others, that are offered.
func standIns(s sheet.Sheet, modes []payment.Mode, m payment.Mode, g payment.Gateway) []ui.Option {
	if g.Capabilities().Offline {
		return nil
	}
	options := []ui.Option{{Label: s.T("stand_in_none")}}
	for _, other := range modes {
		if other.ID != m.ID && (other.Active || other.ID == m.Scope.StandIn) {
			options = append(options, ui.Option{Value: other.ID.String(), Label: other.Names.In(s.View().Locale)})
		}
	}
	return options
}

// standInText says on a list which mode takes over, and whether it still could.
func (d *Desk) standInText(v *desk.Visit, modes []payment.Mode, m payment.Mode, base money.Currency) string {
	for _, other := range modes {
		if other.ID != m.Scope.StandIn {
			continue
		}
		key := "setup.payment.stand_in_is"
		if !d.standsIn(m, other, base) {
			key = "setup.payment.stand_in_unfit"
		}
		return v.T(key, ui.Args{"name": other.Names.In(v.View.Locale)})
	}
	return ""
}

func (d *Desk) standsIn(m, other payment.Mode, base money.Currency) bool {
	gateway, err := d.Modes.Gateways().Find(m.Kind)
	if err != nil {
		return false
	}
	next, err := d.Modes.Gateways().Find(other.Kind)
	if err != nil {
		return false
	}
	return payment.Offer{Mode: m, Capabilities: gateway.Capabilities()}.StandsIn(payment.Offer{Mode: other, Capabilities: next.Capabilities()}, base)
}
