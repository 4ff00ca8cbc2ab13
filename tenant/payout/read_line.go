package payout

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
)

// settledWords are what PayPal calls a transaction that is done, as bare makes them.
var settledWords = map[string]bool{"": true, "completed": true, "termine": true, "effectue": true, "abgeschlossen": true, "completado": true}

// maxReference is what the column of a reference holds.
const maxReference = 100

// line reads one row. ok is false for a row that is no line: nothing moved.
func (f *file) line(r row) (l Line, ok bool) {
	l = Line{N: r.n, Reference: short(f.cell(r, Reference), maxReference), refs: f.cells(r, Reference), name: f.cell(r, Number), word: f.cell(r, Type)}
	wrong := func(why string, args fault.Args) (Line, bool) {
		l.State, l.Why, l.Args = Wrong, why, args
		return l, true
	}
	c := f.base
	if code := f.cell(r, Currency); code != "" {
		var err error
		if c, err = money.ParseCurrency(strings.ToUpper(code)); err != nil {
			return wrong(whyCurrency, fault.Args{"text": short(code, 20)})
		}
	}
	var sums [3]decimal.Decimal
	for i, col := range []Column{Gross, Fee, Net} {
		text := f.cell(r, col)
		if text == "" {
			continue
		}
		n, read := f.style.number(text)
		if f.shape.minor {
			n, read = f.minor(r, col, text, c)
		}
		if !read {
			return wrong(whyAmount, fault.Args{"text": short(text, 40)})
		}
		if !n.Equal(n.Round(c.Digits())) {
			return wrong(whyPlaces, fault.Args{"text": short(text, 40), "currency": c.Code()})
		}
		sums[i] = n
	}
	if f.cell(r, Gross) == "" {
		return wrong(whyShape, nil)
	}
	var at bool
	if l.Day, at = f.style.day(f.cell(r, Day)); !at {
		if l.Day, at = f.style.day(f.cell(r, PaidOn)); !at {
			return wrong(whyDay, fault.Args{"text": short(f.cell(r, Day), 40)})
		}
	}
	l, fine := f.amounts(l, sums[0], sums[1], sums[2], f.cell(r, Net) != "", c)
	if !fine {
		return wrong(whySum, fault.Args{"gross": money.New(sums[0], c), "fee": money.New(sums[1], c), "net": money.New(sums[2], c)})
	}
	if l.Gross.IsZero() && l.Fee.IsZero() {
		return l, false
	}
	f.place(&l, r)
	return l, true
}

// minor reads an amount of PayPal's report: digits alone, and a column that says which way.
func (f *file) minor(r row, col Column, text string, c money.Currency) (decimal.Decimal, bool) {
	if !plain.MatchString(text) || len(text) > 15 {
		return decimal.Decimal{}, false
	}
	n, err := decimal.NewFromString(text)
	n = n.Shift(-c.Digits())
	debit := strings.EqualFold(f.cell(r, side), "DR")
	if col == Fee { // a cost is positive
		debit = strings.EqualFold(f.cell(r, feeSide), "CR")
	}
	if debit {
		n = n.Neg()
	}
	return n, err == nil
}

// amounts gives a line its kind and its sums, signed as the shop sees them. It tells false when they do not add up.
func (f *file) amounts(l Line, gross, fee, net decimal.Decimal, told bool, c money.Currency) (Line, bool) {
	if f.costs > 0 {
		fee = fee.Neg()
	}
	l.Kind = kindOf(l.word, gross.IsNegative())
	if (l.Kind == Refund || l.Kind == Dispute) && gross.IsPositive() && !f.signed && !f.shape.minor && !comesBack(l.word) {
		gross, told = gross.Neg(), false // a file without signs
	}
	if !told {
		net = gross.Sub(fee)
	}
	l.Gross, l.Fee, l.Net = money.New(gross, c), money.New(fee, c), money.New(net, c)
	return l, gross.Sub(fee).Equal(net)
}

// place says which payout a line belongs to.
func (f *file) place(l *Line, r row) {
	l.PaidOn, _ = f.style.day(f.cell(r, PaidOn))
	if _, has := f.at[PayoutRef]; has {
		if l.Payout = short(f.cell(r, PayoutRef), maxReference); l.Payout == "" && l.Kind != moved {
			l.State = Pending
		}
		return
	}
	if !settledWords[bare(f.cell(r, status))] {
		l.State = Pending
	}
	if l.PaidOn.IsZero() {
		l.PaidOn = l.Day
	}
	l.Payout = l.PaidOn.Format(time.DateOnly)
}
