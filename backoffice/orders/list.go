package orders

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// listQuery is the list's address: a filter can be kept as a bookmark.
type listQuery struct {
	Text     string `query:"q"`
	State    string `query:"state"`
	Payment  string `query:"payment"`
	Mode     string `query:"mode"`
	Shipping string `query:"shipping"`
	From     string `query:"from"`
	Until    string `query:"until"`
	Least    string `query:"least"`
	Most     string `query:"most"`
	After    string `query:"after"`
}

const (
	aPage = 50
	// toShip is a state of the list alone: what waits for a parcel, packed or not.
	toShip = "to_ship"
	// onHold is another: what waits for a person to look at it (FRD-05).
	onHold = "held"
	// toCollect is a third: what a bank holds the money of ready (PGW-02).
	toCollect = "to_collect"
	// maxCounted bounds the figure over the list: nobody reads further, and counting all is slow.
	maxCounted = 1000
)

// toShipFilter finds what waits for a parcel.
var toShipFilter = order.Filter{States: []order.State{order.Paid, order.AwaitingShipment}, Real: true}

// list finds orders (ORD-12).
func (d *Desk) list(c echo.Context) error {
	v := desk.Here(c)
	q, err := web.Query[listQuery](c)
	if err != nil {
		return err
	}
	m := listModel{Query: q}
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		disputed, err := payment.ListDisputed(tx)
		if err != nil {
			return err
		}
		m.Disputed = len(disputed)
		cards, err := payment.ListCards(tx)
		if err != nil {
			return err
		}
		m.Cards = len(cards)
		if m.Awaited, err = order.CountAwaited(tx); err != nil {
			return err
		}
		m.Currency, v.View.Zone = s.Rules().Currency, s.Rules().Zone
		filter, err := q.filter(v.View.Locale, s.Rules().Zone)
		filter.Currency = m.Currency.Code()
		if err != nil {
			m.Refused = err
		}
		if m.Page, err = order.List(tx, filter); err != nil {
			return err
		}
		if m.Found, err = order.Count(tx, filter, maxCounted); err != nil {
			return err
		}
		if m.Tally, err = order.Tally(tx); err != nil {
			return err
		}
		if m.Held, err = order.CountHeld(tx); err != nil {
			return err
		}
		if m.Pledged, err = order.CountPledged(tx); err != nil {
			return err
		}
		if m.ToShip, err = order.Count(tx, toShipFilter, maxCounted); err != nil {
			return err
		}
		if m.Payments, err = d.Modes.List(tx); err != nil {
			return err
		}
		m.Shippings, err = shipping.ListModes(tx)
		return err
	})
	if err != nil {
		return err
	}
	status := http.StatusOK
	if m.Refused != nil {
		status = web.Status(m.Refused)
	}
	return desk.Show(c, status, listPage(v, m))
}

// filter reads the address in the reader's language; days are those of the shop. A part that cannot
// be read is left out and told.
func (q listQuery) filter(l i18n.Locale, zone *time.Location) (order.Filter, error) {
	f := order.Filter{Text: q.Text, Mode: q.Mode, Shipping: q.Shipping, After: q.After, Limit: aPage}
	if s, ok := order.ParseState(q.State); ok {
		f.States = []order.State{s}
	} else if q.State == toShip {
		f.States, f.Real = toShipFilter.States, toShipFilter.Real
	} else if q.State == onHold {
		f.Held = true
	} else if q.State == toCollect {
		f.Pledged = true
	}
	if q.Payment != "" {
		f.Payments = []order.PaymentState{order.PaymentState(q.Payment)}
	}
	var c form.Checker
	if day := c.Date("from", q.From); !day.IsZero() {
		f.From = midnight(day, zone)
	}
	if day := c.Date("until", q.Until); !day.IsZero() {
		f.Until = midnight(day.AddDate(0, 0, 1), zone) // the day itself is meant, too
	}
	const places = 2
	if n := c.Decimal("least", l, q.Least, places); q.Least != "" && !c.Failed("least") {
		f.Least = &n
	}
	if n := c.Decimal("most", l, q.Most, places); q.Most != "" && !c.Failed("most") {
		f.Most = &n
	}
	return f, c.Err()
}

func midnight(day time.Time, zone *time.Location) time.Time {
	year, month, d := day.Date()
	return time.Date(year, month, d, 0, 0, 0, 0, zone)
}

// paymentStates are the states the list can be narrowed to.
func paymentStates() []order.PaymentState {
	return []order.PaymentState{order.Unpaid, order.PartPaid, order.FullyPaid, order.CreditOwed, order.PartRefunded, order.AllRefunded,
		order.DepositPaid, order.NothingYet}
}

// modeName is a mode of payment in a choice.
func modeName(l i18n.Locale, m payment.Mode) string { return m.Names.In(l) }
