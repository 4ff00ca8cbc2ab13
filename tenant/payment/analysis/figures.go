package analysis

import (
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// Figures are what came of some attempts to pay in one currency.
type Figures struct {
	Attempts  int
	Accepted  int // the money was promised or came
	Refused   int // somebody said no, or the bank was away
	Abandoned int // the buyer left, or took too long
	Open      int // it is not known yet, or waits for a person
	Taken     money.Amount
	Returned  int // of which something was given back
	Refunded  money.Amount
	Disputed  int           // by their buyers, however it ended
	Lost      int           // disputes
	Took      time.Duration // from the beginning to the money, on average; 0 when nothing was paid
	Fees      money.Amount  // what the banks took of FeesOf
	FeesOf    money.Amount  // what came in payments whose contract is known
}

// Rate is how many of those that were decided were accepted, in percent; false where none was.
func (f Figures) Rate() (decimal.Decimal, bool) { return share(f.Accepted, f.Accepted+f.Refused) }

// LeftRate is how many of all that ended were abandoned, in percent.
func (f Figures) LeftRate() (decimal.Decimal, bool) { return share(f.Abandoned, f.Attempts-f.Open) }

// DisputeRate is how many of the accepted were disputed, in percent.
func (f Figures) DisputeRate() (decimal.Decimal, bool) { return share(f.Disputed, f.Accepted) }

// PerHundred is what the banks take of a hundred; false where no contract is known.
func (f Figures) PerHundred() (money.Amount, bool) {
	if !f.FeesOf.IsPositive() {
		return money.Amount{}, false
	}
	n := f.Fees.Decimal().Mul(hundred).Div(f.FeesOf.Decimal())
	return money.New(n, f.Fees.Currency()).Round(money.HalfUp), true
}

var hundred = decimal.NewFromInt(100)

func share(part, of int) (decimal.Decimal, bool) {
	if of <= 0 {
		return decimal.Zero, false
	}
	return decimal.NewFromInt(int64(part)).Mul(hundred).Div(decimal.NewFromInt(int64(of))).Round(1), true
}

// By is what attempts are grouped by. The words are part of addresses and files.
type By string

// The ways to group.
const (
	ByAll    By = "all"
	ByMode   By = "mode"
	ByBuyer  By = "buyer"  // country of the bill
	ByIssued By = "issued" // country that issued the card
	ByBrand  By = "brand"  // of the card
	ByIssuer By = "issuer" // bank that issued the card
)

// Row is one group. Key is the mode's id, a country, or a name as the bank writes it; "" is what is not known.
type Row struct {
	Currency money.Currency
	Key      string
	Kind     string // of a mode, for one that is gone
	Figures
}

// Why counts the attempts that came to nothing, by reason.
type Why struct {
	Currency money.Currency
	Reason   payment.Reason // "" where the bank does not say
	Left     bool           // given up, and not refused
	Attempts int
	Amount   money.Amount
}

// Report is how the payments of some time went. Rows are by currency, the group with the most attempts first.
type Report struct {
	Rows map[By][]Row
	Whys []Why
}

// Currencies are those there is anything in, in the order of the totals.
func (r Report) Currencies() []money.Currency {
	var list []money.Currency
	for _, row := range r.Rows[ByAll] {
		list = append(list, row.Currency)
	}
	return list
}
