package payout

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
)

// Upload is a file that somebody hands in.
type Upload struct {
	Mode   payment.ModeID
	Layout Layout // Recognise: as the mode remembers, else by its headings
	Name   string // of the file
	Text   string
}

// Preview is a file, read and held against what the shop knows.
type Preview struct {
	Layout  Layout
	Lines   []Line
	Payouts []Payout // the payouts it speaks of, with the sums of the lines it adds
	Counts  map[State]int
	Moved   int // lines of money the bank has moved on, which are no part of a payout

	setup Setup
	told  told
}

// New is how many lines the file adds.
func (p *Preview) New() int {
	return p.Counts[Matched] + p.Counts[Differs] + p.Counts[Unknown] + p.Counts[Neutral]
}

// Notable are the lines a person should look at first, then the others, at most most of them.
func (p *Preview) Notable(most int) []Line {
	rank := map[State]int{}
	for i, s := range States() {
		rank[s] = i
	}
	list := slices.SortedStableFunc(slices.Values(p.Lines), func(a, b Line) int { return cmp.Compare(rank[a.State], rank[b.State]) })
	return list[:min(most, len(list))]
}

// Check reads a file and says what it would add; it writes nothing.
//
// Errors: ErrMode, ErrEmpty, ErrLarge, ErrLong, ErrLayout, ErrColumns.
func Check(tx tenant.Tx, u Upload) (*Preview, error) {
	setup, err := modeOf(tx, u.Mode)
	if err != nil {
		return nil, err
	}
	s, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	if u.Layout != Recognise {
		setup.Layout = u.Layout
	}
	f, err := open(setup, s.Rules().Currency, u.Text)
	if err != nil {
		return nil, err
	}
	p := &Preview{Layout: f.layout, Counts: map[State]int{}, setup: setup, told: told{}}
	f.lines(p, u.Mode)
	if len(p.Lines) == 0 && p.Moved == 0 {
		return nil, ErrEmpty.On("file")
	}
	named(u.Mode, p.Lines)
	if err := p.match(tx, u.Mode); err != nil {
		return nil, err
	}
	for _, l := range p.Lines {
		p.Counts[l.State]++
	}
	p.sum(u)
	return p, nil
}

// lines reads the rows of a file.
func (f *file) lines(p *Preview, mode payment.ModeID) {
	for _, r := range f.rows {
		l, ok := f.line(r)
		if !ok {
			continue
		}
		if l.State == "" && l.Kind == moved {
			p.Moved++
			if _, has := f.at[PayoutRef]; has && l.Payout != "" {
				which := l.payout(mode)
				p.told[which] = p.told[which].Sub(l.Net.Decimal())
			}
			continue
		}
		p.Lines = append(p.Lines, l)
	}
}

// match says of each line that was read what it is about.
func (p *Preview) match(tx tenant.Tx, mode payment.ModeID) error {
	var names []string
	for _, l := range p.Lines {
		if l.State == "" {
			names = append(names, l.meanings()...)
		}
	}
	slices.Sort(names)
	payments, finder, err := look(tx, mode, slices.Compact(names))
	if err != nil {
		return err
	}
	stored, err := p.stored(tx, mode, payments)
	if err != nil {
		return err
	}
	for i := range p.Lines {
		l := &p.Lines[i]
		if l.State != "" {
			continue
		}
		at, found := finder.find(l.meanings())
		if found {
			l.Payment, l.Order, l.Number = payments[at].ID, payments[at].OrderID, payments[at].Number
			l.settle()
		}
		switch {
		case stored[l.key]:
			l.State = Repeated
		case found:
			l.State = Matched
			payments[at].add(*l)
		case l.Kind.speaks():
			l.State = Unknown
		default:
			l.State = Neutral
		}
		stored[l.key] = true // the same line again in one file
	}
	p.compare(payments)
	return nil
}

// settle gives a line about a payment whose word says nothing its kind by its sign.
func (l *Line) settle() {
	if l.Kind == Other && l.Gross.IsPositive() {
		l.Kind = Charge
	} else if l.Kind == Other && l.Gross.IsNegative() {
		l.Kind = Refund
	}
}

