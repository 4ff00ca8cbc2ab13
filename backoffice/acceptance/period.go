package acceptance

import (
	"slices"
	"time"

	"echoppe.dev/platform/kit/form"
)

// periodQuery is the time a report is about, in the address of the page.
type periodQuery struct {
	Period string `query:"period"`
	From   string `query:"from"`
	Until  string `query:"until"`
}

// The periods that have a name, by how many days they are; own is told by its two days.
const (
	usual   = "30"
	ownDays = "own"
)

var days = map[string]int{"7": 7, "30": 30, "90": 90, "365": 365}

var periods = []string{"7", usual, "90", "365", ownDays}

// name is the period asked for; days that were typed win.
func (q periodQuery) name() string {
	if q.From != "" || q.Until != "" {
		return ownDays
	}
	if slices.Contains(periods, q.Period) {
		return q.Period
	}
	return usual
}

// span is from the midnight of the first day up to that after the last, in the shop's zone.
// Errors: the refused fields "from" and "until".
func (q periodQuery) span(now time.Time) (from, until time.Time, err error) {
	name := q.name()
	until = midnight(now.AddDate(0, 0, 1), now.Location())
	if n := days[name]; n > 0 {
		return until.AddDate(0, 0, -n), until, nil
	}
	from = until.AddDate(0, 0, -days[usual])
	var c form.Checker
	if day := c.Date("from", q.From); !day.IsZero() {
		from = midnight(day, now.Location())
	}
	if day := c.Date("until", q.Until); !day.IsZero() {
		until = midnight(day.AddDate(0, 0, 1), now.Location()) // the day itself is meant, too
	}
	if !c.Failed("from") && !c.Failed("until") && !from.Before(until) {
		c.Refuse("until", "acceptance.until_first", nil)
	}
	return from, until, c.Err()
}

func midnight(day time.Time, zone *time.Location) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
}
