package shopsettings

import (
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/settings"
)

// stock is what shoppers are told of it, how long a checkout keeps its pieces, and how what is not all
// there is sent.
func stock() document {
	return document{path: "stock", name: settings.NameStock, values: stockValues, read: readStock, fields: stockFields}
}

func stockValues(_ *desk.Visit, k *known) url.Values {
	return url.Values{
		"show": {string(k.Stock.Show)}, "low_at": {strconv.Itoa(k.Stock.LowAt)},
		"hide_sold_out": sheet.Yes(k.Stock.HideSoldOut), "hold_minutes": {strconv.Itoa(k.Stock.HoldMinutes)},
		"part_parcels": sheet.Yes(k.Stock.PartParcels),
	}
}

type stockForm struct {
	Show        string `form:"show,required"`
	LowAt       int    `form:"low_at"`
	HideSoldOut bool   `form:"hide_sold_out"`
	HoldMinutes int    `form:"hold_minutes,required"`
	PartParcels bool   `form:"part_parcels"`
}

func readStock(c echo.Context, _ *desk.Visit, _ *known) (settings.Document, error) {
	f, err := web.Form[stockForm](c)
	return settings.Stock{Show: settings.Show(f.Show), LowAt: f.LowAt, HideSoldOut: f.HideSoldOut, HoldMinutes: f.HoldMinutes,
		PartParcels: f.PartParcels}, err
}
