package stats

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/settings"
)

// Day is what was ordered on one day of the shop's calendar.
type Day struct {
	At       time.Time // its midnight, in the shop's zone
	Orders   int
	Turnover money.Amount // with tax, in the management currency
}

// Today is the first page of an office in figures.
type Today struct {
	Days []Day // the last ones, the oldest first; the last is today
	// Elsewhere are orders of these days in the currency the shop had before. They count as orders and not as
	// turnover, since two currencies have no sum.
	Elsewhere int
	Unpaid    int // orders that wait for money
	ToShip    int // orders that wait for a parcel
	Low       int // variants on sale of which few are left
	Out       int // variants on sale of which none is left
}

// Now is today itself.
func (t Today) Now() Day { return t.Days[len(t.Days)-1] }

// Yesterday is the day before.
func (t Today) Yesterday() Day { return t.Days[len(t.Days)-2] }

// daysShown is two weeks: the same weekday is in it twice.
const daysShown = 14

// Read gathers the figures at the instant of the unit of work.
func Read(tx tenant.Tx) (Today, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return Today{}, err
	}
	rules := s.Rules()
	today, err := days(tx, rules.Currency, rules.Zone)
	if err != nil {
		return Today{}, err
	}
	if today.Unpaid, today.ToShip, err = waiting(tx); err != nil {
		return Today{}, err
	}
	today.Low, today.Out, err = short(tx, s.Stock.LowAt)
	return today, err
}

func days(tx tenant.Tx, cur money.Currency, zone *time.Location) (Today, error) {
	now := tx.Now().In(zone)
	today := Today{Days: make([]Day, daysShown)}
	place := make(map[string]int, daysShown)
	for i := range today.Days {
		at := time.Date(now.Year(), now.Month(), now.Day()-daysShown+1+i, 0, 0, 0, 0, zone)
		today.Days[i] = Day{At: at, Turnover: money.Zero(cur)}
		place[at.Format(time.DateOnly)] = i
	}
	var rows []struct {
		Day   string
		N     int
		Total decimal.Decimal
		Own   bool
	}
	err := tx.DB().Raw(`
		select to_char(placed_at at time zone ?, 'YYYY-MM-DD') as day, count(*) as n, sum(total) as total, currency = ? as own
		from orders where placed_at >= ? and state <> 'cancelled' and not test
		group by 1, 4`, zone.String(), cur.Code(), today.Days[0].At).Scan(&rows).Error
	if err != nil {
		return Today{}, fmt.Errorf("read orders of the last days: %w", err)
	}
	for _, r := range rows {
		i, ok := place[r.Day]
		if !ok {
			continue
		}
		today.Days[i].Orders += r.N
		if r.Own {
			today.Days[i].Turnover = money.New(r.Total, cur)
		} else {
			today.Elsewhere += r.N
		}
	}
	return today, nil
}

// waiting counts what somebody must do about orders. An order awaiting its parcel may still be
// unpaid: cash on delivery is sent first.
func waiting(tx tenant.Tx) (unpaid, toShip int, err error) {
	var row struct{ Unpaid, ToShip int }
	err = tx.DB().Raw(`
		select count(*) filter (where state = 'placed') as unpaid,
		       count(*) filter (where state in ('paid', 'awaiting_shipment')) as to_ship
		from orders where state in ('placed', 'paid', 'awaiting_shipment') and archived_at is null and ` + order.RealSQL).Scan(&row).Error
	if err != nil {
		return 0, 0, fmt.Errorf("count waiting orders: %w", err)
	}
	return row.Unpaid, row.ToShip, nil
}

// Waiting is how many orders wait for a parcel, for the figure beside a menu.
func Waiting(tx tenant.Tx) (toShip int, err error) {
	_, toShip, err = waiting(tx)
	return toShip, err
}

// short counts by the thresholds the shop's pages and alerts go by.
func short(tx tenant.Tx, lowAt int) (low, out int, err error) {
	var row struct{ Low, Out int }
	err = tx.DB().Raw(`
		select count(*) filter (where v.on_hand - v.reserved between 1 and greatest(v.low_at, ?)) as low,
		       count(*) filter (where v.on_hand - v.reserved <= 0) as out
		from variants v join products p on p.id = v.product_id
		where p.state = 'published' and v.active and v.tracked and not v.backorder`, lowAt).Scan(&row).Error
	if err != nil {
		return 0, 0, fmt.Errorf("count short stock: %w", err)
	}
	return row.Low, row.Out, nil
}
