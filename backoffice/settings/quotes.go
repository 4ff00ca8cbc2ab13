package shopsettings

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/settings"
)

// quotes is how quotes are numbered and how long they hold.
func quotes() document {
	return document{path: "quotes", name: settings.NameQuoting, values: quoteValues, read: readQuotes, fields: quoteFields}
}

func quoteValues(_ *desk.Visit, k *known) url.Values {
	return url.Values{"prefix": {k.Quoting.Prefix}, "days": {strconv.Itoa(k.Quoting.Days)}}
}

type quotesForm struct {
	Prefix string `form:"prefix"`
	Days   int    `form:"days,required"`
}

func readQuotes(c echo.Context, _ *desk.Visit, _ *known) (settings.Document, error) {
	f, err := web.Form[quotesForm](c)
	return settings.Quoting{Prefix: strings.TrimSpace(f.Prefix), Days: f.Days}, err
}

// prefixField says what stands before the number where nothing was typed.
func prefixField(s sheet.Sheet, k *known) ui.Field {
	own := *k.Settings
	own.Quoting.Prefix = ""
	f := s.Field("prefix")
	f.Help = s.T("prefix_help", ui.Args{"prefix": quote.Prefix(&own)})
	return f
}
