package tax

import (
	_ "embed" // the rates
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// Row is one rate of one territory, from a day until the next row of the same
// class. A row that is Closed ends the class there: a rate that was abolished.
type Row struct {
	Territory string        `json:"territory"`
	Class     pricing.Class `json:"class"`
	Rate      money.Rate    `json:"rate"`
	Closed    bool          `json:"closed,omitempty"`
	From      string        `json:"from"` // 2006-01-02, a local day
	Source    string        `json:"source"`
}

// Table knows rates by territory, class and day. It is immutable.
type Table struct{ rows map[slot][]Row } // by From, rising

type slot struct {
	territory string
	class     pricing.Class
}

//go:embed rates.csv
var rates string

// Builtin is the table of rates.csv: the member states of the Union, of which a
// shop needs all for sales at a distance, and a few neighbours at home.
var Builtin = sync.OnceValue(func() *Table {
	rows, err := parseRates(rates)
	if err != nil {
		panic(fmt.Sprintf("tax: rates.csv: %v", err)) // built into the program, read by its tests
	}
	return (&Table{}).With(rows...)
})

func parseRates(text string) ([]Row, error) {
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	rows := make([]Row, 0, len(records))
	for _, r := range records[1:] {
		row := Row{Territory: r[0], Class: pricing.Class(r[1]), Closed: r[2] == "", From: r[3], Source: r[4]}
		if _, err := time.Parse(time.DateOnly, row.From); err != nil {
			return nil, fmt.Errorf("row %v: %w", r, err)
		}
		if !row.Closed {
			if row.Rate, err = money.ParseRate(r[2]); err != nil {
				return nil, fmt.Errorf("row %v: %w", r, err)
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// With returns a table in which these rows stand in place of those of their territory and class: the merchant's own
// rates, and his own classes. Until the day of the first of them what the table knew goes on, so that a change of
// rate can be entered in advance.
func (t *Table) With(rows ...Row) *Table {
	own := make(map[slot][]Row)
	for _, r := range rows {
		at := slot{r.Territory, r.Class}
		own[at] = append(own[at], r)
	}
	all := make(map[slot][]Row, len(t.rows)+len(own))
	for at, list := range t.rows {
		all[at] = list
	}
	for at, list := range own {
		slices.SortStableFunc(list, func(a, b Row) int { return strings.Compare(a.From, b.From) })
		before := slices.DeleteFunc(slices.Clone(t.rows[at]), func(r Row) bool { return r.From >= list[0].From })
		all[at] = append(before, list...)
	}
	return &Table{all}
}

// Find is the row of a territory for a class on a day (2006-01-02). A territory
// with rates of its own is written after its state ("PT/azores"); what it does not
// know, its state answers, unless the tax of the state does not hold there
// ("ES/canary_islands"). A class that nobody knows is answered by the next dearer one. False means that nothing is known of the territory at that day.
func (t *Table) Find(territory string, class pricing.Class, day string) (Row, bool) {
	state, name, _ := strings.Cut(territory, "/")
	if address.HasOwnTax(state, name) {
		state = territory
	}
	if class == "" {
		class = Standard
	}
	for c := class; c != ""; c = dearer(c) {
		for _, place := range [...]string{territory, state} {
			if row, ok := t.find(place, c, day); ok {
				return row, true
			}
		}
		if c == Zero || c == Exempt {
			return Row{Territory: territory, Class: c, Source: "merchant"}, true
		}
	}
	return Row{}, false
}

func (t *Table) find(territory string, class pricing.Class, day string) (Row, bool) {
	list := t.rows[slot{territory, class}]
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].From <= day {
			return list[i], !list[i].Closed
		}
	}
	return Row{}, false
}

// IsTerritory reports whether rates can be given for a territory: a country, or a
// place that may have rates of its own ("PT/azores", "FR/reunion").
func IsTerritory(territory string) bool {
	state, name, part := strings.Cut(territory, "/")
	return address.IsCountry(state) && (!part || slices.Contains(Parts(state), state+"/"+name))
}

// Parts lists the places inside a state that may have rates of their own.
func Parts(state string) []string {
	var parts []string
	for _, name := range address.VATPlaces(state) {
		parts = append(parts, state+"/"+name)
	}
	return parts
}

// Rows lists what the table holds of a territory, by class and day.
func (t *Table) Rows(territory string) []Row {
	var rows []Row
	for at, list := range t.rows {
		if at.territory == territory {
			rows = append(rows, list...)
		}
	}
	slices.SortFunc(rows, func(a, b Row) int {
		if c := strings.Compare(string(a.Class), string(b.Class)); c != 0 {
			return c
		}
		return strings.Compare(a.From, b.From)
	})
	return rows
}

// Territories lists the territories the table knows.
func (t *Table) Territories() []string {
	var all []string
	for at := range t.rows {
		if !slices.Contains(all, at.territory) {
			all = append(all, at.territory)
		}
	}
	slices.Sort(all)
	return all
}
