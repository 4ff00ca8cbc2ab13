package carriage

import (
	"time"

	"echoppe.dev/platform/kit/form"
)

// periodQuery is the time a report is about, in the address of the page.
type periodQuery struct {
	Period string `query:"period"`
	From   string `query:"from"`
	Until  string `query:"until"`
}

// The periods that have a name, the usual one first; own is told by its two days.
const (
	lastDays  = "days"
	thisMonth = "month"
	lastMonth = "last_month"
	thisYear  = "year"
	ownDays   = "own"

	daysShown = 90
)

var periods = []string{lastDays, thisMonth, lastMonth, thisYear, ownDays}

// name is the period asked for; days that were typed win.
func (q periodQuery) name() string {
	if q.From != "" || q.Until != "" {
		return ownDays
	}
	for _, p := range periods {
		if p == q.Period {
			return p
		}
	}
	return lastDays
}

// span is from the midnight of the first day up to that after the last, in the shop's zone.
// Errors: the refused fields "from" and "until".
func (q periodQuery) span(now time.Time) (from, until time.Time, err error) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	from, until = today.AddDate(0, 0, 1-daysShown), today.AddDate(0, 0, 1)
	switch q.name() {
	case thisMonth:
		from = today.AddDate(0, 0, 1-today.Day())
	case lastMonth:
		until = today.AddDate(0, 0, 1-today.Day())
		from = until.AddDate(0, -1, 0)
	case thisYear:
		from = time.Date(now.Year(), time.January, 1, 0, 0, 0, 0, now.Location())
	case ownDays:
		var c form.Checker
		if day := c.Date("from", q.From); !day.IsZero() {
			from = midnight(day, now.Location())
		}
		if day := c.Date("until", q.Until); !day.IsZero() {
			until = midnight(day.AddDate(0, 0, 1), now.Location()) // the day itself is meant, too
		}
		if !c.Failed("from") && !c.Failed("until") && !from.Before(until) {
			c.Refuse("until", "carriage.until_first", nil)
		}
		err = c.Err()
	}
	return from, until, err
}

func midnight(day time.Time, zone *time.Location) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
}
