package payout

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
)

// Limits of a file.
const (
	MaxFile  = 24 << 20 // bytes
	MaxLines = 100_000
	// maxHeadings is how many lines may stand before the headings.
	maxHeadings = 30
)

// Refusals of a file as a whole; they are about the field "file", and ErrMode about "mode".
var (
	ErrMode    = fault.New(fault.Malformed, "payout.error.mode")
	ErrEmpty   = fault.New(fault.Malformed, "payout.error.empty")
	ErrLong    = fault.New(fault.Malformed, "payout.error.long")   // max
	ErrLarge   = fault.New(fault.Malformed, "payout.error.large")  // max, in MB
	ErrLayout  = fault.New(fault.Malformed, "payout.error.layout") // headings: nothing recognises these
	ErrColumns = fault.New(fault.Malformed, "payout.error.columns")
	ErrWrong   = fault.New(fault.Malformed, "payout.error.wrong") // n
)

// Why a line cannot be read.
const (
	keySameColumn = "payout.error.same_column"
	whyShape      = "payout.wrong.shape"
	whyDay        = "payout.wrong.day"      // text
	whyAmount     = "payout.wrong.amount"   // text
	whyPlaces     = "payout.wrong.places"   // text, currency
	whyCurrency   = "payout.wrong.currency" // text
	whySum        = "payout.wrong.sum"      // gross, fee, net
)

// file is a file that is being read.
type file struct {
	layout Layout
	shape  shape
	at     map[Column][]int
	rows   []row
	style  style
	base   money.Currency // of lines that name none
	costs  int            // positive: fees that are costs stand with a minus
	signed bool           // what goes back stands with a minus
}

// row is a line of the file in its cells.
type row struct {
	n     int
	cells []string
}

// readable is text in Unicode: what banks still write in the code page of old Windows is read as that.
func readable(text string) string {
	text = strings.TrimPrefix(text, "\ufeff")
	if !utf8.ValidString(text) {
		if decoded, err := charmap.Windows1252.NewDecoder().String(text); err == nil {
			text = decoded
		}
	}
	return strings.ReplaceAll(text, "\x00", "")
}

// open finds the headings of a file and what its cells say of how it is written.
//
// Errors: ErrEmpty, ErrLarge, ErrLong, ErrLayout, ErrColumns.
func open(s Setup, base money.Currency, text string) (*file, error) {
	if len(text) > MaxFile {
		return nil, ErrLarge.With(fault.Args{"max": MaxFile >> 20}).On("file")
	}
	if text = readable(text); strings.TrimSpace(text) == "" {
		return nil, ErrEmpty.On("file")
	}
	for _, divider := range []rune{';', '\t', ','} {
		f := &file{base: base}
		if found, err := f.take(s, divider, text); found || err != nil {
			if err != nil {
				return nil, err
			}
			f.learn(s.Decimal)
			return f, nil
		}
	}
	if s.Layout == Own {
		return nil, ErrColumns.On("file")
	}
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return nil, ErrLayout.With(fault.Args{"headings": short(strings.TrimSpace(first), 200)}).On("file")
}

// take divides the text, and tells whether headings of a layout stand in it.
func (f *file) take(s Setup, divider rune, text string) (bool, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = divider, -1, true, false
	for read := 0; ; read++ {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return f.at != nil, nil
		}
		if err != nil {
			return f.at != nil, nil // a quote that is never closed: what stood before it is what there is
		}
		n, _ := r.FieldPos(0)
		switch {
		case f.at == nil && read >= maxHeadings:
			return false, nil
		case f.at == nil:
			f.recognise(s, cells)
		case f.passed(cells):
		case len(f.rows) == MaxLines:
			return false, ErrLong.With(fault.Args{"max": MaxLines}).On("file")
		default:
			f.rows = append(f.rows, row{n, cells})
		}
	}
}

// recognise looks whether these are the headings.
func (f *file) recognise(s Setup, cells []string) {
	headings := make([]string, len(cells))
	for i, c := range cells {
		headings[i] = bare(c)
	}
	if s.Layout == Own {
		own := s.own()
		f.layout, f.shape, f.at = Own, own, own.places(headings)
		return
	}
	for _, known := range shapes {
		if s.Layout != Recognise && s.Layout != known.layout {
			continue
		}
		if at := known.places(headings); at != nil {
			f.layout, f.shape, f.at = known.layout, known.shape, at
			return
		}
	}
}

// passed are lines that say nothing: blank ones, sums below the list, and the frame of PayPal's report, whose body
// begins with SB.
func (f *file) passed(cells []string) bool {
	if f.layout == PayPal {
		return cells[0] != "SB"
	}
	r := row{cells: cells}
	for _, col := range []Column{Day, PaidOn, Reference, Number, Type} {
		if f.cell(r, col) != "" {
			return false
		}
	}
	return true
}

// cell is the first cell of a column that is not empty.
func (f *file) cell(r row, col Column) string {
	for _, i := range f.at[col] {
		if i < len(r.cells) {
			if text := strings.TrimSpace(r.cells[i]); text != "" {
				return text
			}
		}
	}
	return ""
}

// cells are all cells of a column that are not empty, each once.
func (f *file) cells(r row, col Column) []string {
	var list []string
	for _, i := range f.at[col] {
		if i < len(r.cells) {
			if text := strings.TrimSpace(r.cells[i]); text != "" && !slices.Contains(list, text) {
				list = append(list, text)
			}
		}
	}
	return list
}

// learn makes out how the file writes numbers, days, fees and what goes back.
func (f *file) learn(decimalSign string) {
	var amounts, days []string
	for _, r := range f.rows {
		amounts = append(amounts, f.cell(r, Gross), f.cell(r, Fee), f.cell(r, Net))
		days = append(days, f.cell(r, Day), f.cell(r, PaidOn))
	}
	f.style = learn(decimalSign, amounts, days)
	for _, r := range f.rows {
		gross, ok := f.style.number(f.cell(r, Gross))
		if !ok {
			continue
		}
		if kind := kindOf(f.cell(r, Type), gross.IsNegative()); gross.IsNegative() && (kind == Refund || kind == Dispute) {
			f.signed = true
		}
		fee, ok := f.style.number(f.cell(r, Fee))
		if !ok || fee.IsZero() {
			continue
		}
		net, has := f.style.number(f.cell(r, Net))
		switch {
		case has && gross.Sub(fee).Equal(net), !has && gross.IsPositive() && fee.IsPositive():
			f.costs--
		case has && gross.Add(fee).Equal(net), !has && gross.IsPositive() && fee.IsNegative():
			f.costs++
		}
	}
}

// short is a text of at most that many characters.
func short(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}
