package shopsettings

import (
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/settings"
)

// numbering is how orders are numbered, and the pages a buyer accepts.
func numbering() document {
	return document{path: "numbering", name: settings.NameOrders, values: numberingValues, read: readNumbering, fields: numberingFields}
}

func numberingValues(_ *desk.Visit, k *known) url.Values {
	return url.Values{
		"prefix": {k.Orders.Prefix}, "next_number": {strconv.FormatInt(k.Orders.NextNumber, 10)},
		"terms_page_id": {k.Orders.TermsPageID}, "privacy_page_id": {k.Orders.PrivacyID},
	}
}

type numberingForm struct {
	Prefix     string `form:"prefix"`
	NextNumber int64  `form:"next_number,required"`
	Terms      string `form:"terms_page_id"`
	Privacy    string `form:"privacy_page_id"`
}

func readNumbering(c echo.Context, _ *desk.Visit, _ *known) (settings.Document, error) {
	f, err := web.Form[numberingForm](c)
	return settings.Orders{Prefix: f.Prefix, NextNumber: f.NextNumber, TermsPageID: f.Terms, PrivacyID: f.Privacy}, err
}

// pageOptions offers the information pages, or none.
func pageOptions(v ui.View, k *known) []ui.Option {
	options := []ui.Option{{Label: v.T("ui.none")}}
	for _, p := range k.pages {
		options = append(options, ui.Option{Value: p.ID.String(), Label: p.In(v.Locale, k.Languages.Default).Title})
	}
	return options
}
