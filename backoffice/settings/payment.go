package shopsettings

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/zones"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
)

// paymentModes lists the ways to pay.
func (d *Desk) paymentModes(c echo.Context) error {
	v := desk.Here(c)
	modes, s, err := d.readPayment(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	trials, err := d.trialsOf(c.Request().Context(), v.Shop, modes)
	if err != nil {
		return err
	}
	f := frame(v, "payment")
	if v.Can("settings.payment") {
		f.Actions = []ui.Action{{Label: v.T("setup.payment.add"), Href: v.Href("settings/payment/new"), Icon: ui.IconPlus, Look: ui.Primary}}
	}
	return desk.Show(c, http.StatusOK, tablePage(v, f, d.paymentTable(v, modes, s, trials)))
}

func (d *Desk) readPayment(ctx context.Context, shop *tenant.Shop) (modes []payment.Mode, s *settings.Settings, err error) {
	err = shop.Read(ctx, func(tx tenant.Tx) (err error) {
		if s, err = settings.Load(tx); err != nil {
			return err
		}
		modes, err = d.Modes.List(tx)
		return err
	})
	return modes, s, err
}

func (d *Desk) paymentTable(v *desk.Visit, modes []payment.Mode, s *settings.Settings, trials map[payment.ModeID]*checkout.ModeTrial) ui.Table {
	t := ui.Table{
		Caption: v.T("setup.payment.title"),
		Columns: []ui.Column{
			{Title: v.T("setup.payment.mode"), Main: true}, {Title: v.T("setup.payment.kind")},
			{Title: v.T("setup.payment.scope")}, {Title: v.T("setup.state"), Fit: true},
		},
		Empty: ui.Empty{Icon: ui.IconCreditCard, Title: v.T("setup.payment.none"), Text: v.T("setup.payment.none_text")},
	}
	if v.Can("settings.payment") {
		t.Empty.Actions = []ui.Action{{Label: v.T("setup.payment.add"), Href: v.Href("settings/payment/new"), Look: ui.Primary, Icon: ui.IconPlus}}
	}
	home := s.Rules().Currency
	for i, m := range modes {
		name, at := m.Names.In(v.View.Locale), v.Href("settings/payment/"+m.ID.String())
		title := ui.Title{Text: name, Sub: m.Texts.In(v.View.Locale)}
		row := ui.Row{ID: m.ID.String(), Name: name, Muted: !m.Active}
		if v.Can("settings.payment") {
			title.Href = at
			row.More = modeActions(v, at, m.Active, i > 0, i < len(modes)-1)
		}
		row.Cells = []templ.Component{
			ui.TitleCell(v.View, title), ui.TextCell(d.kindName(v, m.Kind)),
			ui.TextCell(scopeText(v, m.Scope, home, d.standInText(v, modes, m, home))), ui.BadgeCell(v.View, append(d.paymentBadges(v, s, m), trialBadges(v, trials[m.ID])...)...),
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// kindName is the kind of a mode, also when this program no longer has it.
func (d *Desk) kindName(v *desk.Visit, kind string) string {
	if _, err := d.Modes.Gateways().Find(kind); err != nil {
		return v.View.Explain(err)
	}
	return v.T(payment.KindKey(kind))
}

func (d *Desk) paymentBadges(v *desk.Visit, s *settings.Settings, m payment.Mode) []ui.Badge {
	if _, err := d.Modes.Gateways().Find(m.Kind); err != nil {
		return []ui.Badge{{Label: v.T("setup.gone"), Tone: ui.Bad, Dot: true}}
	}
	if prepared(m) {
		return []ui.Badge{{Label: v.T("setup.payment.prepared"), Tone: ui.Info}}
	}
	badges := []ui.Badge{activeBadge(v, m.Active)}
	if m.Active && unready(v, s, m.Kind) != "" {
		badges = append(badges, ui.Badge{Label: v.T("setup.payment.unready"), Tone: ui.Warn})
	}
	if m.Active && m.Outage.Grave() && m.Outage.Going() {
		badges = append(badges, ui.Badge{Label: v.T("setup.payment.away"), Tone: ui.Bad})
	}
	if m.Test {
		badges = append(badges, ui.Badge{Label: v.T("setup.payment.test"), Tone: ui.Warn})
	}
	return badges
}

// scopeText says who is offered a mode.
func scopeText(v *desk.Visit, s payment.Scope, home money.Currency, standIn string) string {
	text := zones.Names(v.View, s.Zones)
	if s.Least != nil {
		text += " · " + v.T("setup.payment.from", ui.Args{"amount": *s.Least})
	}
	if s.Most != nil {
		text += " · " + v.T("setup.payment.up_to", ui.Args{"amount": *s.Most})
	}
	if !s.Provider.IsZero() {
		hundred := money.New(decimal.NewFromInt(100), home)
		text += " · " + v.T("setup.payment.costs_you", ui.Args{"amount": s.Provider.Of(hundred), "hundred": hundred})
	}
	if standIn != "" {
		text += " · " + standIn
	}
	return text
}
