package shipping

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// ceilDiv is ⌈a/b⌉, exact.
func ceilDiv(a, b decimal.Decimal) decimal.Decimal {
	q, r := a.QuoRem(b, 0)
	if r.IsPositive() {
		q = q.Add(decimal.NewFromInt(1))
	}
	return q
}

// Increments sends at an initial cost for the first weight unit and an additional
// one for each further unit begun (SHP-04). By line, it is the first and each
// further article of every line instead, whatever they weigh.
type Increments struct{}

const (
	byOrder = "order"
	byLine  = "line"
)

// Key is "increments".
func (Increments) Key() string { return "increments" }

// Config asks for the two units with their costs.
func (Increments) Config() form.Schema {
	return form.Schema{Fields: []form.Field{
		{Name: "scope", Label: "shipping.field.scope", Help: "shipping.help.scope", Kind: form.Select, Default: byOrder,
			Options: []form.Option{{Value: byOrder, Label: "shipping.scope.order"}, {Value: byLine, Label: "shipping.scope.line"}}},
		{Name: "first_unit", Label: "shipping.field.first_unit", Kind: form.Decimal, Least: "0"},
		{Name: "first_fee", Label: "shipping.field.first_fee", Kind: form.Money, Required: true},
		{Name: "next_unit", Label: "shipping.field.next_unit", Kind: form.Decimal, Least: "0"},
		{Name: "next_fee", Label: "shipping.field.next_fee", Kind: form.Money, Required: true},
	}}
}

// Open refuses a missing fee, and units that are missing or zero where they are
// needed.
func (Increments) Open(c money.Currency, v form.Values) (Formula, error) {
	r := reader{values: v, currency: c}
	f := increments{
		perLine:  r.choice("scope", optional, byOrder, byLine) == byLine,
		firstFee: r.money("first_fee", required), nextFee: r.money("next_fee", required),
	}
	if !f.perLine {
		f.firstUnit, f.nextUnit = r.number("first_unit", required), r.positive("next_unit", required)
	}
	return f, r.Err()
}

type increments struct {
	perLine             bool
	firstUnit, nextUnit decimal.Decimal
	firstFee, nextFee   money.Amount
}

func (f increments) Quote(p Parcel) (Quote, error) {
	if f.perLine {
		return f.quoteLines(p), nil
	}
	if p.Weight.IsZero() {
		return quoted(money.Zero(p.Currency), pricing.Because("shipping.weightless", nil)), nil
	}
	first := pricing.Because("shipping.first_unit", pricing.Args{"unit": f.firstUnit, "fee": f.firstFee})
	if p.Weight.LessThanOrEqual(f.firstUnit) {
		return quoted(f.firstFee, first), nil
	}
	n := ceilDiv(p.Weight.Sub(f.firstUnit), f.nextUnit)
	next := pricing.Because("shipping.next_units", pricing.Args{"count": n, "unit": f.nextUnit, "fee": f.nextFee})
	return quoted(f.firstFee.Add(f.nextFee.Mul(n)), first, next), nil
}

func (f increments) quoteLines(p Parcel) Quote {
	sum, further := money.Zero(p.Currency), int64(0)
	for _, it := range p.Items {
		sum = sum.Add(f.firstFee).Add(f.nextFee.MulInt(it.Qty - 1))
		further += it.Qty - 1
	}
	return quoted(sum,
		pricing.Because("shipping.first_articles", pricing.Args{"count": len(p.Items), "fee": f.firstFee}),
		pricing.Because("shipping.next_articles", pricing.Args{"count": further, "fee": f.nextFee}))
}

func (f increments) PerParcel() bool { return !f.perLine }

// Coefficient sends at a cost per weight unit (SHP-05), the weight rounded up to
// a unit and the cost kept between two bounds where they are given.
type Coefficient struct{}

// Key is "coefficient".
func (Coefficient) Key() string { return "coefficient" }

// Config asks for the coefficient, the rounding unit and the bounds.
func (Coefficient) Config() form.Schema {
	return form.Schema{Fields: []form.Field{
		{Name: "per_unit", Label: "shipping.field.per_unit", Kind: form.Money, Required: true},
		{Name: "round_up_to", Label: "shipping.field.round_up_to", Help: "shipping.help.round_up_to", Kind: form.Decimal, Least: "0"},
		{Name: "min", Label: "shipping.field.min", Kind: form.Money},
		{Name: "max", Label: "shipping.field.max", Kind: form.Money},
	}}
}

// Open refuses a missing coefficient, a rounding unit of zero and bounds that
// cross.
func (Coefficient) Open(c money.Currency, v form.Values) (Formula, error) {
	r := reader{values: v, currency: c}
	f := coefficient{
		perUnit: r.money("per_unit", required), roundUpTo: r.positive("round_up_to", optional),
		min: r.money("min", optional), max: r.money("max", optional), hasMax: v.Has("max"),
	}
	if f.hasMax && f.max.Cmp(f.min) < 0 {
		r.Refuse("max", form.KeyTooSmall, fault.Args{"min": f.min})
	}
	return f, r.Err()
}

type coefficient struct {
	perUnit   money.Amount
	roundUpTo decimal.Decimal
	min, max  money.Amount
	hasMax    bool
}

func (f coefficient) Quote(p Parcel) (Quote, error) {
	w := p.Weight
	if f.roundUpTo.IsPositive() {
		w = ceilDiv(w, f.roundUpTo).Mul(f.roundUpTo)
	}
	amount := f.perUnit.Mul(w)
	steps := []pricing.Reason{pricing.Because("shipping.per_unit", pricing.Args{"weight": w, "fee": f.perUnit})}
	switch {
	case amount.Cmp(f.min) < 0:
		amount = f.min
		steps = append(steps, pricing.Because("shipping.at_least", pricing.Args{"fee": f.min}))
	case f.hasMax && amount.Cmp(f.max) > 0:
		amount = f.max
		steps = append(steps, pricing.Because("shipping.at_most", pricing.Args{"fee": f.max}))
	}
	return quoted(amount, steps...), nil
}

func (coefficient) PerParcel() bool { return true }

// Weighs marks it.
func (Increments) Weighs() {}

// Weighs marks it.
func (Coefficient) Weighs() {}

var (
	_ Calculator = Increments{}
	_ Calculator = Coefficient{}
	_ Weigher    = Increments{}
	_ Weigher    = Coefficient{}
)
