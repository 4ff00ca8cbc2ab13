package tax

import (
	"sync/atomic"

	"echoppe.dev/platform/kit/i18n"
)

// writtenDay is a day in every language. Nobody alters it: it goes into the reasons of many baskets.
type writtenDay struct {
	day  string
	text i18n.Text
}

// lastDay is the one written last: baskets are priced by the thousand on one day, and writing it takes as long as a
// tenth of a basket.
var lastDay atomic.Pointer[writtenDay]

// written is the day of the rates as readers write it.
func (d Decision) written() i18n.Text {
	if last := lastDay.Load(); last != nil && last.day == d.day {
		return last.text
	}
	text := i18n.DateText(d.at, i18n.Long)
	lastDay.Store(&writtenDay{d.day, text})
	return text
}
