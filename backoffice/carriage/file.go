package carriage

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
)

// file gives the rows of the report as a CSV file: amounts with a point, each beside its currency.
func (d *Desk) file(c echo.Context) error {
	m, err := d.read(c)
	if err != nil {
		return err
	}
	if m.Refused != nil {
		return c.NoContent(web.Status(m.Refused))
	}
	h := c.Response().Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="carriage-`+m.From.Format("20060102")+`-`+m.Until.AddDate(0, 0, -1).Format("20060102")+`.csv"`)
	h.Set("Cache-Control", "no-store")
	c.Response().WriteHeader(http.StatusOK)
	w := csv.NewWriter(c.Response())
	rows := [][]string{{m.t("mode"), m.t("country"), m.t("place"), m.t("currency"), m.t("orders_column"), m.t("parcels"), m.t("billed"), m.t("cost"), m.t("margin"), m.t("share"), m.t("missing"), m.t("billed_open")}}
	for _, s := range m.Found.Rows {
		share := ""
		if n, ok := s.Share(); ok {
			share = n.String()
		}
		rows = append(rows, []string{plain(m.mode(s.Mode)), s.Place.Country, plain(m.place(s.Place)), s.Currency.Code(), strconv.Itoa(s.Orders), strconv.Itoa(s.Parcels),
			s.Billed.String(), s.Cost.String(), s.Margin().String(), share, strconv.Itoa(s.Missing()), s.Open.String()})
	}
	return w.WriteAll(rows)
}

// plain keeps a name from being read as a formula by a spreadsheet.
func plain(name string) string {
	if strings.ContainsAny(name[:min(1, len(name))], "=+-@") {
		return "'" + name
	}
	return name
}
