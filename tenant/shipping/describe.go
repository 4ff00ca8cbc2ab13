package shipping

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/tenant/pricing"
)

// Describer is a formula that can say in a sentence what it charges.
type Describer interface{ Describe() pricing.Reason }

// Describe says in a sentence what a mode charges, without where it goes; false for a formula that
// cannot.
func (t *Tariff) Describe() (pricing.Reason, bool) {
	d, ok := t.formula.(Describer)
	if !ok {
		return pricing.Reason{}, false
	}
	return t.measured(d.Describe()), true
}

func (included) Describe() pricing.Reason { return pricing.Because("shipping.says.included", nil) }

func (f flat) Describe() pricing.Reason {
	if f.hasFree {
		return pricing.Because("shipping.says.flat_free", pricing.Args{"fee": f.fee, "from": f.freeFrom})
	}
	return pricing.Because("shipping.says.flat", pricing.Args{"fee": f.fee})
}

func (f increments) Describe() pricing.Reason {
	args := pricing.Args{"first": f.firstFee, "next": f.nextFee}
	if f.perLine {
		return pricing.Because("shipping.says.lines", args)
	}
	args["upto"], args["unit"] = f.firstUnit, f.nextUnit
	return pricing.Because("shipping.says.increments", args)
}

func (f coefficient) Describe() pricing.Reason {
	args := pricing.Args{"fee": f.perUnit, "min": f.min, "max": f.max}
	switch {
	case f.hasMax:
		return pricing.Because("shipping.says.coefficient_bounds", args)
	case f.min.IsPositive():
		return pricing.Because("shipping.says.coefficient_min", args)
	}
	return pricing.Because("shipping.says.coefficient", args)
}

func (f costScale) Describe() pricing.Reason {
	return f.span("shipping.says.cost_scale", "", showMoney(f.currency))
}

func (f weightScale) Describe() pricing.Reason {
	return f.span("shipping.says.weight_scale", "shipping.says.weight_scale_upto", showMoney(f.currency))
}

func (f percentScale) Describe() pricing.Reason {
	return f.span("shipping.says.percent_scale", "", showRate)
}

// span says between which values a scale charges; upTo is the key of the sentence that also says where it
// ends, "" for none.
func (s scale) span(key, upTo string, show func(decimal.Decimal) any) pricing.Reason {
	values := make([]decimal.Decimal, 0, len(s.bands)+1)
	for _, b := range s.bands {
		values = append(values, b.value)
	}
	if s.beyond == beyondValue {
		values = append(values, s.beyondValue)
	}
	least, most := decimal.Min(values[0], values...), decimal.Max(values[0], values...)
	args := pricing.Args{"least": show(least), "most": show(most), "n": len(values)}
	if s.beyond == beyondNone && upTo != "" {
		key = upTo
		args["upto"] = s.bands[len(s.bands)-1].upTo
	}
	return pricing.Because(key, args)
}

var (
	_ Describer = included{}
	_ Describer = flat{}
	_ Describer = increments{}
	_ Describer = coefficient{}
	_ Describer = costScale{}
	_ Describer = weightScale{}
	_ Describer = percentScale{}
)
