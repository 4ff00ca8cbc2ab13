package payouts

import (
	"encoding/csv"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payout"
)

// maxRows bounds the file of the reconciliation.
const maxRows = 100_000

// file gives the reconciliation as a CSV file: a row for each payment, then one for each line of a payout that is about none of
// ours. Amounts have a point, each beside its currency.
func (d *Desk) file(c echo.Context) error {
	v := desk.Here(c)
	var m room
	var records []payout.Record
	var unknown []payout.Item
	var now time.Time
	err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		now = tx.Now()
		if m, err = here(tx, v); err != nil {
			return err
		}
		records, err = d.payouts.Records(tx, payout.Query{Standings: []payout.Standing{payout.Settled, payout.Awaited, payout.Different}, Limit: maxRows})
		if err != nil {
			return err
		}
		unknown, err = payout.ListUnknown(tx, maxRows)
		return err
	})
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="payouts-`+now.In(v.View.Zone).Format("20060102")+`.csv"`)
	h.Set("Cache-Control", "no-store")
	c.Response().WriteHeader(http.StatusOK)
	w := csv.NewWriter(c.Response())
	rows := [][]string{{m.t("order"), m.t("mode"), m.t("reference"), m.t("date"), m.t("standing"), m.t("why"), m.t("currency"), m.t("captured"), m.t("refunded"),
		m.t("came"), m.t("went"), m.t("fee"), m.t("pending"), m.t("payout"), m.t("paid_on"), m.t("due")}}
	for _, r := range records {
		why := ""
		if r.Why != "" {
			why = m.view().T(r.Why, r.Args)
		}
		rows = append(rows, []string{plain(r.Number), plain(m.mode(r.Mode)), plain(r.Ref), r.At.In(v.View.Zone).Format(time.DateOnly), m.view().T(r.Standing.Key()), why,
			r.Captured.Currency().Code(), r.Captured.String(), r.Refunded.String(), r.Came.String(), r.Went.String(), r.Fee.String(), r.Pending().String(),
			plain(r.Payouts), date(r.PaidOn), date(r.Due)})
	}
	for _, it := range unknown {
		rows = append(rows, []string{"", "", plain(it.Reference), date(it.Day), m.view().T(payout.Unknown.Key()), m.view().T(it.Kind.Key()),
			it.Gross.Currency().Code(), "", "", it.Gross.String(), "", it.Fee.String(), "", plain(it.PayoutRef), date(it.PaidOn), ""})
	}
	return w.WriteAll(rows)
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// plain keeps a name from being read as a formula by a spreadsheet.
func plain(name string) string {
	if strings.ContainsAny(name[:min(1, len(name))], "=+-@") {
		return "'" + name
	}
	return name
}
