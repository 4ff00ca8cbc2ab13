package operator

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/screen"
	"echoppe.dev/platform/kit/id"
)

type journalQuery struct {
	Shop  string `query:"shop"`
	After string `query:"after"`
}

const entriesAPage = 50

// journalModel is what the journal shows.
type journalModel struct {
	Shell ui.Shell
	Table ui.Table
	Pages ui.Pages
}

// journal lists what was done, newest first.
func (s *Surface) journal(c echo.Context) error {
	query, err := web.Query[journalQuery](c)
	if err != nil {
		return err
	}
	filter := audit.Filter{Limit: entriesAPage}
	if query.Shop != "" {
		shop, err := id.Parse[registry.Shop](query.Shop)
		if err != nil {
			return err
		}
		filter.Shop = shop.String()
	}
	if query.After != "" {
		if filter.Before, err = id.Parse[audit.Entry](query.After); err != nil {
			return err
		}
	}
	entries, err := s.Journal.List(c.Request().Context(), filter)
	if err != nil {
		return err
	}
	plans, err := s.Plans.List(c.Request().Context())
	if err != nil {
		return err
	}
	v := s.Screens.View(c)
	m := journalModel{Shell: s.shell(c, v, v.T("operator.journal.title")), Table: journalTable(v, entries, plans)}
	if len(entries) == entriesAPage {
		m.Pages.After = entries[len(entries)-1].ID.String()
	}
	return screen.Show(c, http.StatusOK, journalPage(v, m))
}

func journalTable(v ui.View, entries []audit.Entry, plans []plan.Plan) ui.Table {
	words := journalWords{v, planNames(v, plans)}
	t := ui.Table{
		Caption: v.T("operator.journal.title"),
		Columns: []ui.Column{
			{Title: v.T("operator.journal.what"), Main: true}, {Title: v.T("operator.journal.subject")},
			{Title: v.T("operator.journal.who")}, {Title: v.T("operator.journal.when")},
			{Title: v.T("operator.journal.changes")},
		},
		Empty: ui.Empty{Icon: ui.IconHistory, Title: v.T("operator.journal.none")},
	}
	for _, e := range entries {
		subject := ui.TextCell(e.Subject)
		if e.Shop != "" {
			subject = ui.LinkCell("/shops/"+e.Shop, e.Subject)
		}
		t.Rows = append(t.Rows, ui.Row{ID: e.ID.String(), Name: e.Action, Cells: []templ.Component{
			ui.TextCell(v.T("operator.action." + e.Action)), subject, ui.TextCell(e.Actor.Name),
			ui.TextCell(v.DayTime(e.At)), words.cell(changes(e)),
		}})
	}
	return t
}
