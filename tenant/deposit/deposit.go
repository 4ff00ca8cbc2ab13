package deposit

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
)

// Kind is what of an article's price is due with the order.
type Kind string

// The kinds. The words are stored.
const (
	Full    Kind = ""        // all of it
	Percent Kind = "percent" // Value hundredths of it
	Each    Kind = "amount"  // Value for each piece, in the shop's currency and with tax
	Nothing Kind = "later"
)

// Kinds lists them in the order in which they are offered.
func Kinds() []Kind { return []Kind{Full, Percent, Each, Nothing} }

// Terms are when an article that is ordered before its day is paid. The zero value is at once.
type Terms struct {
	Kind  Kind            `json:"kind"`
	Value decimal.Decimal `json:"value"`
}

// Deferred tells that something is due later.
func (t Terms) Deferred() bool { return t.Kind != Full }

var hundred = decimal.NewFromInt(100)

// What terms are refused for.
var (
	// ErrPercent wants more than nothing and less than all.
	ErrPercent = fault.New(fault.Malformed, "deposit.percent")
	ErrAmount  = fault.New(fault.Malformed, "deposit.amount")
	ErrKind    = fault.New(fault.Malformed, "deposit.kind")
)

// Check tells whether the terms can be held to. Errors: ErrKind on "charge"; ErrPercent, ErrAmount on "deposit".
func (t Terms) Check() error {
	switch t.Kind {
	case Full, Nothing:
		return nil
	case Percent:
		if !t.Value.IsPositive() || t.Value.Cmp(hundred) >= 0 {
			return ErrPercent.On("deposit")
		}
		return nil
	case Each:
		if !t.Value.IsPositive() {
			return ErrAmount.On("deposit")
		}
		return nil
	}
	return ErrKind.On("charge")
}

// now is what of a line that costs so much is due with the order, never more than it costs.
func (t Terms) now(line money.Amount, qty int64) money.Amount {
	switch t.Kind {
	case Nothing:
		return money.Zero(line.Currency())
	case Percent:
		return line.Mul(t.Value).Div(hundred).Round(money.HalfUp)
	case Each:
		return money.Min(line, money.New(t.Value, line.Currency()).MulInt(qty).Round(money.HalfUp))
	case Full:
	}
	return line
}

// Part is a line of a basket: what it costs with tax, discounts of its own taken off.
type Part struct {
	Terms
	Qty   int64
	Gross money.Amount
}

// Due is what is to be paid, divided by when.
type Due struct {
	Now   money.Amount // with the order
	Later money.Amount // before what it is for is sent
}

// Deferred tells that something is due later.
func (d Due) Deferred() bool { return d.Later.IsPositive() }

// Divide divides a total: goods is what of it is for the lines after every discount, the rest is delivery, fees
// and the like.
func Divide(total, goods money.Amount, parts []Part) Due {
	none := money.Zero(total.Currency())
	later, all := none, len(parts) > 0
	for i, share := range shares(goods, parts) {
		later = later.Add(share.Sub(parts[i].now(share, parts[i].Qty)))
		all = all && parts[i].Deferred()
	}
	if all {
		later = later.Add(total.Sub(goods))
	}
	later = money.Max(none, money.Min(later, total))
	return Due{Now: total.Sub(later), Later: later}
}

// shares are what the lines cost once the order's own discounts are taken off them.
func shares(goods money.Amount, parts []Part) []money.Amount {
	by, worth := make([]money.Amount, len(parts)), money.Zero(goods.Currency())
	for i, p := range parts {
		by[i], worth = p.Gross, worth.Add(p.Gross)
	}
	if !goods.IsPositive() || !worth.IsPositive() {
		for i := range by {
			by[i] = money.Zero(goods.Currency())
		}
		return by
	}
	return money.Share(goods, by)
}
