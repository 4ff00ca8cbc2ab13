package quotes

import (
	"net/http"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/quote"
)

// listQuery is the list's address: a filter can be kept as a bookmark.
type listQuery struct {
	Text  string `query:"q"`
	State string `query:"state"`
	After string `query:"after"`
}

// listModel is what the list shows.
type listModel struct {
	room
	Query listQuery
	Page  quote.Page
	Tally map[quote.State]int
}

func (d *Desk) list(c echo.Context) error {
	v := desk.Here(c)
	q, err := web.Query[listQuery](c)
	if err != nil {
		return err
	}
	m := listModel{Query: q}
	f := quote.Filter{Text: q.Text, After: q.After}
	f.State, _ = quote.ParseState(q.State)
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.room, err = here(tx, v); err != nil {
			return err
		}
		if m.Tally, err = quote.Tally(tx); err != nil {
			return err
		}
		m.Page, err = quote.List(tx, f)
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, listPage(m))
}

// tabs leads to the quotes of each state.
func (m listModel) tabs() []ui.Tab {
	all := 0
	for _, n := range m.Tally {
		all += n
	}
	tabs := []ui.Tab{{Label: m.t("all"), Href: m.view().With("state", "", "after", ""), Count: all, Current: m.Query.State == ""}}
	for _, s := range quote.States() {
		tabs = append(tabs, ui.Tab{Label: m.visit.T(s.Key()), Href: m.view().With("state", string(s), "after", ""), Count: m.Tally[s],
			Current: m.Query.State == string(s)})
	}
	return tabs
}

func (m listModel) header() ui.Header {
	h := ui.Header{Title: m.t("title"), Lead: m.t("lead")}
	if m.can() {
		h.Actions = []ui.Action{{Label: m.t("new"), Icon: ui.IconPlus, Href: m.href("/new")}}
	}
	if m.visit.Can("settings.view") {
		h.More = []ui.Action{{Label: m.t("to_settings"), Icon: ui.IconSettings, Href: m.visit.Href("settings/quotes")}}
	}
	return h
}

func (m listModel) filter() ui.Filter {
	f := ui.Filter{Search: m.Query.Text, SearchLabel: m.t("search"), Clear: m.href("")}
	if m.Query.State != "" {
		f.Keep = map[string]string{"state": m.Query.State}
	}
	if m.Query.Text != "" {
		f.Chips = []ui.Chip{{Label: m.view().Quoted(m.Query.Text), Href: m.view().With("q", "", "after", "")}}
	}
	return f
}

func (m listModel) table() ui.Table {
	t := ui.Table{
		Caption: m.t("title"),
		Columns: []ui.Column{
			{Title: m.t("quote"), Main: true}, {Title: m.t("customer")}, {Title: m.t("pieces"), End: true},
			{Title: m.t("total"), End: true}, {Title: m.t("until")}, {Title: m.t("state"), Fit: true},
		},
		Empty: m.empty(),
	}
	for _, r := range m.Page.Rows {
		until := "–"
		if r.Until != nil {
			until = m.day(*r.Until)
		}
		t.Rows = append(t.Rows, ui.Row{ID: r.ID.String(), Name: r.Number, Cells: []templ.Component{
			ui.TitleCell(m.view(), ui.Title{Text: r.Number, Href: m.href("/" + r.ID.String()), Sub: m.view().DayTime(r.CreatedAt)}),
			ui.TwoLineCell(r.Name, r.Email), ui.TextCell(m.view().Number(r.Pieces)), ui.TextCell(m.view().Money(r.Total)),
			ui.TextCell(until), ui.BadgeCell(m.view(), m.badge(r.State)),
		}})
	}
	return t
}

func (m listModel) empty() ui.Empty {
	if m.Query != (listQuery{}) {
		return ui.Empty{Icon: ui.IconSearch, Title: m.t("none_found"), Actions: []ui.Action{{Label: m.visit.T("ui.filters_clear"), Href: m.href("")}}}
	}
	e := ui.Empty{Icon: ui.IconFileText, Title: m.t("none"), Text: m.t("none_text")}
	if m.visit.Can("settings.view") {
		e.Actions = []ui.Action{{Label: m.t("to_profiles"), Href: m.visit.Href("profiles"), Look: ui.Primary}}
	}
	return e
}

func (m listModel) pages() ui.Pages {
	p := ui.Pages{After: m.Page.Next}
	if m.Query.After != "" {
		p.Before = "newest" // the list knows no page before; this leads to the first
	}
	return p
}

// badge is a state: what waits for the merchant is warm.
func (r room) badge(s quote.State) ui.Badge {
	tones := map[quote.State]ui.Tone{quote.Draft: ui.Warn, quote.Sent: ui.Info, quote.Accepted: ui.Good, quote.Refused: ui.Bad, quote.Expired: ui.Neutral}
	return ui.Badge{Label: r.visit.T(s.Key()), Tone: tones[s], Dot: true}
}

// day is a day without an hour: it is the same in every zone.
func (r room) day(at time.Time) string { return i18n.FormatDate(r.view().Locale, at, i18n.Medium) }
