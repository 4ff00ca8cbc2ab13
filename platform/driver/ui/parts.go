package ui

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"
)

// current marks the entry of a navigation that is this page.
func current(is bool) templ.Attributes {
	if !is {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}

// nonce is only there when the answer has one: our scripts are files, which the
// policy allows anyway, and an answer with a nonce cannot be cached.
func (v View) nonce() templ.Attributes {
	if v.Nonce == "" {
		return nil
	}
	return templ.Attributes{"nonce": v.Nonce}
}

func hasQuery(href string) bool { return strings.Contains(href, "?") }

func number(n int) string { return strconv.Itoa(n) }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// initials takes the first letter of the first and of the last word.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return "?"
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	if len(words) == 1 {
		return strings.ToUpper(string(first))
	}
	last, _ := utf8.DecodeRuneInString(words[len(words)-1])
	return strings.ToUpper(string([]rune{first, last}))
}

func (m Meta) title() string {
	if m.Site == "" || m.Site == m.Title {
		return m.Title
	}
	return m.Title + " · " + m.Site
}

func (s Shell) surface() Surface {
	if s.Surface == "" {
		return Office
	}
	return s.Surface
}

func (v View) languageName() string {
	for _, l := range v.Languages {
		if l.Locale == v.Locale {
			return l.Name
		}
	}
	return string(v.Locale)
}

func (t Table) bulkID() string { return t.ID + "-bulk" }

func (f Filter) action(v View) string {
	if f.Action == "" {
		return v.Path
	}
	return f.Action
}

func (f Filter) searchLabel(v View) string {
	if f.SearchLabel == "" {
		return v.T("ui.search")
	}
	return f.SearchLabel
}
