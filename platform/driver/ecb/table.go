package ecb

import (
	"encoding/xml"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
)

// Euro is the currency all rates of the file are from.
const Euro = "EUR"

// ErrFile says that what came is not the file of a day.
var ErrFile = fault.New(fault.Upstream, "ecb.file")

// Table is the rates of one day. It is immutable.
type Table struct {
	Day     time.Time
	perEuro map[string]decimal.Decimal
}

// places is how exactly a rate between two other currencies is kept: finer than any amount it converts.
const places = 12

// envelope is the file, as far as it matters here.
type envelope struct {
	Days []struct {
		Date  string `xml:"time,attr"`
		Rates []struct {
			Currency string `xml:"currency,attr"`
			Rate     string `xml:"rate,attr"`
		} `xml:"Cube"`
	} `xml:"Cube>Cube"`
}

// Parse reads the file "eurofxref-daily.xml". Errors: ErrFile.
func Parse(data []byte) (Table, error) {
	var file envelope
	if err := xml.Unmarshal(data, &file); err != nil {
		return Table{}, ErrFile.Because(err)
	}
	if len(file.Days) != 1 {
		return Table{}, ErrFile.Because(fmt.Errorf("%d days", len(file.Days)))
	}
	day, err := time.Parse(time.DateOnly, file.Days[0].Date)
	if err != nil {
		return Table{}, ErrFile.Because(err)
	}
	t := Table{Day: day, perEuro: map[string]decimal.Decimal{Euro: decimal.NewFromInt(1)}}
	for _, r := range file.Days[0].Rates {
		rate, err := decimal.NewFromString(r.Rate)
		if err != nil || !rate.IsPositive() || len(r.Currency) != len(Euro) {
			return Table{}, ErrFile.Because(fmt.Errorf("rate %q of %q", r.Rate, r.Currency))
		}
		t.perEuro[r.Currency] = rate
	}
	if len(t.perEuro) == 1 {
		return Table{}, ErrFile.Because(fmt.Errorf("no rates on %s", file.Days[0].Date))
	}
	return t, nil
}

// Rate is what one unit of a currency is worth in another; false when the bank does not quote one of them.
func (t Table) Rate(from, to string) (decimal.Decimal, bool) {
	a, okFrom := t.perEuro[from]
	b, okTo := t.perEuro[to]
	if !okFrom || !okTo {
		return decimal.Zero, false
	}
	if from == Euro {
		return b, true
	}
	return b.DivRound(a, places), true
}
