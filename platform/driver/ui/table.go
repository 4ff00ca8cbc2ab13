package ui

import (
	"strings"

	"github.com/a-h/templ"
)

// Table is a list of things. On phones its rows become cards, unless Scroll keeps
// the columns and lets the frame, never the page, scroll sideways; a frame that
// scrolls clips what hangs over it, so such rows should have no More.
type Table struct {
	ID      string // needed when rows can be selected
	Caption string // always read, seen only with ShowCaption
	Columns []Column
	Rows    []Row
	Foot    []Row // totals

	Sort     string // the order shown: "name", or "-name" for falling
	SortKey  string // query parameter of the order; "sort" by default
	Selected map[string]bool
	Bulk     []Action // what can be done with the selected rows; none hides the check boxes
	BulkPost string   // where the selection is posted, as fields named "id"

	Empty       Empty
	Scroll      bool
	Dense       bool
	Bare        bool // without a card around it
	ShowCaption bool
}

// Column is a heading and how its cells are set.
type Column struct {
	Title  string
	Sort   string // name for the order; empty cannot be sorted
	End    bool   // figures: set at the end of the column
	Main   bool   // names the row: its heading for assistive technology, first on the card
	Wide   bool   // not drawn on phones
	Hidden bool   // the title is read, not seen
	Fit    bool   // as narrow as its content
}

// Row is one thing. Cells are in the order of the columns.
type Row struct {
	ID    string
	Name  string // names the row for the check box and the menu
	Cells []templ.Component
	More  []Action // a menu at the end
	Muted bool
}

func (t Table) sortKey() string {
	if t.SortKey == "" {
		return "sort"
	}
	return t.SortKey
}

// sortLink is where a click on the heading leads: rising first, then falling.
func (t Table) sortLink(v View, c Column) string {
	next := c.Sort
	if t.Sort == c.Sort {
		next = "-" + c.Sort
	}
	return v.With(t.sortKey(), next, "page", "", "after", "", "before", "")
}

func (t Table) ariaSort(c Column) string {
	switch {
	case c.Sort == "":
		return ""
	case t.Sort == c.Sort:
		return "ascending"
	case t.Sort == "-"+c.Sort:
		return "descending"
	default:
		return "none"
	}
}

func (t Table) sorted(c Column) bool {
	return c.Sort != "" && strings.TrimPrefix(t.Sort, "-") == c.Sort
}

func (t Table) hasMore() bool {
	for _, row := range t.Rows {
		if len(row.More) > 0 {
			return true
		}
	}
	return false
}

func (t Table) class() string {
	class := "table"
	if t.Scroll {
		class += " table-scroll"
	} else {
		class += " table-cards"
	}
	if t.Dense {
		class += " table-dense"
	}
	return class
}

func (c Column) class() string {
	var names []string
	if c.End {
		names = append(names, "end")
	}
	if c.Main {
		names = append(names, "main")
	}
	if c.Wide {
		names = append(names, "wide-only")
	}
	if c.Fit {
		names = append(names, "fit")
	}
	if c.Sort != "" {
		names = append(names, "sortable")
	}
	return strings.Join(names, " ")
}

// Title is the main cell of a row: a picture, a link and a line under it.
type Title struct {
	Text   string
	Href   string
	Sub    string
	Image  string // address of a small picture
	Pic    bool   // draw a placeholder when there is none
	Badges []Badge
}
