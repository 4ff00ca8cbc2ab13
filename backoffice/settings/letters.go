package shopsettings

import (
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/settings"
)

// letters is who writes to buyers, and who is written to.
func letters() document {
	return document{path: "letters", name: settings.NameMail, values: letterValues, read: readLetters, fields: letterFields}
}

func letterValues(_ *desk.Visit, k *known) url.Values {
	return url.Values{"from_name": {k.Mail.FromName}, "reply_to": {k.Mail.ReplyTo}, "staff": {strings.Join(k.Mail.Staff, "\n")}}
}

type letterForm struct {
	FromName string `form:"from_name"`
	ReplyTo  string `form:"reply_to"`
	Staff    string `form:"staff"`
}

func readLetters(c echo.Context, _ *desk.Visit, _ *known) (settings.Document, error) {
	f, err := web.Form[letterForm](c)
	staff := strings.FieldsFunc(f.Staff, func(r rune) bool { return strings.ContainsRune(" ,;\n\t", r) })
	return settings.Mail{FromName: f.FromName, ReplyTo: f.ReplyTo, Staff: staff}, err
}
