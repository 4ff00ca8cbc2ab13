package i18n

import (
	"fmt"
	"time"
)

// Style is how much room a date takes.
type Style string

const (
	// Short is all digits, for tables: 05/03/2026.
	Short Style = "short"
	// Medium has the month abbreviated: 5 mars 2026, 21 nov. 2026.
	Medium Style = "medium"
	// Long has the month in full: 21 novembre 2026.
	Long Style = "long"
)

// calendar holds the words and the order of the parts of one language.
type calendar struct {
	months [12]string
	abbrev [12]string
	// layouts take the day, the month (number or name) and the year, as [1], [2]
	// and [3].
	short, worded string
	first         string // how the first of a month is written, if not "1"
}

// The names are those of CLDR, in the form used inside a date. English without a
// region writes ISO dates when short, since day and month cannot be told apart
// across the Atlantic; regions below have their own habit.
var calendars = map[Locale]calendar{
	French: {
		months: [12]string{"janvier", "février", "mars", "avril", "mai", "juin",
			"juillet", "août", "septembre", "octobre", "novembre", "décembre"},
		abbrev: [12]string{"janv.", "févr.", "mars", "avr.", "mai", "juin",
			"juil.", "août", "sept.", "oct.", "nov.", "déc."},
		short: "%02[1]d/%02[2]d/%04[3]d", worded: "%[1]s %[2]s %[3]d", first: "1er",
	},
	English: {
		months: englishMonths, abbrev: englishAbbrev,
		short: "%04[3]d-%02[2]d-%02[1]d", worded: "%[1]s %[2]s %[3]d",
	},
	"en-GB": {
		months: englishMonths, abbrev: englishAbbrev,
		short: "%02[1]d/%02[2]d/%04[3]d", worded: "%[1]s %[2]s %[3]d",
	},
	"en-US": {
		months: englishMonths, abbrev: englishAbbrev,
		short: "%02[2]d/%02[1]d/%04[3]d", worded: "%[2]s %[1]s, %[3]d",
	},
	Spanish: {
		months: [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio",
			"julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
		abbrev: [12]string{"ene", "feb", "mar", "abr", "may", "jun",
			"jul", "ago", "sept", "oct", "nov", "dic"},
		short: "%02[1]d/%02[2]d/%04[3]d", worded: "%[1]s de %[2]s de %[3]d",
	},
	German: {
		months: [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni",
			"Juli", "August", "September", "Oktober", "November", "Dezember"},
		abbrev: [12]string{"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni",
			"Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
		short: "%02[1]d.%02[2]d.%04[3]d", worded: "%[1]s. %[2]s %[3]d",
	},
}

var (
	englishMonths = [12]string{"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December"}
	englishAbbrev = [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sept", "Oct", "Nov", "Dec"}
)

// FormatDate writes the day of t, in the zone t is in. Languages without a table
// get the ISO form, which everybody can read.
func FormatDate(l Locale, t time.Time, style Style) string {
	c, ok := calendars[l]
	if !ok {
		if c, ok = calendars[l.Language()]; !ok {
			return t.Format(time.DateOnly)
		}
	}
	year, month, day := t.Date()
	if style == Short {
		return fmt.Sprintf(c.short, day, int(month), year)
	}
	name := c.months[month-1]
	layout := c.worded
	if style == Medium {
		name = c.abbrev[month-1]
		if l.Language() == Spanish {
			layout = "%[1]s %[2]s %[3]d" // the little words go with the full name only
		}
	}
	number := fmt.Sprint(day)
	if day == 1 && c.first != "" {
		number = c.first
	}
	return fmt.Sprintf(layout, number, name, year)
}

// DateText is the day of t in every shipped language: an argument of messages that are kept, which know no times.
func DateText(t time.Time, style Style) Text {
	text := make(Text, len(Shipped))
	for _, l := range Shipped {
		text[l] = FormatDate(l, t, style)
	}
	return text
}

// FormatTime writes the minute of t, in the zone t is in.
func FormatTime(l Locale, t time.Time) string {
	if l == "en-US" {
		return t.Format("3:04\u202fPM")
	}
	return t.Format("15:04")
}

// FormatDateTime writes the day and the minute of t, in the zone t is in.
func FormatDateTime(l Locale, t time.Time, style Style) string {
	clock := FormatTime(l, t)
	day := FormatDate(l, t, style)
	if l.Language() == French && style == Long {
		return day + " à " + clock
	}
	if style == Short {
		return day + " " + clock
	}
	return day + ", " + clock
}
