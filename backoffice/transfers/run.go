package transfers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/transfer"
)

// runModel is what the page of one import shows.
type runModel struct {
	visit  *desk.Visit
	Run    *transfer.Run
	Query  runQuery
	Failed []*media.Media // pictures of this import that could not be had
	Now    time.Time
}

type runQuery struct {
	Show string `query:"show"` // "changes"; problems when there are any
	Page int    `query:"page"`
}

// every is how often the page of a working import asks how far it is.
const every = 2 * time.Second

// run shows an import in whatever state it is.
func (d *Desk) run(c echo.Context) error {
	m, err := openRun(c)
	if err != nil {
		return err
	}
	if m.Query, err = web.Query[runQuery](c); err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, runPage(m.visit.View, m))
}

// progress is the bar alone, asked for while a job works. When it has ended the page is drawn anew.
func (d *Desk) progress(c echo.Context) error {
	m, err := openRun(c)
	if err != nil {
		return err
	}
	if !m.working() {
		c.Response().Header().Set("HX-Refresh", "true")
	}
	return desk.Show(c, http.StatusOK, ui.ProgressBar(m.visit.View, m.bar()))
}

func openRun(c echo.Context) (*runModel, error) {
	m := &runModel{visit: desk.Here(c)}
	named, err := id.Parse[transfer.Run](c.Param("run"))
	if err != nil {
		return nil, err
	}
	if m.Run, err = transfer.Progress(c.Request().Context(), m.visit.Shop, named); err != nil {
		return nil, err
	}
	err = m.visit.Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
		m.Now = tx.Now()
		if m.Run.Pictures.Failed == 0 {
			return nil
		}
		page, err := media.List(tx, media.Filter{State: media.Failed, Per: maxPictures})
		for _, pic := range page.Items {
			if !pic.CreatedAt.Before(m.Run.Created) && (m.Run.Finished == nil || !pic.CreatedAt.After(*m.Run.Finished)) {
				m.Failed = append(m.Failed, pic)
			}
		}
		return err
	})
	return m, err
}

// maxPictures is how many pictures that could not be had are listed.
const maxPictures = 200

func (m *runModel) working() bool {
	return m.Run.State == transfer.Checking || m.Run.State == transfer.Running
}

func (m *runModel) path(below string) string {
	return m.visit.Href("transfer/" + m.Run.ID.String() + below)
}

func (m *runModel) frame() officeui.Frame {
	v := m.visit.View
	f := officeui.Frame{Wide: true, Header: ui.Header{
		Title: fileName(v, m.Run), Badges: []ui.Badge{stateBadge(v, m.Run)},
		Crumbs: []ui.Crumb{{Label: v.T("office.nav.transfer"), Href: m.visit.Href("transfer")}, {Label: fileName(v, m.Run)}},
	}}
	if m.working() {
		f.Reload = every
	}
	if m.Run.Report.File != "" {
		f.Header.More = append(f.Header.More, ui.Action{Label: v.T("transfers.report"), Href: m.path("/report"), Icon: ui.IconDownload, Download: true})
	}
	if m.undoable() {
		f.Header.Actions = append(f.Header.Actions, ui.Action{Label: v.T("transfers.undo"), Href: m.path("/undo"), Icon: ui.IconArrowBackUp})
	}
	return f
}

// undoable tells whether taking it back is offered.
func (m *runModel) undoable() bool {
	switch m.Run.State {
	case transfer.Done, transfer.Failed, transfer.Cancelled:
		return m.Run.Report.Counts.Written > 0 && m.Run.Finished != nil && m.Now.Sub(*m.Run.Finished) < transfer.UndoFor
	case transfer.Checking, transfer.Checked, transfer.Running, transfer.Undone:
		return false
	}
	return false
}

// work is the import as the screens of long work show it.
func (m *runModel) work() ui.Work {
	v := m.visit.View
	w := ui.Work{Bar: m.bar(), Stats: m.stats(), Label: v.T("transfers.report"), Tabs: m.tabs(), Lines: m.table(), Pages: m.pages()}
	if !m.Run.Undoing {
		w.Stop = ui.Action{Label: v.T("transfers.stop"), Post: m.path("/cancel"), Icon: ui.IconBan}
	}
	return w
}

func (m *runModel) bar() ui.Progress {
	v := m.visit.View
	label := "transfers.state." + string(m.Run.State)
	if m.Run.Undoing && m.Run.State == transfer.Running {
		label = "transfers.state.undoing"
	}
	p := ui.Progress{
		ID: "progress", Label: v.T(label), Done: int(m.Run.Done), Total: int(m.Run.Total),
		URL: m.path("/progress"), Every: every, Ended: !m.working(), Note: v.T("transfers.leave"),
	}
	if p.Ended {
		p.Note = ""
	}
	return p
}
