package payouts

import (
	"net/http"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payout"
)

// shown is how many payments stand on a page that has no further ones.
const shown = 200

// awaitedModel is what is still to come.
type awaitedModel struct {
	room
	Balances []payout.Balance
	Records  []payout.Record
	All      int
}

func (d *Desk) awaited(c echo.Context) error {
	v := desk.Here(c)
	var m awaitedModel
	err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.room, err = here(tx, v); err != nil {
			return err
		}
		all, err := d.payouts.Records(tx, payout.Query{Standings: []payout.Standing{payout.Awaited}, Limit: payout.MaxAwaited})
		if err != nil {
			return err
		}
		m.All, m.Records = len(all), all[:min(shown, len(all))]
		m.Balances, err = d.payouts.Balances(tx, all)
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, awaitedPage(m))
}

func (m awaitedModel) balances() ui.Table {
	t := ui.Table{Caption: m.t("balances"), Columns: []ui.Column{
		{Title: m.t("mode"), Main: true}, {Title: m.t("payments"), End: true}, {Title: m.t("charges"), End: true}, {Title: m.t("returns"), End: true},
		{Title: m.t("pending"), End: true}, {Title: m.t("next")}, {Title: m.t("late")},
	}, Empty: ui.Empty{Icon: ui.IconCircleCheck, Title: m.t("nothing_awaited"), Text: m.t("nothing_awaited_text")}}
	for _, b := range m.Balances {
		late := ui.TextCell("–")
		if b.Late > 0 {
			late = ui.BadgeCell(m.view(), ui.Badge{Label: m.t("late_of", ui.Args{"n": b.Late, "amount": b.LateSum}), Tone: ui.Warn})
		}
		t.Rows = append(t.Rows, ui.Row{Name: m.mode(b.Mode), Cells: []templ.Component{
			ui.TitleCell(m.view(), ui.Title{Text: m.mode(b.Mode), Sub: b.Charges.Currency().Code()}), ui.TextCell(m.view().Number(b.Payments)),
			ui.TextCell(m.view().Money(b.Charges)), ui.TextCell(m.view().Money(b.Returns)), ui.TextCell(m.view().Money(b.Net())), ui.TextCell(m.day(b.Next)), late,
		}})
	}
	return t
}

// records is a table of payments with how they stand.
func (r room) records(caption string, list []payout.Record, why bool) ui.Table {
	t := ui.Table{Caption: caption, Columns: []ui.Column{{Title: r.t("order"), Main: true}, {Title: r.t("mode")}, {Title: r.t("captured"), End: true}, {Title: r.t("refunded"), End: true}}}
	if why {
		t.Columns = append(t.Columns, ui.Column{Title: r.t("why")})
	} else {
		t.Columns = append(t.Columns, ui.Column{Title: r.t("pending"), End: true}, ui.Column{Title: r.t("due")})
	}
	for _, one := range list {
		title := ui.Title{Text: one.Number, Sub: r.view().Day(one.At)}
		if r.visit.Can("orders.view") {
			title.Href = r.visit.Href("orders/" + one.Order.String())
		}
		cells := []templ.Component{ui.TitleCell(r.view(), title), ui.TextCell(r.mode(one.Mode)), ui.TextCell(r.view().Money(one.Captured)), ui.TextCell(r.view().Money(one.Refunded))}
		if why {
			cells = append(cells, ui.TwoLineCell(r.view().T(one.Why, ui.Args(one.Args)), one.Payouts))
		} else {
			cells = append(cells, ui.TextCell(r.view().Money(one.Pending())), ui.TextCell(r.day(one.Due)))
		}
		t.Rows = append(t.Rows, ui.Row{ID: one.Payment.String(), Name: one.Number, Cells: cells})
	}
	return t
}

// differencesModel is what waits for a look.
type differencesModel struct {
	room
	Records []payout.Record
	Unknown []payout.Item
	Off     []payout.Payout
	Checks  []checkout.Checked // of the last days
}

func (d *Desk) differences(c echo.Context) error {
	v := desk.Here(c)
	var m differencesModel
	err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.room, err = here(tx, v); err != nil {
			return err
		}
		if m.Records, err = d.payouts.Records(tx, payout.Query{Standings: []payout.Standing{payout.Different}, Limit: shown}); err != nil {
			return err
		}
		if m.Unknown, err = payout.ListUnknown(tx, shown); err != nil {
			return err
		}
		if m.Off, err = payout.ListOff(tx, shown); err != nil {
			return err
		}
		m.Checks, err = checkout.Checks(tx, tx.Now().Add(-checksFor))
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, differencesPage(m))
}

func (m differencesModel) nothing() bool {
	return len(m.Records) == 0 && len(m.Unknown) == 0 && len(m.Off) == 0
}

// checksFor is how far back the daily check of the banks is told of.
const checksFor = 14 * 24 * time.Hour

// checks is what the daily check of the banks came to (PAY-05).
func (m differencesModel) checks() ui.Table {
	t := ui.Table{Caption: m.t("checks"), Bare: true, Columns: []ui.Column{
		{Title: m.t("date"), Main: true}, {Title: m.t("checked"), End: true}, {Title: m.t("checked_found"), End: true}, {Title: m.t("checked_away"), End: true}, {Title: m.t("orders")},
	}}
	for _, c := range m.Checks {
		t.Rows = append(t.Rows, ui.Row{Name: m.view().DayTime(c.At), Cells: []templ.Component{
			ui.TextCell(m.view().DayTime(c.At)), ui.TextCell(m.view().Number(c.Asked)), ui.TextCell(m.view().Number(c.Found)), ui.TextCell(m.view().Number(c.Away)), findings(m.room, c.Told),
		}})
	}
	return t
}
