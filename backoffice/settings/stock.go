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

// stock is what shoppers are told of it, how long a checkout keeps its pieces, how what is not all there is sent,
// and when a buyer is reminded of a rest.
func stock() document {
	return document{path: "stock", name: settings.NameStock, values: stockValues, read: readStock, fields: stockFields}
}

func stockValues(_ *desk.Visit, k *known) url.Values {
	return url.Values{
		"show": {string(k.Stock.Show)}, "low_at": {strconv.Itoa(k.Stock.LowAt)},
		"hide_sold_out": sheet.Yes(k.Stock.HideSoldOut), "hold_minutes": {strconv.Itoa(k.Stock.HoldMinutes)},
		"part_parcels": sheet.Yes(k.Stock.PartParcels), "rest_days": {strconv.Itoa(k.Stock.RestDays)},
	}
}

type stockForm struct {
	Show        string `form:"show,required"`
	LowAt       int    `form:"low_at"`
	HideSoldOut bool   `form:"hide_sold_out"`
	HoldMinutes int    `form:"hold_minutes,required"`
	PartParcels bool   `form:"part_parcels"`
	RestDays    int    `form:"rest_days"`
}

func readStock(c echo.Context, _ *desk.Visit, _ *known) (settings.Document, error) {
	f, err := web.Form[stockForm](c)
	return settings.Stock{Show: settings.Show(f.Show), LowAt: f.LowAt, HideSoldOut: f.HideSoldOut, HoldMinutes: f.HoldMinutes,
		PartParcels: f.PartParcels, RestDays: f.RestDays}, err
}
