package cart

import (
	"time"

	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/stock"
)

// release is from when on an article can be had. It is reckoned here and not in SQL, because the shop's time
// zone is in its settings: the few articles that have a day pay for looking there, not every addition to a cart.
type release struct {
	day   *time.Time // a calendar day where the shop is; nil for always
	limit *int       // how many of a variant may be ordered before it (STK-04)
}

// Arrived makes a good that is announced for a day one that is sold from stock: as many as are wanted are there
// (stock.Level.Awaited).
func (g *Good) Arrived() { g.Expected, g.Terms = nil, deposit.Terms{} }

// at puts into a level what may be promised ahead, and tells whether the article is for sale and for which day
// it is announced, while that is to come.
func (r release) at(now time.Time, zone *time.Location, l *stock.Level) (forSale bool, expected *time.Time) {
	if r.day == nil {
		return true, nil
	}
	year, month, day := r.day.Date()
	if !now.Before(time.Date(year, month, day, 0, 0, 0, 0, zone)) {
		return true, nil
	}
	if r.limit != nil {
		l.Ahead = *r.limit
	}
	return l.Ahead > 0, r.day
}
