package shipping

import (
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// Included sends at no cost: postage is in the price of the goods (SHP-03).
type Included struct{}

// Key is "included".
func (Included) Key() string { return "included" }

// Config is empty.
func (Included) Config() form.Schema { return form.Schema{} }

// Open never refuses.
func (Included) Open(money.Currency, form.Values) (Formula, error) { return included{}, nil }

type included struct{}

func (included) Quote(p Parcel) (Quote, error) {
	return quoted(money.Zero(p.Currency), pricing.Because("shipping.included", nil)), nil
}

func (included) PerParcel() bool { return false }

// Flat sends at one fee for the order, free from a value on (SHP-02).
type Flat struct{}

// Key is "flat".
func (Flat) Key() string { return "flat" }

// Config asks for the fee and the value from which it is free.
func (Flat) Config() form.Schema {
	return form.Schema{Fields: []form.Field{
		{Name: "fee", Label: "shipping.field.fee", Kind: form.Money, Required: true},
		{Name: "free_from", Label: "shipping.field.free_from", Help: "shipping.help.free_from", Kind: form.Money},
	}}
}

// Open refuses a missing or negative fee.
func (Flat) Open(c money.Currency, v form.Values) (Formula, error) {
	r := reader{values: v, currency: c}
	f := flat{fee: r.money("fee", required), freeFrom: r.money("free_from", optional), hasFree: v.Has("free_from")}
	return f, r.Err()
}

type flat struct {
	fee, freeFrom money.Amount
	hasFree       bool
}

func (f flat) Quote(p Parcel) (Quote, error) {
	if f.hasFree && p.Value.Cmp(f.freeFrom) >= 0 {
		return quoted(money.Zero(p.Currency), pricing.Because("shipping.free_from",
			pricing.Args{"value": p.Value, "from": f.freeFrom})), nil
	}
	return quoted(f.fee, pricing.Because("shipping.flat", pricing.Args{"fee": f.fee})), nil
}

func (flat) PerParcel() bool { return false }

var (
	_ Calculator = Included{}
	_ Calculator = Flat{}
)
