package shipping

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// CostScale sends at a fee by the net value of the goods (SHP-06).
type CostScale struct{}

// Key is "cost_scale".
func (CostScale) Key() string { return "cost_scale" }

// Config asks for the table.
func (CostScale) Config() form.Schema {
	return form.Schema{Fields: scaleFields(form.Money, "shipping.field.up_to_value", beyondNone, beyondValue)}
}

// Open refuses a table without a terminal row, and bounds that do not rise.
func (CostScale) Open(c money.Currency, v form.Values) (Formula, error) {
	r := reader{values: v, currency: c}
	f := costScale{r.scale(beyondNone, beyondValue), c}
	return f, r.Err()
}

type costScale struct {
	scale
	currency money.Currency
}

func (f costScale) Quote(p Parcel) (Quote, error) {
	fee, step, err := f.at(p.Value.Decimal(), showMoney(p.Currency), showMoney(p.Currency))
	if err != nil {
		return Quote{}, err
	}
	return quoted(money.New(fee, p.Currency), step), nil
}

func (costScale) PerParcel() bool { return false }

// WeightScale sends at a fee by weight (SHP-08).
type WeightScale struct{}

// Key is "weight_scale".
func (WeightScale) Key() string { return "weight_scale" }

// Config asks for the table.
func (WeightScale) Config() form.Schema {
	return form.Schema{Fields: scaleFields(form.Money, "shipping.field.up_to_weight", beyondNone, beyondValue, beyondExtra)}
}

// Open refuses a table without a terminal row, and bounds that do not rise.
func (WeightScale) Open(c money.Currency, v form.Values) (Formula, error) {
	r := reader{values: v, currency: c}
	f := weightScale{r.scale(beyondNone, beyondValue, beyondExtra), c}
	return f, r.Err()
}

type weightScale struct {
	scale
	currency money.Currency
}

func (f weightScale) Quote(p Parcel) (Quote, error) {
	fee, step, err := f.at(p.Weight, showNumber, showMoney(p.Currency))
	if err != nil {
		return Quote{}, err
	}
	return quoted(money.New(fee, p.Currency), step), nil
}

func (weightScale) PerParcel() bool { return true }

// Weighs marks it.
func (WeightScale) Weighs() {}

// Warnings tell of weights that cost less than lighter ones.
func (f weightScale) Warnings() []pricing.Reason {
	var all []pricing.Reason
	for _, b := range f.falls() {
		all = append(all, pricing.Because("shipping.warning.lighter_is_dearer", pricing.Args{"up_to": b.upTo}))
	}
	return all
}

// PercentScale sends at a percentage of the net value of the goods (SHP-07), by
// default that of the row for the whole value. Marginal, each row prices its own
// part of the value.
type PercentScale struct{}

// Key is "percent_scale".
func (PercentScale) Key() string { return "percent_scale" }

// Config asks for the table.
func (PercentScale) Config() form.Schema {
	return form.Schema{Fields: append(
		scaleFields(form.Percent, "shipping.field.up_to_value", beyondNone, beyondValue),
		form.Field{Name: "marginal", Label: "shipping.field.marginal", Help: "shipping.help.marginal", Kind: form.Checkbox},
	)}
}

// Open refuses a table without a terminal row, and bounds that do not rise.
func (PercentScale) Open(c money.Currency, v form.Values) (Formula, error) {
	r := reader{values: v, currency: c}
	f := percentScale{r.scale(beyondNone, beyondValue), v.Bool("marginal"), c}
	return f, r.Err()
}

type percentScale struct {
	scale
	marginal bool
	currency money.Currency
}

func (f percentScale) Quote(p Parcel) (Quote, error) {
	percent, step, err := f.at(p.Value.Decimal(), showMoney(p.Currency), showRate)
	if err != nil {
		return Quote{}, err
	}
	if f.marginal && p.Value.IsPositive() {
		return f.quoteParts(p), nil
	}
	return quoted(money.Percent(percent).Of(p.Value), step), nil
}

// quoteParts lets each row price its own part of the value.
func (f percentScale) quoteParts(p Parcel) Quote {
	var steps []pricing.Reason
	sum, left, from := money.Zero(p.Currency), p.Value, decimal.Zero
	take := func(part money.Amount, percent decimal.Decimal) {
		rate := money.Percent(percent)
		sum, left = sum.Add(rate.Of(part)), left.Sub(part)
		steps = append(steps, pricing.Because("shipping.part", pricing.Args{"part": part, "rate": rate}))
	}
	for _, b := range f.bands {
		if left.IsPositive() {
			take(money.Min(left, money.New(b.upTo.Sub(from), p.Currency)), b.value)
		}
		from = b.upTo
	}
	if left.IsPositive() {
		take(left, f.beyondValue)
	}
	return quoted(sum, steps...)
}

func (percentScale) PerParcel() bool { return false }

// Warnings tell of values just above a bound that cost less to send than the
// bound itself (50.00 at 12 % is 6.00, 50.01 at 8 % is 4.00).
func (f percentScale) Warnings() []pricing.Reason {
	if f.marginal {
		return nil
	}
	var all []pricing.Reason
	for _, b := range f.falls() {
		all = append(all, pricing.Because("shipping.warning.inversion", pricing.Args{
			"up_to": money.New(b.upTo, f.currency), "rate": money.Percent(b.value),
		}))
	}
	return all
}

var (
	_ Calculator = CostScale{}
	_ Calculator = WeightScale{}
	_ Calculator = PercentScale{}
	_ Weigher    = WeightScale{}
	_ Warner     = weightScale{}
	_ Warner     = percentScale{}
)
