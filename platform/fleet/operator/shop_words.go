package operator

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/registry"
)

// shopTerms are the facts of a shop.
func shopTerms(v ui.View, m shopModel) []ui.Term {
	terms := []ui.Term{
		{Name: v.T("operator.shop.address"), Body: ui.LinkCell(m.Address+"/", m.Address)},
		{Name: v.T("operator.shop.slug"), Text: m.Shop.Slug},
		{Name: v.T("operator.shop.id"), Text: m.Shop.ID.String()},
		{Name: v.T("operator.shop.schema"), Text: m.Shop.Schema.String()},
		{Name: v.T("operator.shops.version"), Body: ui.StatusPill(v, m.Version)},
		{Name: v.T("operator.shops.opened"), Text: v.DayTime(m.Shop.OpenedAt)},
		{Name: v.T("operator.shop.rev"), Text: strconv.Itoa(m.Shop.Rev)},
	}
	if m.Shop.Problem != "" {
		terms = append(terms, ui.Term{Name: v.T("operator.shop.problem"), Text: m.Shop.Problem})
	}
	return terms
}

// eventActions lead to the question that is asked before each change.
func eventActions(v ui.View, shop *registry.Shop, events []registry.Event) []ui.Action {
	looks := map[registry.Event]ui.Look{registry.Suspend: ui.Danger, registry.Resume: ui.Primary}
	icons := map[registry.Event]ui.Icon{
		registry.Suspend: ui.IconPlayerPause, registry.Resume: ui.IconPlayerPlay, registry.Close: ui.IconBan, registry.Reopen: ui.IconRefresh,
	}
	var actions []ui.Action
	// The table's order is that of the alphabet; the milder deed stands first.
	slices.Reverse(events)
	for _, e := range events {
		actions = append(actions, ui.Action{
			Label: v.T("operator.event." + string(e) + ".do"), Look: looks[e], Icon: icons[e],
			Href: "/shops/" + shop.ID.String() + "/state?event=" + string(e),
		})
	}
	return actions
}

func memberTable(v ui.View, members []account.Member) ui.Table {
	t := ui.Table{
		Caption: v.T("operator.shop.people"), Bare: true,
		Columns: []ui.Column{{Title: v.T("operator.sign_in.email"), Main: true}, {Title: v.T("operator.shop.role")}, {Title: v.T("operator.shop.since")}},
		Empty:   ui.Empty{Icon: ui.IconUsers, Title: v.T("operator.shop.nobody")},
	}
	for _, m := range members {
		t.Rows = append(t.Rows, ui.Row{ID: m.ID.String(), Name: m.Email, Cells: []templ.Component{
			ui.TwoLineCell(m.Email, m.Name), ui.TextCell(v.T("operator.member." + string(m.Role))), ui.TextCell(v.Day(m.Since)),
		}})
	}
	return t
}
