package shopsettings

import (
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/settings"
)

// catalogue is how lists of articles look.
func catalogue() document {
	return document{path: "catalogue", name: settings.NameCatalogue, values: catalogueValues, read: readCatalogue, fields: catalogueFields}
}

func catalogueValues(_ *desk.Visit, k *known) url.Values {
	return url.Values{"per_page": {strconv.Itoa(k.Catalogue.PerPage)}, "sort": {k.Catalogue.Sort}}
}

type catalogueForm struct {
	PerPage int    `form:"per_page,required"`
	Sort    string `form:"sort,required"`
}

func readCatalogue(c echo.Context, _ *desk.Visit, _ *known) (settings.Document, error) {
	f, err := web.Form[catalogueForm](c)
	return settings.Catalogue{PerPage: f.PerPage, Sort: f.Sort}, err
}
