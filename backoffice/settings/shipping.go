package shopsettings

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/zones"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// shippingModes lists the ways to send.
func (d *Desk) shippingModes(c echo.Context) error {
	v := desk.Here(c)
	modes, set, err := readShipping(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	f := frame(v, "shipping")
	f.Actions = []ui.Action{{Label: v.T("setup.shipping.simulator.title"), Href: v.Href("settings/shipping/simulator"), Icon: ui.IconActivity}}
	if v.Can("settings.edit") {
		f.Actions = append(f.Actions, ui.Action{Label: v.T("setup.shipping.add"), Href: v.Href("settings/shipping/new"), Icon: ui.IconPlus, Look: ui.Primary})
	}
	return desk.Show(c, http.StatusOK, tablePage(v, f, d.shippingTable(v, set, modes)))
}

// readShipping reads the modes with the settings they are shown by.
func readShipping(ctx context.Context, shop *tenant.Shop) (modes []shipping.Stored, s *settings.Settings, err error) {
	err = shop.Read(ctx, func(tx tenant.Tx) (err error) {
		if s, err = settings.Load(tx); err != nil {
			return err
		}
		modes, err = shipping.ListModes(tx)
		return err
	})
	return modes, s, err
}

func (d *Desk) shippingTable(v *desk.Visit, set *settings.Settings, modes []shipping.Stored) ui.Table {
	t := ui.Table{
		Caption: v.T("setup.shipping.title"),
		Columns: []ui.Column{
			{Title: v.T("setup.shipping.mode"), Main: true}, {Title: v.T("setup.shipping.method")},
			{Title: v.T("setup.shipping.mode-zones")}, {Title: v.T("setup.state"), Fit: true},
		},
		Empty: ui.Empty{Icon: ui.IconTruck, Title: v.T("setup.shipping.none"), Text: v.T("setup.shipping.none_text")},
	}
	if v.Can("settings.edit") {
		t.Empty.Actions = []ui.Action{{Label: v.T("setup.shipping.add"), Href: v.Href("settings/shipping/new"), Look: ui.Primary, Icon: ui.IconPlus}}
	}
	for i, m := range modes {
		name, at := m.Name.In(v.View.Locale), v.Href("settings/shipping/"+m.ID)
		row := ui.Row{ID: m.ID, Name: name, Muted: !m.Active, Cells: []templ.Component{
			ui.TitleCell(v.View, ui.Title{Text: name, Href: at, Sub: m.Texts.In(v.View.Locale)}),
			d.modeCell(v, set, m), ui.TextCell(zones.Names(v.View, m.Zones)),
			ui.BadgeCell(v.View, d.shippingBadges(v, carriage{set, modes}, m)...),
		}}
		if v.Can("settings.edit") {
			row.More = modeActions(v, at, m.Active, i > 0, i < len(modes)-1)
			row.More = slices.Insert(row.More, 1, ui.Action{Label: v.T("setup.shipping.copy"), Icon: ui.IconCopy, Href: at + "/copy"})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// calculatorName is the way a mode computes, also when this program no longer has it.
func (d *Desk) calculatorName(v *desk.Visit, key string) string {
	if _, err := d.Calculators.Find(key); err != nil {
		return v.View.Explain(err)
	}
	return v.T("shipping.calculator." + key)
}

// modeCell says how a mode computes, and what that comes to.
func (d *Desk) modeCell(v *desk.Visit, set *settings.Settings, m shipping.Stored) templ.Component {
	t, err := d.Calculators.Open(set.Rules().Currency, m.Mode)
	if err != nil {
		return ui.TextCell(d.calculatorName(v, m.Calculator))
	}
	says := ""
	if what, ok := t.Describe(); ok {
		says = v.T(what.Key, ui.Args(what.Args))
	}
	return ui.TwoLineCell(d.calculatorName(v, m.Calculator), says)
}

func (d *Desk) shippingBadges(v *desk.Visit, all carriage, m shipping.Stored) []ui.Badge {
	badges := []ui.Badge{d.shippingBadge(v, m)}
	if _, warnings := d.review(v, all, m); len(warnings) > 0 {
		badges = append(badges, ui.Badge{Label: v.T("setup.shipping.warnings", ui.Args{"n": len(warnings)}), Tone: ui.Warn})
	}
	return badges
}

func (d *Desk) shippingBadge(v *desk.Visit, m shipping.Stored) ui.Badge {
	if _, err := d.Calculators.Find(m.Calculator); err != nil {
		return ui.Badge{Label: v.T("setup.gone"), Tone: ui.Bad, Dot: true}
	}
	return activeBadge(v, m.Active)
}

func activeBadge(v *desk.Visit, active bool) ui.Badge {
	if active {
		return ui.Badge{Label: v.T("setup.active"), Tone: ui.Good, Dot: true}
	}
	return ui.Badge{Label: v.T("setup.inactive"), Tone: ui.Neutral, Dot: true}
}

// modeActions is the menu of a mode of delivery or payment in its list.
func modeActions(v *desk.Visit, at string, active, up, down bool) []ui.Action {
	actions := []ui.Action{{Label: v.T("setup.edit"), Icon: ui.IconPencil, Href: at}}
	turn := ui.Action{Label: v.T("setup.switch_on"), Icon: ui.IconPlayerPlay, Post: at + "/switch", Name: "active", Value: "1"}
	if active {
		turn.Label, turn.Icon, turn.Value = v.T("setup.switch_off"), ui.IconPlayerPause, "0"
	}
	actions = append(actions, turn)
	if up {
		actions = append(actions, ui.Action{Label: v.T("setup.up"), Icon: ui.IconArrowUp, Post: at + "/move", Name: "up", Value: "1"})
	}
	if down {
		actions = append(actions, ui.Action{Label: v.T("setup.down"), Icon: ui.IconArrowDown, Post: at + "/move", Name: "up", Value: "0"})
	}
	return append(actions, ui.Action{Label: v.T("setup.remove_do"), Icon: ui.IconTrash, Look: ui.Danger, Href: at + "/remove"})
}
