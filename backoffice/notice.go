package backoffice

import (
	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/fleet/registry"
)

// stateBadge says whether shoppers can come in.
func stateBadge(v ui.View, row *registry.Shop) ui.Badge {
	switch {
	case row.State == registry.Suspended:
		return ui.Badge{Label: v.T("office.state.suspended"), Tone: ui.Bad, Dot: true}
	case row.Mode == registry.Draining:
		return ui.Badge{Label: v.T("office.state.maintenance1"), Tone: ui.Warn, Dot: true}
	case row.Mode == registry.Shut:
		return ui.Badge{Label: v.T("office.state.maintenance2"), Tone: ui.Warn, Dot: true}
	default:
		return ui.Badge{Label: v.T("office.state.open"), Tone: ui.Good, Dot: true}
	}
}

// notice is the one thing to know on every page: the most serious comes first.
func (o *Office) notice(v *desk.Visit) *ui.Flash {
	switch {
	case v.Row.State == registry.Suspended:
		return &ui.Flash{Tone: ui.Bad, Text: v.T("office.notice.suspended")}
	case v.Row.Mode != registry.Production:
		return &ui.Flash{Tone: ui.Warn, Text: v.T("office.notice.maintenance")}
	case o.TestBank:
		return &ui.Flash{Tone: ui.Info, Text: v.T("office.notice.test_bank")}
	}
	return nil
}
