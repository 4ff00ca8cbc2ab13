package transfer

import (
	"errors"
	"hash/maphash"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/catalog"
)

// entry is what a file says about one article: the cells of the layout, as they are written.
type entry struct {
	line     int
	code     string
	article  []string
	variants []variantCells
	problems []Line
	read     []Line // those of problems that reading the file found
}

type variantCells struct {
	line  int
	cells []string
}

// refuse notes what is wrong with a row.
func (e *entry) refuse(row int, column string, err *fault.Error) {
	e.problems = append(e.problems, Line{Row: row, Action: Refused, Code: e.code, Column: column, Problem: err.Key(), Args: err.Args()})
}

// forget drops what planning found, for planning anew.
func (e *entry) forget() { e.problems = slices.Clone(e.read) }

// source yields the entries of a file in order.
type source interface {
	layout() *layout
	// next returns io.EOF after the last.
	next() (*entry, error)
}

// ownSource reads our own format.
type ownSource struct {
	rows  *rows
	cols  *layout
	where []int
	ahead *record // the first row of the following article
	spare record
}

func (s *ownSource) layout() *layout { return s.cols }

func (s *ownSource) next() (*entry, error) {
	first, err := s.take()
	if err != nil {
		return nil, err
	}
	e := &entry{line: first.line, article: make([]string, len(s.cols.columns))}
	s.put(e, first)
	for {
		r, err := s.take()
		if errors.Is(err, io.EOF) {
			return e, nil
		}
		if err != nil {
			return nil, err
		}
		if !s.sameArticle(e, r) || len(e.variants) > catalog.MaxVariants {
			s.spare = r
			s.ahead = &s.spare
			return e, nil
		}
		s.put(e, r)
	}
}

// take returns the row kept back, or the next of the file. A row that cannot be read is an entry
// of its own.
func (s *ownSource) take() (record, error) {
	if s.ahead != nil {
		r := *s.ahead
		s.ahead = nil
		return r, nil
	}
	return s.rows.next()
}

// sameArticle tells whether a row goes on with the article of e: it names no other.
func (s *ownSource) sameArticle(e *entry, r record) bool {
	i, ok := s.cols.at["code"]
	if !ok || r.err != nil || e.code == "" {
		return false
	}
	code := strings.TrimSpace(bare(s.cell(r, i)))
	return code == "" || code == e.code
}

// cell is what the row has for a column of the layout.
func (s *ownSource) cell(r record, at int) string {
	for i, w := range s.where {
		if w == at && i < len(r.cells) {
			return r.cells[i]
		}
	}
	return ""
}

// put adds a row to its article.
func (s *ownSource) put(e *entry, r record) {
	if r.err != nil {
		e.refuse(r.line, "", r.err)
		return
	}
	v := variantCells{line: r.line, cells: make([]string, len(s.cols.columns))}
	for i, w := range s.where {
		if w < 0 || i >= len(r.cells) {
			continue
		}
		cell, c := bare(r.cells[i]), s.cols.columns[w]
		switch {
		case !utf8.ValidString(cell):
			e.refuse(r.line, c.name, errEncoding)
		case c.variant:
			v.cells[w] = cell
		case e.article[w] == "" && len(e.variants) == 0:
			e.article[w] = cell
		case cell != "" && cell != e.article[w]:
			e.refuse(r.line, c.name, errTwoValues.With(fault.Args{"row": e.line}))
		}
	}
	if i, ok := s.cols.at["code"]; ok && e.code == "" {
		e.code = strings.TrimSpace(e.article[i])
	}
	e.variants = append(e.variants, v)
}

var (
	errTwoValues = fault.New(fault.Malformed, "transfer.two_values")
	errSplit     = fault.New(fault.Malformed, "transfer.article_split")
	errSKUTwice  = fault.New(fault.Malformed, "transfer.sku_twice")
)

// seen remembers what a file has named so far, 8 bytes a name.
type seen struct {
	seed  maphash.Seed
	codes map[uint64]struct{}
	skus  map[uint64]struct{}
}

func newSeen() *seen {
	return &seen{seed: maphash.MakeSeed(), codes: map[uint64]struct{}{}, skus: map[uint64]struct{}{}}
}

// knows tells whether the file has named an article of this code.
func (s *seen) knows(code string) bool {
	_, ok := s.codes[maphash.String(s.seed, code)]
	return ok
}

// note refuses an entry whose article or SKU stood further up.
func (s *seen) note(e *entry, l *layout) {
	once := func(in map[uint64]struct{}, name string) bool {
		h := maphash.String(s.seed, name)
		_, twice := in[h]
		in[h] = struct{}{}
		return !twice
	}
	if e.code != "" && !once(s.codes, e.code) {
		e.refuse(e.line, "code", errSplit)
	}
	at, ok := l.at["sku"]
	if !ok {
		return
	}
	for _, v := range e.variants {
		if sku := strings.TrimSpace(v.cells[at]); sku != "" && !once(s.skus, sku) {
			e.refuse(v.line, "sku", errSKUTwice.With(fault.Args{"sku": sku}))
		}
	}
}

var _ source = (*ownSource)(nil)
