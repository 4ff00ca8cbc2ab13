package operator

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/screen"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
)

// advisoryModel is the page of what merchants are told about fraud.
type advisoryModel struct {
	Shell   ui.Shell
	Text    ui.Texts
	Answers ui.Answers
}

// advisory shows what merchants are told about fraud, to be changed (FRD-04).
func (s *Surface) advisory(c echo.Context) error {
	n, err := s.Advisory.Find(c.Request().Context())
	if err != nil {
		return err
	}
	return s.showAdvisory(c, http.StatusOK, n.Text, ui.Answers{})
}

type advisoryFields struct {
	Text map[string]string `form:"text"`
}

// writeAdvisory replaces it.
func (s *Surface) writeAdvisory(c echo.Context) error {
	fields, err := web.Form[advisoryFields](c)
	text := i18n.Text{}
	for l, said := range fields.Text {
		text[i18n.Locale(l)] = said
	}
	if err == nil {
		err = s.Advisory.Write(c.Request().Context(), me(c).Actor(), text)
	}
	if len(fault.FieldsOf(err)) > 0 {
		return s.showAdvisory(c, web.Status(err), text, ui.Refused(s.Screens.View(c), c.Request().PostForm, err))
	}
	if err != nil {
		return err
	}
	web.AddFlash(c, web.Good, "operator.advisory.done", nil)
	return c.Redirect(http.StatusSeeOther, "/advisory")
}

func (s *Surface) showAdvisory(c echo.Context, status int, text i18n.Text, a ui.Answers) error {
	v := s.Screens.View(c)
	t := ui.Texts{Field: ui.Field{Name: "text", Label: v.T("operator.advisory.text"), Help: v.T("operator.advisory.help"), Rows: 4}, LongText: true,
		Locales: i18n.Shipped, Text: text, Errors: map[i18n.Locale]string{}}
	for _, l := range i18n.Shipped {
		t.Errors[l] = a.Errors["text."+string(l)]
	}
	return screen.Show(c, status, advisoryPage(v, advisoryModel{Shell: s.shell(c, v, v.T("operator.advisory.title")), Text: t, Answers: a}))
}
