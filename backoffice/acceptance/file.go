package acceptance

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/payment/analysis"
)

// file gives the rows of the report as a CSV file: amounts with a point, each beside its currency; the reasons come last.
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
	h.Set("Content-Disposition", `attachment; filename="payments-`+m.From.Format("20060102")+`-`+m.Until.AddDate(0, 0, -1).Format("20060102")+`.csv"`)
	h.Set("Cache-Control", "no-store")
	c.Response().WriteHeader(http.StatusOK)
	return csv.NewWriter(c.Response()).WriteAll(m.rows())
}

func (m model) rows() [][]string {
	rows := [][]string{{m.t("column.by"), m.t("column.name"), m.t("currency"), m.t("attempts"), m.t("accepted"), m.t("refused"), m.t("abandoned"), m.t("open"), m.t("rate"),
		m.t("taken"), m.t("refunds"), m.t("refunded"), m.t("disputes_column"), m.t("lost"), m.t("took_seconds"), m.t("fees"), m.t("per_hundred")}}
	for _, by := range append([]analysis.By{analysis.ByAll}, groups...) {
		for _, row := range m.Found.Rows[by] {
			f, name := row.Figures, m.t("total")
			if by != analysis.ByAll {
				name = plain(m.name(by, row))
			}
			fees, per := "", ""
			if n, ok := f.PerHundred(); ok {
				fees, per = f.Fees.String(), n.String()
			}
			rows = append(rows, []string{m.t("by." + string(by)), name, row.Currency.Code(), strconv.Itoa(f.Attempts), strconv.Itoa(f.Accepted), strconv.Itoa(f.Refused),
				strconv.Itoa(f.Abandoned), strconv.Itoa(f.Open), number(f.Rate()), f.Taken.String(), strconv.Itoa(f.Returned), f.Refunded.String(),
				strconv.Itoa(f.Disputed), strconv.Itoa(f.Lost), strconv.Itoa(int(f.Took.Seconds())), fees, per})
		}
	}
	for _, w := range m.Found.Whys {
		n := strconv.Itoa(w.Attempts)
		refused, left := n, ""
		if w.Left {
			refused, left = "", n
		}
		rows = append(rows, []string{m.t("whys"), m.why(w), w.Currency.Code(), n, "", refused, left, "", "", "", "", "", "", "", "", "", ""})
	}
	return rows
}

func number(n decimal.Decimal, ok bool) string {
	if !ok {
		return ""
	}
	return n.String()
}

// plain keeps a name from being read as a formula by a spreadsheet.
func plain(name string) string {
	if strings.ContainsAny(name[:min(1, len(name))], "=+-@\t\r") {
		return "'" + name
	}
	return name
}
