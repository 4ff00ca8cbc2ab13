package pricing

import (
	"slices"
	"strings"
	"sync"

	"echoppe.dev/platform/kit/money"
)

// Sheet is what the steps write on: the basket's lines with what they cost so
// far. Its lines stand in an order of their own (SKU, then ID), so that an odd
// cent falls on the same line however the shopper filled the basket. Steps name
// lines by their index on the sheet.
type Sheet struct {
	basket *Basket
	lines  []int // index into basket.Lines

	piles    []pile // the piles of the lines, then those of the charges
	postings []posting
	units    []Price // of each line, tiers and extras applied

	step     string
	taxation Taxation
	duty     func(Class) Duty
	duties   []levied // those asked for so far: a basket has few classes

	refusals []Refusal
	trace    Trace
	amounts  []money.Amount // room for those of the trace
	stands   []money.Amount // room for a discount to weigh its lines
	notes    map[any]any
}

// sheets keeps the paper of sheets that were totalled: a large basket fills many
// kilobytes of it, which cost more to clear away than the sums written on it.
var sheets = sync.Pool{New: func() any { return new(Sheet) }}

func newSheet(b *Basket) *Sheet {
	s, n := sheets.Get().(*Sheet), len(b.Lines)
	s.basket, s.duty = b, func(Class) Duty { return Duty{} }
	s.lines, s.units = slices.Grow(s.lines, n)[:n], slices.Grow(s.units, n)[:n]
	s.piles = slices.Grow(s.piles, n+b.chargesExpected())[:n]
	for i := range s.lines {
		s.lines[i] = i
	}
	slices.SortFunc(s.lines, func(i, j int) int {
		x, y := &b.Lines[i], &b.Lines[j]
		if c := strings.Compare(x.SKU, y.SKU); c != 0 {
			return c
		}
		return strings.Compare(x.ID, y.ID)
	})
	for i := range s.piles {
		l := s.Line(i)
		s.piles[i] = pile{line: i, kind: Goods, class: l.Class, includes: l.Unit.IncludesTax, heap: heap{sum: money.Zero(b.Currency)}}
	}
	return s
}

// release gives the paper back. Nothing of the result is on it, and no step keeps a
// sheet beyond its run.
func (s *Sheet) release() {
	clear(s.piles)
	clear(s.postings)
	clear(s.units)
	clear(s.trace)
	clear(s.duties)
	*s = Sheet{
		lines: s.lines[:0], piles: s.piles[:0], postings: s.postings[:0], units: s.units[:0],
		duties: s.duties[:0], trace: s.trace[:0], stands: s.stands[:0],
	}
	sheets.Put(s)
}

// chargesExpected is how many parts of charges a basket usually has: shipping and
// insurance at two or three rates, none where nothing is chosen yet, as for the
// prices of a list. More only costs another allocation.
func (b *Basket) chargesExpected() int {
	if b.Shipping.Mode == "" && b.Payment.Method == "" {
		return 0
	}
	return 8
}

// Basket is what is being priced. Steps must not change it.
func (s *Sheet) Basket() *Basket { return s.basket }

// Len is the number of lines.
func (s *Sheet) Len() int { return len(s.lines) }

// Line is the i-th line of the sheet. Steps must not change it.
func (s *Sheet) Line(i int) *Line { return &s.basket.Lines[s.lines[i]] }

// Lines lists the indexes of the lines that match, all of them for nil.
func (s *Sheet) Lines(match func(*Line) bool) []int {
	found := make([]int, 0, s.Len())
	for i := range s.Len() {
		if match == nil || match(s.Line(i)) {
			found = append(found, i)
		}
	}
	return found
}

// Figures is what the i-th line costs so far, its discounts taken off.
func (s *Sheet) Figures(i int) Figures { return s.figuresOf(&s.piles[i]) }

// Entered is what the i-th line costs so far, on the side its price was entered.
func (s *Sheet) Entered(i int) Price {
	return Price{s.piles[i].sum, s.piles[i].includes}
}

// Sum is what some lines cost so far.
func (s *Sheet) Sum(lines []int) Figures {
	sum := NoFigures(s.basket.Currency)
	for _, i := range lines {
		sum = sum.Add(s.Figures(i))
	}
	return sum
}

// SetTaxation records the tax decision, and how to tax a class. Before it is set
// nothing is taxed.
func (s *Sheet) SetTaxation(t Taxation, duty func(Class) Duty) {
	s.taxation, s.duty = t, duty
	s.duties = s.duties[:0]
	for i := range s.piles {
		s.piles[i].fresh = false
	}
	s.Remark(Staff, t.Reason)
}

// Refuse records that something asked for is not given.
func (s *Sheet) Refuse(source string, why Reason, blocking bool) {
	s.refusals = append(s.refusals, Refusal{Step: s.step, Source: source, Reason: why, Blocking: blocking})
	s.Remark(Shopper, why)
}

// Leave keeps what a step has to tell a later one of the same run. The key is of a
// type of the step's own, as with a context.
func (s *Sheet) Leave(key, note any) {
	if s.notes == nil {
		s.notes = make(map[any]any, 1)
	}
	s.notes[key] = note
}

// Left is what an earlier step of this run has left, nil for nothing.
func (s *Sheet) Left(key any) any { return s.notes[key] }

// Remark adds words without amounts to the trace.
func (s *Sheet) Remark(to Audience, why Reason) {
	s.trace = append(s.trace, Entry{For: to, Step: s.step, Reason: why})
}

// note adds a change of price to the trace. Step, source and side come with it.
func (s *Sheet) note(to Audience, source, line string, why Reason, before, after Price) {
	if cap(s.amounts)-len(s.amounts) < 2 {
		s.amounts = make([]money.Amount, 0, 4*len(s.lines)+4)
	}
	s.amounts = append(s.amounts, before.Amount, after.Amount)
	pair := s.amounts[len(s.amounts)-2:]
	s.trace = append(s.trace, Entry{
		For: to, Step: s.step, Source: source, Line: line, Reason: why,
		Before: &pair[0], After: &pair[1], Side: after.side(),
	})
}
