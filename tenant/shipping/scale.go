package shipping

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// band is one row of a scale: up to and including a bound, this.
type band struct{ upTo, value decimal.Decimal }

// What lies beyond the last bound of a scale. There is no default: a scale
// without an answer beyond its last row cannot be opened.
const (
	beyondNone  = "none"  // not available
	beyondValue = "value" // one more row without a bound
	beyondExtra = "extra" // the last row, and so much for each further unit begun
)

// scale is a table of bands with its terminal row.
type scale struct {
	bands       []band
	beyond      string
	beyondValue decimal.Decimal
	beyondUnit  decimal.Decimal
}

// scaleFields describe a scale whose values are of a kind.
func scaleFields(value form.Kind, upTo string, beyond ...string) []form.Field {
	options := make([]form.Option, len(beyond))
	for i, b := range beyond {
		options[i] = form.Option{Value: b, Label: "shipping.beyond." + b}
	}
	fields := []form.Field{
		{Name: "rows", Label: "shipping.field.rows", Help: "shipping.help.rows", Kind: form.Rows, Columns: []form.Field{
			{Name: "up_to", Label: upTo, Kind: form.Decimal, Required: true, Least: "0"},
			{Name: "value", Label: "shipping.field.value." + string(value), Kind: value, Required: true},
		}},
		{Name: "beyond", Label: "shipping.field.beyond", Help: "shipping.help.beyond", Kind: form.Select, Required: true, Options: options},
		{Name: "beyond_value", Label: "shipping.field.beyond_value", Kind: value},
	}
	for _, b := range beyond {
		if b == beyondExtra {
			fields = append(fields, form.Field{
				Name: "beyond_unit", Label: "shipping.field.beyond_unit", Help: "shipping.help.beyond_unit", Kind: form.Decimal, Least: "0",
			})
		}
	}
	return fields
}

// scale reads a table. It refuses bounds that do not rise, and a table without a
// terminal row.
func (r *reader) scale(beyond ...string) scale {
	var s scale
	r.rows("rows", func(row *reader) {
		b := band{row.number("up_to", required), row.number("value", required)}
		if n := len(s.bands); n > 0 && !b.upTo.GreaterThan(s.bands[n-1].upTo) && !row.Failed(row.prefix+"up_to") {
			row.Refuse(row.prefix+"up_to", "shipping.error.not_rising", nil)
		}
		s.bands = append(s.bands, b)
	})
	if !r.values.Has("beyond") {
		r.Refuse("beyond", "shipping.error.no_terminal_row", nil)
		return s
	}
	s.beyond = r.choice("beyond", required, beyond...)
	switch s.beyond {
	case beyondValue:
		s.beyondValue = r.number("beyond_value", required)
	case beyondExtra:
		s.beyondValue, s.beyondUnit = r.number("beyond_value", required), r.positive("beyond_unit", required)
	}
	if len(s.bands) == 0 && s.beyond != beyondValue {
		r.Refuse("rows", form.KeyRequired, nil)
	}
	return s
}

// at is the value for n, and the step that says which row it was. bound shows n and the bounds, show the values. It
// returns ErrNotAvailable, with n as "x" and the last bound as "up_to", beyond the last row of a scale that ends there.
func (s scale) at(n decimal.Decimal, bound, show func(decimal.Decimal) any) (decimal.Decimal, pricing.Reason, error) {
	for _, b := range s.bands {
		if n.LessThanOrEqual(b.upTo) {
			return b.value, pricing.Because("shipping.band",
				pricing.Args{"x": bound(n), "up_to": bound(b.upTo), "value": show(b.value)}), nil
		}
	}
	switch s.beyond {
	case beyondValue:
		return s.beyondValue, pricing.Because("shipping.beyond", pricing.Args{"x": bound(n), "value": show(s.beyondValue)}), nil
	case beyondExtra:
		last := s.bands[len(s.bands)-1]
		units := ceilDiv(n.Sub(last.upTo), s.beyondUnit)
		return last.value.Add(s.beyondValue.Mul(units)), pricing.Because("shipping.beyond_extra", pricing.Args{
			"x": bound(n), "up_to": bound(last.upTo), "value": show(last.value), "count": units, "extra": show(s.beyondValue), "unit": bound(s.beyondUnit),
		}), nil
	default:
		return decimal.Decimal{}, pricing.Reason{}, ErrNotAvailable.With(fault.Args{"x": bound(n), "up_to": bound(s.bands[len(s.bands)-1].upTo)})
	}
}

// falls lists the bounds after which the value falls although x rises.
func (s scale) falls() []band {
	var found []band
	all := s.bands
	if s.beyond == beyondValue && len(all) > 0 {
		all = append(all[:len(all):len(all)], band{value: s.beyondValue})
	}
	for i := 1; i < len(all); i++ {
		if all[i].value.LessThan(all[i-1].value) {
			found = append(found, all[i-1])
		}
	}
	return found
}

func showMoney(c money.Currency) func(decimal.Decimal) any {
	return func(n decimal.Decimal) any { return money.New(n, c) }
}

func showNumber(n decimal.Decimal) any { return n }

func showRate(n decimal.Decimal) any { return money.Percent(n) }
