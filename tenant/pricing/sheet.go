package pricing

import (
	"slices"
	"strings"

	"echoppe.dev/platform/kit/money"
)

// Sheet is what the steps write on: the basket's lines with what they cost so
// far. Its lines stand in an order of their own (SKU, then ID), so that an odd
// cent falls on the same line however the shopper filled the basket. Steps name
// lines by their index on the sheet.
type Sheet struct {
	basket *Basket
	lines  []int // index into basket.Lines

	piles       []pile // the piles of the lines, then those of the charges
	adjustments []Adjustment
	on          []int   // the pile of each adjustment
	units       []Price // of each line, tiers applied

	step     string
	taxation Taxation
	duty     func(Class) Duty
	duties   map[Class]levied

	refusals []Refusal
	trace    Trace
	notes    map[any]any
}

// pile is a heap of amounts that are taxed together: a line with its discounts,
// or the part of a charge that follows one rate. Its tax is computed on the sum,
// so every amount on it is worth the difference it makes to that.
type pile struct {
	line     int // index on the sheet, -1 for a charge
	kind     Kind
	class    Class
	includes bool
	sum      money.Amount
	figures  Figures
	fresh    bool // figures are those of sum
	amounts  int  // how many lie on it
}

// levied is the duty of a class, and how the tax is called.
type levied struct {
	Duty
	why Reason
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

func newSheet(b *Basket) *Sheet {
	charges := b.chargesExpected()
	s := &Sheet{
		basket: b,
		lines:  make([]int, len(b.Lines)),
		piles:  make([]pile, len(b.Lines), len(b.Lines)+charges),
		units:  make([]Price, len(b.Lines)),
		trace:  make(Trace, 0, 3*len(b.Lines)+4*charges),

		// Goods, a discount and the tax of each line, and the charges with theirs.
		adjustments: make([]Adjustment, 0, 3*len(b.Lines)+2*charges),
		on:          make([]int, 0, 2*len(b.Lines)+charges),
		duties:      make(map[Class]levied, 4),
		duty:        func(Class) Duty { return Duty{} },
	}
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
		s.piles[i] = pile{line: i, kind: Goods, class: l.Class, includes: l.Unit.IncludesTax, sum: money.Zero(b.Currency)}
	}
	return s
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
	clear(s.duties)
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
	pair := &[2]money.Amount{before.Amount, after.Amount}
	s.trace = append(s.trace, Entry{
		For: to, Step: s.step, Source: source, Line: line, Reason: why,
		Before: &pair[0], After: &pair[1], Side: after.side(),
	})
}

func (s *Sheet) dutyOf(c Class) levied {
	d, ok := s.duties[c]
	if !ok {
		duty := s.duty(c)
		d = levied{duty, Because("price.tax", Args{"rate": duty.Rate})}
		s.duties[c] = d
	}
	return d
}

func (s *Sheet) figuresOf(p *pile) Figures {
	if !p.fresh {
		p.figures = s.dutyOf(p.class).figures(Price{p.sum, p.includes}, s.basket.Currency.Digits())
		p.fresh = true
	}
	return p.figures
}

// post puts an amount on a pile.
func (s *Sheet) post(at int, k Kind, source string, amount money.Amount, why Reason) {
	p := &s.piles[at]
	p.put(amount)
	s.on = append(s.on, at)
	s.adjustments = append(s.adjustments, Adjustment{
		Kind: k, Source: source, Reason: why, Line: s.lineOf(p), Class: p.class, Price: Price{amount, p.includes},
	})
}

// lineOf is the ID of the line a pile belongs to, "" for a charge.
func (s *Sheet) lineOf(p *pile) string {
	if p.line < 0 {
		return ""
	}
	return s.Line(p.line).ID
}

func (p *pile) put(amount money.Amount) {
	if p.amounts > 0 {
		amount = p.sum.Add(amount)
	}
	p.sum, p.amounts, p.fresh = amount, p.amounts+1, false
}
