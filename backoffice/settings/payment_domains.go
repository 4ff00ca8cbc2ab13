package shopsettings

import (
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// walletsModel is what a mode's bank says of the shop's addresses (PGW-39).
type walletsModel struct {
	Again string // where the button leads, "" for a mode that shows no wallets
	Hosts []payment.Domain
}

// wallets reads what is known of a mode.
func (d *Desk) wallets(c echo.Context, m payment.Mode) (walletsModel, error) {
	v := desk.Here(c)
	if m.ID.IsZero() || !d.Modes.ShowsWallets(m) {
		return walletsModel{}, nil
	}
	w := walletsModel{Again: v.Href("settings/payment/" + m.ID.String() + "/domains")}
	err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		w.Hosts, err = payment.ListDomains(tx, m.ID)
		return err
	})
	return w, err
}

// registerDomains has a mode's bank told the addresses of the shop again.
func (d *Desk) registerDomains(c echo.Context) error {
	v := desk.Here(c)
	mode, err := id.Parse[payment.Mode](c.Param("mode"))
	if err != nil {
		return err
	}
	if err := d.Wallets.Again(c.Request().Context(), v.Shop, mode); err != nil {
		return desk.Refuse(c, "settings/payment", "setup.refused", err)
	}
	return desk.Back(c, "settings/payment/"+mode.String(), "setup.payment.domains_asked", nil)
}

// tellBanks has the banks told that the addresses of the shop have changed. What was done stays done without them: each mode's
// page has a button for trying again.
func (d *Desk) tellBanks(c echo.Context) {
	if err := d.Wallets.Refresh(c.Request().Context(), desk.Here(c).Shop); err != nil {
		web.Log(c).Warn("tell banks the addresses of a shop", "error", err)
	}
}

// standingBadge is what the bank says of one host.
func standingBadge(v *desk.Visit, d payment.Domain) ui.Badge {
	b := ui.Badge{Label: v.T(d.Standing.Key()), Tone: ui.Bad, Dot: true}
	switch d.Standing {
	case payment.DomainReady:
		b.Tone = ui.Good
	case payment.DomainNoApple, payment.DomainAway:
		b.Tone = ui.Warn
	case payment.DomainRefused, payment.DomainOffice:
	}
	return b
}
