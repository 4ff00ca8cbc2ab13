package orders

import (
	"net/http"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
)

// contested is a payment whose buyer asked his bank for the money back, with its order.
type contested struct {
	Payment payment.Payment
	Order   *order.Order
}

// disputes are the payments that wait for evidence, the first deadline first (PGW-15).
func (d *Desk) disputes(c echo.Context) error {
	v := desk.Here(c)
	var list []contested
	var now time.Time
	err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		v.View.Zone, now = s.Rules().Zone, tx.Now()
		payments, err := payment.ListDisputed(tx)
		if err != nil {
			return err
		}
		for _, p := range payments {
			o, err := order.Find(tx, checkout.OrderOf(p))
			if err != nil {
				return err
			}
			list = append(list, contested{p, o})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, disputesPage(v, disputeTable(v, list, now)))
}

func disputeTable(v *desk.Visit, list []contested, now time.Time) ui.Table {
	t := ui.Table{
		Caption: v.T("orders.disputes"),
		Columns: []ui.Column{{Title: v.T("orders.order"), Main: true}, {Title: v.T("orders.buyer")}, {Title: v.T("orders.amount"), End: true}, {Title: v.T("orders.dispute_due"), Fit: true}},
		Empty:   ui.Empty{Icon: ui.IconCoin, Title: v.T("orders.disputes_none"), Text: v.T("orders.disputes_none_text")},
	}
	for _, one := range list {
		base := "orders/" + one.Order.ID.String()
		t.Rows = append(t.Rows, ui.Row{ID: one.Payment.ID.String(), Name: one.Order.Number, Cells: []templ.Component{
			ui.TitleCell(v.View, ui.Title{Text: one.Order.Number, Href: v.Href(base), Sub: one.Payment.Dispute.Reason}), ui.TextCell(one.Order.Buyer),
			ui.TextCell(v.View.Money(one.Payment.Dispute.Amount)), ui.BadgeCell(v.View, deadline(v.View, one.Payment.Dispute, now)),
		}})
	}
	return t
}

// soon is when a deadline is shown as urgent.
const soon = 3 * 24 * time.Hour

// deadline says until when the bank takes evidence.
func deadline(v ui.View, d *payment.Dispute, now time.Time) ui.Badge {
	if d.Due.IsZero() {
		return ui.Badge{Label: v.T("orders.dispute_no_date"), Tone: ui.Warn}
	}
	b := ui.Badge{Label: v.Day(d.Due), Tone: ui.Warn, Dot: true}
	if d.Due.Sub(now) < soon {
		b.Tone = ui.Bad
	}
	return b
}

// contest is what the order's page says of a dispute.
func (m fileModel) contest(v *desk.Visit, p payment.Payment) ui.Flash {
	f := ui.Flash{Tone: ui.Warn, Title: v.T("orders.dispute_open", ui.Args{"amount": p.Dispute.Amount}), Text: v.T("orders.dispute_soon"),
		Action: &ui.Action{Label: v.T("orders.evidence"), Icon: ui.IconPrinter, Href: v.Href(m.Base + "/evidence")}}
	if !p.Dispute.Due.IsZero() {
		f.Text = v.T("orders.dispute_until", ui.Args{"day": v.View.Day(p.Dispute.Due)})
	}
	return f
}

// evidence is what speaks for the merchant, on paper: what was ordered, by whom, how it was sent, what was written to the buyer, and
// what the bank itself has said.
func (d *Desk) evidence(c echo.Context) error {
	f, err := d.open(c)
	if err != nil {
		return err
	}
	v := desk.Here(c)
	m := evidenceModel{fileModel: fileModel{File: f, Base: "orders/" + f.Order.ID.String()}}
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.Modes, err = d.modeNames(tx); err != nil {
			return err
		}
		m.Settings, err = settings.Load(tx)
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, evidencePage(v, m))
}

type evidenceModel struct {
	fileModel
	Settings *settings.Settings
}

// facts are the short answers a bank asks for first.
func (m evidenceModel) facts(v *desk.Visit) []ui.Term {
	o := m.Order
	terms := []ui.Term{
		{Name: v.T("orders.date"), Text: v.View.DayTime(o.PlacedAt)}, {Name: v.T("orders.buyer"), Text: join(o.Buyer, o.Email)},
		{Name: v.T("orders.billing"), Body: addressLines(lined(v.View.Locale, o.Billing))}, {Name: v.T("orders.delivery"), Body: addressLines(lined(v.View.Locale, o.Delivery))},
		{Name: v.T("orders.total"), Text: v.View.Money(o.Total)}, {Name: v.T("orders.account"), Text: v.T(map[bool]string{true: "orders.guest", false: "orders.customer"}[o.Guest])},
	}
	for _, p := range m.Parcels {
		terms = append(terms, ui.Term{Name: v.T("orders.parcels"), Text: join(v.View.Day(p.ShippedAt), p.Carrier, p.Tracking, p.URL)})
	}
	return terms
}

// said are the words of the bank about a payment, as its messages had them.
func (m evidenceModel) said(p payment.Payment) []ui.Term {
	var terms []ui.Term
	for _, e := range m.Ledgers[p.ID] {
		for _, name := range e.Message.Names() {
			if text := e.Message[name]; text != "" && e.Verdict == payment.Applied {
				terms = append(terms, ui.Term{Name: name, Text: text})
			}
		}
	}
	return terms
}