// add counts a line that is about to be stored.
func (k *known) add(l Line) {
	if l.Gross.Currency().Code() != k.Currency {
		k.InForeign = true
		return
	}
	switch l.Kind {
	case Charge:
		k.Came = k.Came.Add(l.Gross.Decimal())
	case Refund, Dispute:
		k.Went = k.Went.Sub(l.Gross.Decimal())
	case Cost, Other, moved:
	}
}

// compare marks the lines whose payments differ from what payouts say once the file is stored.
func (p *Preview) compare(payments []known) {
	byID := make(map[payment.ID]known, len(payments))
	for _, k := range payments {
		byID[k.ID] = k
	}
	for i := range p.Lines {
		l := &p.Lines[i]
		if l.State != Matched {
			continue
		}
		if why, args := byID[l.Payment].judge(); why != "" {
			l.State, l.Why, l.Args = Differs, why, args
		} else if due, dear := p.setup.Tariff.dear(l.Gross, l.Fee); dear && l.Kind == Charge {
			l.State, l.Why, l.Args = Differs, whyFee, fault.Args{"here": due, "there": l.Fee}
		}
	}
}

// stored are the keys of lines that are there already: in the payouts the file speaks of, and about the payments it
// speaks of in any.
func (p *Preview) stored(tx tenant.Tx, mode payment.ModeID, payments []known) (map[uuid.UUID]bool, error) {
	which := map[ID]bool{}
	for _, l := range p.Lines {
		if l.State == "" {
			which[l.payout(mode)] = true
		}
	}
	var payouts, about []string
	for one := range which {
		payouts = append(payouts, one.String())
	}
	for _, k := range payments {
		about = append(about, k.ID.String())
	}
	rows, err := tx.Raw().Query(tx.Context(), `select key::text from payout_lines where payout_id = any($1::uuid[])
		union select key::text from payout_lines where payment_id = any($2::uuid[])`, payouts, about)
	if err != nil {
		return nil, fmt.Errorf("read lines of payouts: %w", err)
	}
	defer rows.Close()
	keys := map[uuid.UUID]bool{}
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, fmt.Errorf("read lines of payouts: %w", err)
		}
		key, err := uuid.Parse(text)
		if err != nil {
			return nil, fmt.Errorf("read lines of payouts: %w", err)
		}
		keys[key] = true
	}
	return keys, rows.Err()
}

// adds tells that a line is to be stored.
func (l Line) adds() bool {
	switch l.State {
	case Matched, Differs, Unknown, Neutral:
		return true
	case Repeated, Pending, Wrong:
	}
	return false
}

// sum are the payouts a file speaks of.
func (p *Preview) sum(u Upload) {
	all := map[ID]*Payout{}
	for _, l := range p.Lines {
		if !l.adds() && l.State != Repeated {
			continue
		}
		which := l.payout(u.Mode)
		one := all[which]
		if one == nil {
			zero := money.Zero(l.Gross.Currency())
			one = &Payout{ID: which, Mode: u.Mode, Ref: l.Payout, Gross: zero, Fee: zero, Net: zero, File: short(u.Name, maxFileName)}
			if n, has := p.told[which]; has {
				sum := money.New(n, l.Gross.Currency())
				one.Told = &sum
			}
			all[which] = one
		}
		if day := l.paidOn(); day.After(one.PaidOn) {
			one.PaidOn = day
		}
		if l.adds() {
			one.Lines++
			one.Gross, one.Fee, one.Net = one.Gross.Add(l.Gross), one.Fee.Add(l.Fee), one.Net.Add(l.Net)
		}
	}
	for _, one := range slices.SortedFunc(maps.Values(all), func(a, b *Payout) int { return a.ID.Compare(b.ID) }) {
		p.Payouts = append(p.Payouts, *one)
	}
}

// paidOn is when a line was paid out, as far as the file tells.
func (l Line) paidOn() time.Time {
	if l.PaidOn.IsZero() {
		return l.Day
	}
	return l.PaidOn
}

const maxFileName = 120
