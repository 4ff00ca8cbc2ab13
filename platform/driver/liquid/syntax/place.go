package syntax

import (
	"strings"
	"unicode/utf8"
)

// Pos is a byte offset into a source.
type Pos int

// Place is where something stands, for people: both count from 1, columns in characters.
type Place struct{ Line, Column int }

// Template is one parsed source.
type Template struct {
	Name   string // as its author knows it, "snippets/card.liquid"
	Source string
	Body   []Node
}

// Place is where an offset stands.
func (t *Template) Place(at Pos) Place { return placeOf(t.Source, at) }

// Excerpt is the line an offset stands on, cut around it when it is long.
func (t *Template) Excerpt(at Pos) string { return excerpt(t.Source, at) }

func placeOf(source string, at Pos) Place {
	before := source[:max(0, min(int(at), len(source)))]
	line := strings.LastIndexByte(before, '\n') + 1
	return Place{Line: strings.Count(before, "\n") + 1, Column: utf8.RuneCountInString(before[line:]) + 1}
}

// maxExcerpt is how much of a long line is shown, in bytes.
const maxExcerpt = 120

// excerpt is the line an offset stands on, cut around it when it is long.
func excerpt(source string, at Pos) string {
	n := max(0, min(int(at), len(source)))
	start := strings.LastIndexByte(source[:n], '\n') + 1
	end := len(source)
	if i := strings.IndexByte(source[n:], '\n'); i >= 0 {
		end = n + i
	}
	if end-start > maxExcerpt {
		start = max(start, n-maxExcerpt/2)
		end = min(end, start+maxExcerpt)
	}
	return strings.ToValidUTF8(strings.TrimSpace(source[start:end]), "")
}
