package catalog

import (
	"strconv"

	"echoppe.dev/platform/kit/form"
)

// Place is where an option stands in the table from which buyers order several variants at once
// (ART-09); without one on any option they choose one variant at a time.
type Place string

// The places.
const (
	NoPlace Place = ""
	Rows    Place = "rows"
	Columns Place = "columns" // of one option at most
)

// MaxCells is how many variants a table may hold: as many as a cart has lines, and as a page can show
// on a phone. An article with more is ordered one variant at a time, whatever its options say.
const MaxCells = 200

// Grid is the table of an article: a row for every combination of the options down, a column for
// every value of the one across.
type Grid struct {
	Down   []Option
	Across *Option // nil: all combinations one below another
}

// Table is the article's table; ok is false for an article that is ordered one variant at a time. How
// many variants it has is not looked at.
func (p *Product) Table() (g Grid, ok bool) {
	for i := range p.Options {
		switch p.Options[i].Place {
		case Columns:
			g.Across, ok = &p.Options[i], true
		case Rows:
			g.Down, ok = append(g.Down, p.Options[i]), true
		case NoPlace:
			g.Down = append(g.Down, p.Options[i])
		}
	}
	return g, ok
}

// Arrange says how buyers order: one variant at a time (table false), from a table with the values of
// the option across as columns, or from a list of all combinations (across "").
func (p *Product) Arrange(table bool, across string) {
	options := make([]Option, len(p.Options))
	for i, o := range p.Options {
		switch {
		case !table:
			o.Place = NoPlace
		case o.Code == across:
			o.Place = Columns
		default:
			o.Place = Rows
		}
		options[i] = o
	}
	p.Options = options
}

// checkPlaces refuses a table with columns of two kinds.
func (p *Product) checkPlaces(c *form.Checker) {
	across := false
	for i, o := range p.Options {
		at := "options." + strconv.Itoa(i)
		c.OneOf(at, string(o.Place), string(NoPlace), string(Rows), string(Columns))
		if o.Place == Columns && across {
			c.Refuse(at, form.KeyChoice, nil)
		}
		across = across || o.Place == Columns
	}
}
