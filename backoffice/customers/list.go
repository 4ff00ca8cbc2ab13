package customers

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/profile"
)

type listQuery struct {
	Text    string `query:"q"`
	State   string `query:"state"`
	Profile string `query:"profile"`
	After   string `query:"after"`
}

const aPage = 50

// list finds customers by name, mail address or phone.
func (d *Desk) list(c echo.Context) error {
	v := desk.Here(c)
	q, err := web.Query[listQuery](c)
	if err != nil {
		return err
	}
	h, err := read(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	filter := customer.Filter{Text: q.Text, Profile: profile.Code(q.Profile), After: q.After, Limit: aPage}
	if q.State != "" {
		blocked := q.State == "blocked"
		filter.Blocked = &blocked
	}
	page, err := d.accounts.List(c.Request().Context(), v.Shop, filter)
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, listPage(v, h, q, page))
}

func table(v *desk.Visit, h house, q listQuery, page customer.Page) ui.Table {
	t := ui.Table{
		Caption: v.T("customers.title"),
		Columns: []ui.Column{
			{Title: v.T("customers.customer"), Main: true}, {Title: v.T("customers.orders"), End: true},
			{Title: v.T("customers.last_order")}, {Title: v.T("customers.since"), Wide: true}, {Title: v.T("customers.state"), Fit: true},
		},
		Empty: ui.Empty{Icon: ui.IconUsers, Title: v.T("customers.none"), Text: v.T("customers.none_text")},
	}
	if v.Can("customers.edit") {
		t.Empty.Actions = []ui.Action{{Label: v.T("customers.invite"), Href: v.Href("customers/invite")}}
	}
	if q != (listQuery{}) {
		t.Empty = ui.Empty{Icon: ui.IconSearch, Title: v.T("customers.none_found"), Actions: []ui.Action{{Label: v.T("ui.filters_clear"), Href: v.Href("customers")}}}
	}
	if h.split() {
		t.Columns = slices.Insert(t.Columns, 1, ui.Column{Title: v.T("customers.profile")})
	}
	for _, r := range page.Rows {
		last := "–"
		if r.LastOrderAt != nil {
			last = v.View.Day(*r.LastOrderAt)
		}
		cells := []templ.Component{
			ui.TitleCell(v.View, ui.Title{Text: r.Name, Href: v.Href("customers/" + r.ID.String()), Sub: r.Email}),
			ui.TextCell(v.View.Number(r.Orders)), ui.TextCell(last), ui.TextCell(v.View.Day(r.CreatedAt)), ui.BadgeCell(v.View, badge(v, r.Blocked())),
		}
		if h.split() {
			cells = slices.Insert(cells, 1, ui.TextCell(h.profileName(v, profile.Code(r.Profile))))
		}
		t.Rows = append(t.Rows, ui.Row{ID: r.ID.String(), Name: r.Name, Muted: r.Blocked(), Cells: cells})
	}
	return t
}

func badge(v *desk.Visit, blocked bool) ui.Badge {
	if blocked {
		return ui.Badge{Label: v.T("customers.state.blocked"), Tone: ui.Bad, Dot: true}
	}
	return ui.Badge{Label: v.T("customers.state.open"), Tone: ui.Good, Dot: true}
}

// header leads to what can be done here and next door.
func header(v *desk.Visit) ui.Header {
	h := ui.Header{Title: v.T("customers.title"), Lead: v.T("customers.lead")}
	if v.Can("settings.view") {
		h.Actions = append(h.Actions, ui.Action{Label: v.T("customers.profiles"), Icon: ui.IconUsersGroup, Href: v.Href("profiles")})
	}
	if v.Can("customers.edit") {
		h.Actions = append(h.Actions, ui.Action{Label: v.T("customers.invite"), Icon: ui.IconMail, Look: ui.Primary, Href: v.Href("customers/invite")})
	}
	return h
}

// filter is the bar over the list.
func filter(v *desk.Visit, h house, q listQuery) ui.Filter {
	f := ui.Filter{Search: q.Text, SearchLabel: v.T("customers.search"), Fields: 1, Clear: v.Href("customers")}
	if q.Text != "" {
		f.Chips = append(f.Chips, ui.Chip{Label: v.View.Quoted(q.Text), Href: v.View.With("q", "", "after", "")})
	}
	if h.split() {
		f.Fields++
	}
	if q.Profile != "" {
		f.Chips = append(f.Chips, ui.Chip{Label: h.profileName(v, profile.Code(q.Profile)), Href: v.View.With("profile", "", "after", "")})
	}
	if q.State != "" {
		f.Chips = append(f.Chips, ui.Chip{Label: stateName(v, q.State), Href: v.View.With("state", "", "after", "")})
	}
	return f
}

func stateName(v *desk.Visit, state string) string { return badge(v, state == "blocked").Label }

// pages leads on by keyset, and back to the first page.
func pages(q listQuery, page customer.Page) ui.Pages {
	p := ui.Pages{After: page.Next}
	if q.After != "" {
		p.Before = "first"
	}
	return p
}
