package theme

import (
	"embed"
	"io/fs"
	"mime/multipart"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/liquid/lint"
	engine "echoppe.dev/platform/driver/theme"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/themes"
)

// Locales holds the words of the desk.
//
//go:embed locales/*.json
var Locales embed.FS

// Check finds what is probably wrong in a theme's files.
type Check func(files fs.FS) ([]lint.Finding, error)

// Desk looks through themes.
type Desk struct{ check Check }

// New makes the desk.
func New(check Check) *Desk { return &Desk{check} }

const (
	here = "settings/theme"
	// formShare is room for the rest of the form, and sendWithin how long a slow line may take.
	formShare  = 1 << 20
	sendWithin = 5 * time.Minute
	// maxMegabytes is what a file may have.
	maxMegabytes = engine.MaxArchive >> 20
)

// Routes writes the desk's lines into the table of contents.
func (d *Desk) Routes(r *web.Routes) {
	can := web.Can("settings.view")
	r.GET("/settings/theme", d.ask, can)
	r.POST("/settings/theme", d.look, can, web.Upload(engine.MaxArchive+formShare, sendWithin))
	r.GET("/settings/theme/objects.md", d.objects, can)
}

type lookForm struct {
	File *multipart.FileHeader `form:"file"`
}

// ask shows the empty form.
func (d *Desk) ask(c echo.Context) error {
	return desk.Show(c, http.StatusOK, themePage(model{visit: desk.Here(c)}))
}

// look shows what is probably wrong.
func (d *Desk) look(c echo.Context) error {
	f, err := web.Form[lookForm](c)
	if err != nil {
		return err
	}
	m := model{visit: desk.Here(c)}
	m.Found, err = d.find(f)
	switch {
	case desk.Repairable(err):
		m.Answers = ui.Refused(m.visit.View, nil, err)
		return desk.Show(c, http.StatusUnprocessableEntity, themePage(m))
	case err != nil:
		return err
	}
	m.Looked, m.Name = true, f.File.Filename
	return desk.Show(c, http.StatusOK, themePage(m))
}

func (d *Desk) find(f lookForm) ([]lint.Finding, error) {
	if f.File == nil || f.File.Filename == "" {
		return nil, fault.Invalid(fault.Field{Name: "file", Key: "form.required"})
	}
	file, err := f.File.Open()
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it is only read
	files, err := engine.Unpack(file, f.File.Size)
	if err != nil {
		return nil, onFile(err)
	}
	return d.check(files)
}

// onFile puts what is wrong with the file beside its field.
func onFile(err error) error {
	return fault.Invalid(fault.Field{Name: "file", Key: fault.KeyOf(err), Args: fault.Args{"mb": engine.MaxArchive >> 20}})
}

// objects is what templates can read.
func (d *Desk) objects(c echo.Context) error {
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="objects.md"`)
	return c.Blob(http.StatusOK, "text/markdown; charset=utf-8", []byte(themes.Objects))
}
