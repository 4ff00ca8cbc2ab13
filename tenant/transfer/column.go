package transfer

import (
	"slices"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
)

// field is what a column holds.
type field string

// value is how the cells of a column are written.
type value int

const (
	text value = iota
	line
	markupText
	number
	amount
	integer
	yesNo
	day
	period
	list
	paths
	word
	pictures
	tiers
	rules
	deposits
)

// column is one column of a file, resolved.
type column struct {
	name    string
	field   field
	value   value
	variant bool        // belongs to the variant, not to the article
	aux     bool        // read when something is made, never compared
	locale  i18n.Locale // of a text
	n       int         // of an option or panel, from 1
	arg     string      // taxonomy code, kind of link
	words   []string    // the words allowed, for a word
}

// plainColumns are those whose name is one word.
var plainColumns = []column{
	{name: "code", value: line}, {name: "state", value: word, words: []string{"draft", "published", "archived"}},
	{name: "kind", value: word, words: []string{"physical", "digital", "service"}},
	{name: "tax_class", value: line}, {name: "price_includes_tax", value: yesNo},
	{name: "families", value: paths}, {name: "pictures", value: pictures}, {name: "pictures.option", value: list},
	{name: "new", value: period}, {name: "discover", value: period}, {name: "forthcoming", value: period},
	{name: "available_on", value: day}, {name: "rating", value: number}, {name: "unit", value: line},
	{name: "measure", value: word, words: []string{"", "kg", "l", "m", "m2", "piece"}}, {name: "tiers", value: tiers}, {name: "prices_json", value: rules},
	{name: "preorder", value: integer}, {name: "deposit", value: deposits},
	{name: "show_stock", value: word, words: []string{"", "exact", "level", "hidden"}}, {name: "position", value: integer},
	{name: "sku", value: line, variant: true}, {name: "barcode", value: line, variant: true},
	{name: "price", value: amount, variant: true}, {name: "compare_at", value: amount, variant: true},
	{name: "cost", value: amount, variant: true}, {name: "content", value: number, variant: true}, {name: "weight_g", value: integer, variant: true},
	{name: "picture", value: pictures, variant: true}, {name: "active", value: yesNo, variant: true},
	{name: "tracked", value: yesNo, variant: true}, {name: "backorder", value: yesNo, variant: true},
	{name: "stock", value: integer, variant: true}, {name: "low_at", value: integer, variant: true},
	{name: "reorder_qty", value: integer, variant: true},
}

// localColumns exist once a language.
var localColumns = map[string]value{"name": line, "slug": line, "summary": text, "body": markupText,
	"seo_title": line, "seo_description": text}

const (
	maxPanels = 12
)

var linkKinds = []catalog.LinkKind{catalog.Similar, catalog.Complementary, catalog.Upsell, catalog.Replacement}

// resolver knows what the shop has that column names may refer to.
type resolver struct {
	fallback i18n.Locale
	offered  []i18n.Locale
}

// column resolves a name, false when it means nothing here.
func (r resolver) column(name string) (column, bool) {
	name = strings.ToLower(name)
	for _, c := range plainColumns {
		if c.name == name {
			c.field = field(name)
			return c, true
		}
	}
	first, rest, _ := strings.Cut(name, ".")
	if v, ok := localColumns[first]; ok {
		return r.local(column{name: name, field: field(first), value: v}, rest)
	}
	switch first {
	case "families":
		return r.local(column{name: name, field: "families", value: paths, aux: true}, rest)
	case "taxonomy":
		code, l, translated := strings.Cut(rest, ".")
		if catalog.Slug(r.fallback, code) != code || code == "" || code == catalog.Families {
			return column{}, false
		}
		c := column{name: name, field: "taxonomy", value: paths, arg: code}
		if translated {
			c.aux = true
			return r.local(c, l)
		}
		return c, true
	case "links":
		return column{name: name, field: "links", value: list, arg: rest}, slices.Contains(linkKinds, catalog.LinkKind(rest))
	case "pictures":
		if l, ok := strings.CutPrefix(rest, "alt"); ok {
			return r.local(column{name: name, field: "pictures.alt", value: list}, strings.TrimPrefix(l, "."))
		}
	}
	return r.numbered(name, first, rest)
}

// local gives a column its language: the one named, or the shop's own when none is.
func (r resolver) local(c column, l string) (column, bool) {
	if l == "" {
		if c.aux {
			return column{}, false
		}
		c.locale = r.fallback
		c.name += "." + string(r.fallback)
		return c, true
	}
	i := slices.IndexFunc(r.offered, func(o i18n.Locale) bool { return strings.EqualFold(string(o), l) })
	if i < 0 {
		return column{}, false
	}
	c.locale = r.offered[i]
	return c, true
}

func (r resolver) numbered(name, first, rest string) (column, bool) {
	digits := strings.TrimLeft(first, "abcdefghijklmnopqrstuvwxyz")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 {
		return column{}, false
	}
	part, l, _ := strings.Cut(rest, ".")
	switch strings.TrimSuffix(first, digits) {
	case "option":
		return r.option(column{name: name, n: n}, part, l)
	case "panel":
		c := column{name: name, n: n}
		switch part {
		case "title":
			c.field, c.value = "panel.title", line
		case "body":
			c.field, c.value = "panel.body", markupText
		case "shared":
			c.field, c.value = "panel.shared", line
			return c, n <= maxPanels && l == ""
		}
		if c.field == "" || n > maxPanels {
			return column{}, false
		}
		return r.local(c, l)
	}
	return column{}, false
}

func (r resolver) option(c column, part, l string) (column, bool) {
	if c.n > catalog.MaxOptions {
		return column{}, false
	}
	c.value = line
	switch part {
	case "":
		c.field = "option"
		return c, l == ""
	case "name":
		c.field = "option.name"
		return r.local(c, l)
	case "value":
		c.field, c.variant = "option.value", true
		if l != "" {
			c.field = "option.value.name"
			return r.local(c, l)
		}
		return c, true
	case "swatch":
		c.field, c.value, c.variant = "option.swatch", pictures, true
		return c, l == ""
	}
	return column{}, false
}

// layout is the columns a run works with, and where each is found.
type layout struct {
	columns []column
	at      map[string]int // by name
	fields  map[field]bool
}

func newLayout(columns []column) *layout {
	l := &layout{columns: columns, at: map[string]int{}, fields: map[field]bool{}}
	for i, c := range columns {
		l.at[c.name] = i
		l.fields[c.field] = true
	}
	return l
}

// add puts a column into the layout unless it is there.
func (l *layout) add(c column) int {
	if i, ok := l.at[c.name]; ok {
		return i
	}
	l.columns = append(l.columns, c)
	l.at[c.name] = len(l.columns) - 1
	l.fields[c.field] = true
	return len(l.columns) - 1
}

// has tells whether a column of this name is there.
func (l *layout) has(name string) bool { _, ok := l.at[name]; return ok }

// parse resolves a header. where holds, for each column of the file, its place in the layout or -1.
//
// Errors: ErrTwice, ErrNoKey.
func (r resolver) parse(header []string) (l *layout, where []int, unknown []string, err error) {
	l = newLayout(nil)
	for _, name := range header {
		c, ok := r.column(name)
		if !ok {
			if name != "" {
				unknown = append(unknown, name)
			}
			where = append(where, -1)
			continue
		}
		if l.has(c.name) {
			return nil, nil, nil, ErrTwice.With(fault.Args{"column": c.name})
		}
		where = append(where, l.add(c))
	}
	if !l.has("code") && !l.has("sku") {
		return nil, nil, nil, ErrNoKey
	}
	return l, where, unknown, nil
}
