package products

import (
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/transfer"
)

type changeQuery struct {
	Show string `query:"show"` // "changes"; problems when there are any
	Page int    `query:"page"`
}

// changeRun is what the page of one change shows: what would differ, how far it is, how it ended.
type changeRun struct {
	visit    *desk.Visit
	Run      *transfer.Run
	Query    changeQuery
	Settings *settings.Settings
	Tree     *catalog.Tree
	Names    map[string]catalog.Card // of the lines shown, by code
	Now      time.Time
}

// every is how often the page of a working change asks how far it is.
const every = 2 * time.Second

// showChange shows a change in whatever state it is.
func (d *Desk) showChange(c echo.Context) error {
	m, err := d.openChange(c)
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, changeRunPage(m.visit.View, m))
}

// changeProgress is the bar alone, asked for while a job works. When it has ended the page is drawn anew.
func (d *Desk) changeProgress(c echo.Context) error {
	m, err := d.openChange(c)
	if err != nil {
		return err
	}
	if !m.working() {
		c.Response().Header().Set("HX-Refresh", "true")
	}
	return desk.Show(c, http.StatusOK, ui.ProgressBar(m.visit.View, m.bar()))
}

func (d *Desk) openChange(c echo.Context) (*changeRun, error) {
	m := &changeRun{visit: desk.Here(c), Names: map[string]catalog.Card{}}
	named, err := id.Parse[transfer.Run](c.Param("run"))
	if err != nil {
		return nil, err
	}
	if m.Query, err = web.Query[changeQuery](c); err != nil {
		return nil, err
	}
	if m.Run, err = d.editor.Progress(c.Request().Context(), m.visit.Shop, named); err != nil {
		return nil, err
	}
	return m, m.visit.Shop.Read(c.Request().Context(), m.furnish)
}

// furnish reads what the lines name.
func (m *changeRun) furnish(tx tenant.Tx) (err error) {
	m.Now = tx.Now()
	if m.Settings, err = settings.Load(tx); err != nil {
		return err
	}
	if m.Tree, err = catalog.ReadTree(tx); err != nil {
		return err
	}
	var codes []string
	for _, l := range m.page() {
		codes = append(codes, l.Code)
	}
	found, err := catalog.FindByCodes(tx, codes)
	if err != nil || len(found) == 0 {
		return err
	}
	q := catalog.Query{Locale: m.visit.View.Locale, Fallback: m.Settings.Languages.Default, States: states, PerPage: linesAPage}
	for _, p := range found {
		q.IDs = append(q.IDs, p)
	}
	list, err := catalog.List(tx, q)
	for _, card := range list.Cards {
		m.Names[card.Code] = card
	}
	return err
}

func (m *changeRun) working() bool {
	return m.Run.State == transfer.Checking || m.Run.State == transfer.Running
}

// undoable tells whether undoing is offered.
func (m *changeRun) undoable() bool {
	switch m.Run.State {
	case transfer.Done, transfer.Failed, transfer.Cancelled:
		return m.Run.Report.Counts.Written > 0 && m.Run.Finished != nil && m.Now.Sub(*m.Run.Finished) < transfer.UndoFor
	case transfer.Checking, transfer.Checked, transfer.Running, transfer.Undone:
	}
	return false
}

func (m *changeRun) path(below string) string {
	return m.visit.Href("products/changes/" + m.Run.ID.String() + below)
}

func (m *changeRun) frame() officeui.Frame {
	v := m.visit.View
	f := officeui.Frame{Wide: true, Header: ui.Header{
		Title: m.say(m.Run.Edit), Badges: []ui.Badge{runBadge(v, m.Run)},
		Crumbs: []ui.Crumb{{Label: v.T("office.nav.products"), Href: m.visit.Href("products")},
			{Label: v.T("products.changes.title"), Href: m.visit.Href("products/changes")}, {Label: m.say(m.Run.Edit)}},
	}}
	if m.working() {
		f.Reload = every
	}
	if m.Run.Report.File != "" {
		f.Header.More = append(f.Header.More, ui.Action{Label: v.T("products.changes.report"), Href: m.path("/report"), Icon: ui.IconDownload, Download: true})
	}
	if m.undoable() {
		f.Header.Actions = append(f.Header.Actions, ui.Action{Label: v.T("products.changes.undo"), Post: m.path("/undo"), Icon: ui.IconArrowBackUp})
	}
	return f
}

func (m *changeRun) bar() ui.Progress {
	v := m.visit.View
	p := ui.Progress{
		ID: "progress", Label: runBadge(v, m.Run).Label, Done: int(m.Run.Done), Total: int(m.Run.Total),
		URL: m.path("/progress"), Every: every, Ended: !m.working(), Note: v.T("products.changes.leave"),
	}
	if p.Ended {
		p.Note = ""
	}
	return p
}

// work is the change as the screens of long work show it.
func (m *changeRun) work() ui.Work {
	v := m.visit.View
	w := ui.Work{Bar: m.bar(), Stats: m.stats(), Label: v.T("products.changes.lines"), Tabs: m.tabs(), Lines: m.table(), Pages: m.pages()}
	if !m.Run.Undoing {
		w.Stop = ui.Action{Label: v.T("products.changes.stop"), Post: m.path("/cancel"), Icon: ui.IconBan}
	}
	if len(m.Run.Report.Rows) >= transfer.KeptLines {
		w.Note = v.T("products.changes.more", ui.Args{"n": transfer.KeptLines})
	}
	return w
}

// confirmChange lets a change be written, or one that failed go on.
func (d *Desk) confirmChange(c echo.Context) error { return d.order(c, d.editor.Confirm, "") }

// cancelChange stops a change.
func (d *Desk) cancelChange(c echo.Context) error {
	return d.order(c, d.editor.Cancel, "products.changes.cancelled")
}

// undoChange takes a change back.
func (d *Desk) undoChange(c echo.Context) error { return d.order(c, d.editor.Undo, "") }

// order gives an order for a change and leads back to it. What is refused because its state has changed
// meanwhile, or because it does not fit into the plan, is said there.
func (d *Desk) order(c echo.Context, do orderFunc, done string) error {
	m, err := d.openChange(c)
	if err != nil {
		return err
	}
	if err := mayRun(m.visit, m.Run.Edit); err != nil {
		return err
	}
	err = do(c.Request().Context(), m.visit.Shop, m.visit.Actor(), m.Run.ID)
	switch {
	case fault.Is(err, fault.Conflict):
		web.AddFlash(c, web.Bad, fault.KeyOf(err), nil)
	case fault.Is(err, fault.Quota):
		web.AddFlash(c, web.Bad, "products.refused", map[string]string{"why": m.visit.View.Explain(err)})
	case err != nil:
		return err
	case done != "":
		web.AddFlash(c, web.Good, done, nil)
	}
	return c.Redirect(seeOther, m.path(""))
}

// changeReport sends the whole report.
func (d *Desk) changeReport(c echo.Context) error {
	m, err := d.openChange(c)
	if err != nil {
		return err
	}
	content, err := d.editor.OpenReport(c.Request().Context(), m.visit.Shop, m.Run.ID)
	if err != nil {
		return err
	}
	defer content.Close()
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
	h.Set(echo.HeaderContentDisposition, `attachment; filename="report-`+m.Run.ID.String()+`.csv"`)
	h.Set(echo.HeaderCacheControl, "no-store")
	_, err = io.Copy(c.Response(), content)
	return err
}
