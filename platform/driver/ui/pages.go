package ui

import "strconv"

// Pages places the reader in a long list. Set Last for numbered pages, or Before
// and After for a list that only knows its neighbours.
type Pages struct {
	Label        string // needed when two stand on one page
	Number, Last int    // numbered: this page and the last, from 1
	Before       string // cursor of the page before; query parameter "before"
	After        string // cursor of the page after; query parameter "after"

	From, To, Total int // "41–60 of 312"; Total 0 says nothing
}

// gap marks pages left out of the row of numbers.
const gap = 0

// window is the numbers to draw: first, last, and two on each side of the current.
func (p Pages) window() []int {
	const around = 1
	var numbers []int
	for n := 1; n <= p.Last; n++ {
		near := n >= p.Number-around && n <= p.Number+around
		if n == 1 || n == p.Last || near {
			numbers = append(numbers, n)
		} else if numbers[len(numbers)-1] != gap {
			numbers = append(numbers, gap)
		}
	}
	return numbers
}

func (p Pages) label(v View) string {
	if p.Label == "" {
		return v.T("ui.pages")
	}
	return p.Label
}

func (p Pages) link(v View, number int) string {
	page := ""
	if number > 1 {
		page = strconv.Itoa(number)
	}
	return v.With("page", page)
}

func (p Pages) previous(v View) string {
	switch {
	case p.Last > 0 && p.Number > 1:
		return p.link(v, p.Number-1)
	case p.Last == 0 && p.Before != "":
		return v.With("before", p.Before, "after", "")
	default:
		return ""
	}
}

func (p Pages) next(v View) string {
	switch {
	case p.Last > 0 && p.Number < p.Last:
		return p.link(v, p.Number+1)
	case p.Last == 0 && p.After != "":
		return v.With("after", p.After, "before", "")
	default:
		return ""
	}
}

// Filter is the bar over a list: a search box, some narrow fields given as
// children, and what is in force, each with its way out. It is a GET form.
type Filter struct {
	Action      string // address; the page itself by default
	Search      string // what was searched for
	SearchLabel string
	NoSearch    bool
	Open        bool              // fields unfolded on phones
	Keep        map[string]string // hidden fields, such as the order of the list
	Chips       []Chip
	Clear       string // address without any filter
	Fields      int    // how many fields the children hold; 0 hides the fold
}

// Chip is a filter in force.
type Chip struct {
	Label string
	Href  string // the list without it
}
