package transfers

import (
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/media"
)

// confirm lets an import be written, or one that failed go on.
func (d *Desk) confirm(c echo.Context) error {
	m, err := openRun(c)
	if err != nil {
		return err
	}
	err = d.importer.Confirm(c.Request().Context(), m.visit.Shop, m.visit.Actor(), m.Run.ID)
	return m.back(c, err, "")
}

// recheck has the file that is there read in another way.
func (d *Desk) recheck(c echo.Context) error {
	typed, err := web.Form[uploadForm](c)
	if err != nil {
		return err
	}
	m, err := openRun(c)
	if err != nil {
		return err
	}
	err = d.importer.Recheck(c.Request().Context(), m.visit.Shop, m.visit.Actor(), m.Run.ID, typed.options())
	return m.back(c, err, "")
}

// cancel stops an import.
func (d *Desk) cancel(c echo.Context) error {
	m, err := openRun(c)
	if err != nil {
		return err
	}
	err = d.importer.Cancel(c.Request().Context(), m.visit.Shop, m.visit.Actor(), m.Run.ID)
	return m.back(c, err, "transfers.cancelled")
}

// askUndo asks before an import is taken back.
func (d *Desk) askUndo(c echo.Context) error {
	m, err := openRun(c)
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, undoPage(m.visit.View, m))
}

// undo takes an import back.
func (d *Desk) undo(c echo.Context) error {
	m, err := openRun(c)
	if err != nil {
		return err
	}
	err = d.importer.UndoLater(c.Request().Context(), m.visit.Shop, m.visit.Actor(), m.Run.ID)
	return m.back(c, err, "")
}

// retryPictures fetches again what could not be had.
func (d *Desk) retryPictures(c echo.Context) error {
	m, err := openRun(c)
	if err != nil {
		return err
	}
	which := make([]media.ID, len(m.Failed))
	for i, pic := range m.Failed {
		which[i] = pic.ID
	}
	if len(which) > 0 {
		err = d.pictures.Retry(c.Request().Context(), m.visit.Shop, which...)
	}
	return m.back(c, err, "transfers.pictures.retried")
}

// back leads to the import; what it refuses because its state has changed meanwhile, or because it
// does not fit into the plan, is said there.
func (m *runModel) back(c echo.Context, err error, done string) error {
	if fault.Is(err, fault.Conflict) {
		web.AddFlash(c, web.Bad, fault.KeyOf(err), nil)
		err, done = nil, ""
	}
	if fault.Is(err, fault.Quota) {
		web.AddFlash(c, web.Bad, "transfers.refused", map[string]string{"why": m.visit.View.Explain(err)})
		err, done = nil, ""
	}
	if err != nil {
		return err
	}
	if done != "" {
		web.AddFlash(c, web.Good, done, nil)
	}
	return c.Redirect(http.StatusSeeOther, m.path(""))
}

// report sends the whole report.
func (d *Desk) report(c echo.Context) error {
	m, err := openRun(c)
	if err != nil {
		return err
	}
	content, err := d.importer.OpenReport(c.Request().Context(), m.visit.Shop, m.Run.ID)
	if err != nil {
		return err
	}
	defer content.Close()
	_, err = io.Copy(&download{response: c.Response(), kind: typeCSV, name: "report-" + m.Run.ID.String() + ".csv"}, content)
	return err
}
