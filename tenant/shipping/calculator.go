package shipping

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// Calculator is one way to compute what sending costs. Its key is stored with
// every mode that uses it and never changes.
type Calculator interface {
	Key() string
	// Config describes the values it needs, for the back office to draw.
	Config() form.Schema
	// Open makes a formula of values in a currency. It refuses what could leave
	// some parcel without an answer, with fault.Malformed and the fields.
	Open(money.Currency, form.Values) (Formula, error)
}

// Formula is a calculator with its values. It is immutable.
type Formula interface {
	// Quote is the net cost of the parcel, rounded half up once at the end. It
	// returns ErrNotAvailable when the values say that nothing is sent like this.
	Quote(Parcel) (Quote, error)
	// PerParcel reports that the cost depends on weight, so that goods sent in
	// several parcels pay it for each of them.
	PerParcel() bool
}

// Weigher is a calculator whose cost depends on weight: articles need a weight, or a value in the
// measure of the mode.
type Weigher interface{ Weighs() }

// Warner is a formula that can tell its merchant about odd values.
type Warner interface{ Warnings() []pricing.Reason }

// Parcel is what is sent: the physical lines of a basket.
type Parcel struct {
	Currency money.Currency
	Items    []Item
	Weight   decimal.Decimal // W, in the unit of the mode's weight values
	Value    money.Amount    // A, the net price of the goods after discounts
}

// Item is one line of a parcel.
type Item struct {
	Qty    int64
	Weight decimal.Decimal // of one unit
	Value  money.Amount    // of the line, net, after discounts
}

// Pack makes a parcel of items.
func Pack(c money.Currency, items ...Item) Parcel {
	p := Parcel{Currency: c, Items: items, Value: money.Zero(c)}
	for _, it := range items {
		p.Weight = p.Weight.Add(it.Weight.Mul(decimal.NewFromInt(it.Qty)))
		p.Value = p.Value.Add(it.Value)
	}
	return p
}

// Quote is a net cost and how it came about, step by step.
type Quote struct {
	Amount money.Amount     `json:"amount"`
	Steps  []pricing.Reason `json:"steps"`
}

// quoted rounds the result of a formula.
func quoted(amount money.Amount, steps ...pricing.Reason) Quote {
	return Quote{Amount: amount.Round(money.HalfUp), Steps: steps}
}

var (
	// ErrNotAvailable says that a mode does not take this parcel.
	ErrNotAvailable = fault.New(fault.Conflict, "shipping.not_available")
	// ErrTooHeavy says that one article is heavier than the mode's heaviest parcel.
	ErrTooHeavy = fault.New(fault.Conflict, "shipping.too_heavy")
	// ErrNotServed says that a mode does not go there.
	ErrNotServed = fault.New(fault.Conflict, "shipping.not_served")
	// ErrUnknownCalculator names a mode whose way of computing this program does
	// not have (any more).
	ErrUnknownCalculator = fault.New(fault.Conflict, "shipping.unknown_calculator")
)

// Calculators are the ways to compute that a program has.
type Calculators []Calculator

// Builtin are the seven ways of the house.
func Builtin() Calculators {
	return Calculators{Included{}, Flat{}, Increments{}, Coefficient{}, CostScale{}, PercentScale{}, WeightScale{}}
}

// Find is the calculator of that key. It returns ErrUnknownCalculator.
func (c Calculators) Find(key string) (Calculator, error) {
	for _, calc := range c {
		if calc.Key() == key {
			return calc, nil
		}
	}
	return nil, ErrUnknownCalculator.With(fault.Args{"calculator": key})
}
