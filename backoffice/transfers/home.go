package transfers

import (
	"mime/multipart"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/transfer"
)

// homeModel is what the first page shows: a file to hand in, the catalogue to take out, what was.
type homeModel struct {
	visit   *desk.Visit
	Runs    []*transfer.Run
	Typed   uploadForm
	Answers ui.Answers
}

// maxRuns is how many imports the history shows.
const maxRuns = 20

// home shows the first page.
func (d *Desk) home(c echo.Context) error {
	m := &homeModel{visit: desk.Here(c)}
	return m.show(c, http.StatusOK)
}

func (m *homeModel) show(c echo.Context, status int) error {
	err := m.visit.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		m.Runs, err = transfer.List(tx, maxRuns)
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, status, homePage(m.visit.View, m))
}

// uploadForm hands a file in. What is empty is recognised.
type uploadForm struct {
	File      *multipart.FileHeader `form:"file"`
	Format    string                `form:"format"`
	Separator string                `form:"separator"`
	Decimal   string                `form:"decimal"`
	Encoding  string                `form:"encoding"`
}

func (f uploadForm) options() transfer.Options {
	return transfer.Options{Format: transfer.Format(f.Format), Separator: separator(f.Separator), Decimal: f.Decimal, Encoding: f.Encoding}
}

// hidden carries them in a form that does not ask for them.
func (f uploadForm) hidden() map[string]string {
	return map[string]string{"format": f.Format, "separator": f.Separator, "decimal": f.Decimal, "encoding": f.Encoding}
}

// separator is the sign for its word; a tab cannot be typed into a form.
func separator(word string) string {
	if word == "tab" {
		return "\t"
	}
	return word
}

// submit takes a file in and lets it be checked.
func (d *Desk) submit(c echo.Context) error {
	v := desk.Here(c)
	form, err := web.Form[uploadForm](c)
	if err != nil {
		return err
	}
	run, err := d.take(c, form)
	if desk.Repairable(err) || fault.Is(err, fault.Upstream) {
		m := &homeModel{visit: v, Typed: form, Answers: ui.Refused(v.View, nil, err)}
		if m.Answers.Problem != "" && len(fault.FieldsOf(err)) == 0 {
			m.Answers = ui.Refused(v.View, nil, onFile(err))
		}
		return m.show(c, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, v.Href("transfer/"+run.ID.String()))
}

// onFile is a refusal of the whole bound to the field of the file.
func onFile(err error) error {
	return fault.Invalid(fault.Field{Name: "file", Key: fault.KeyOf(err), Args: fault.ArgsOf(err)})
}

func (d *Desk) take(c echo.Context, form uploadForm) (*transfer.Run, error) {
	if form.File == nil || form.File.Size == 0 && form.File.Filename == "" {
		return nil, fault.Invalid(fault.Field{Name: "file", Key: "form.required"})
	}
	content, err := form.File.Open()
	if err != nil {
		return nil, err
	}
	defer content.Close()
	v := desk.Here(c)
	return d.importer.Submit(c.Request().Context(), v.Shop, v.Actor(), transfer.Upload{
		Name: form.File.Filename, Content: content, Options: form.options(),
	})
}

func (m *homeModel) header() ui.Header {
	return ui.Header{Title: m.visit.T("office.nav.transfer"), Lead: m.visit.T("transfers.lead")}
}

// history is the table of what was handed in.
func (m *homeModel) history() ui.Table {
	v := m.visit.View
	t := ui.Table{
		Caption: v.T("transfers.history"),
		Columns: []ui.Column{
			{Title: v.T("transfers.file"), Main: true}, {Title: v.T("transfers.state")},
			{Title: v.T("transfers.articles"), End: true}, {Title: v.T("transfers.when")},
		},
		Empty: ui.Empty{Icon: ui.IconFileImport, Title: v.T("transfers.none")},
	}
	for _, r := range m.Runs {
		t.Rows = append(t.Rows, ui.Row{Name: r.FileName, Cells: []templ.Component{
			ui.TitleCell(v, ui.Title{Text: fileName(v, r), Href: m.visit.Href("transfer/" + r.ID.String()), Sub: r.Actor.Name}),
			ui.BadgeCell(v, stateBadge(v, r)), ui.TextCell(v.Number(r.Report.Counts.Create + r.Report.Counts.Update + r.Report.Counts.Same)),
			ui.When(v, r.Created),
		}})
	}
	return t
}

func fileName(v ui.View, r *transfer.Run) string {
	if r.FileName == "" {
		return v.T("transfers.file")
	}
	return r.FileName
}

func stateBadge(v ui.View, r *transfer.Run) ui.Badge {
	tones := map[transfer.State]ui.Tone{
		transfer.Checking: ui.Info, transfer.Checked: ui.Warn, transfer.Running: ui.Info, transfer.Done: ui.Good,
		transfer.Failed: ui.Bad, transfer.Undone: ui.Neutral, transfer.Cancelled: ui.Neutral,
	}
	key := "transfers.state." + string(r.State)
	if r.State == transfer.Running && r.Undoing {
		key = "transfers.state.undoing"
	}
	return ui.Badge{Label: v.T(key), Tone: tones[r.State], Dot: true}
}
