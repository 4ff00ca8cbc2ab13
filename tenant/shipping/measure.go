package shipping

import (
	"maps"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/pricing"
)

// kilogram is what a mode counts in that has no measure of its own.
const kilogram = "kg"

// weights are the arguments of reasons that are weights where they are plain numbers. Formulas do not know what
// their mode counts in.
var weights = []string{"x", "up_to", "upto", "unit", "weight"}

// inUnit is a weight with what the mode counts in.
func (t *Tariff) inUnit(n decimal.Decimal) i18n.Measure {
	if t.Measure == "" {
		return i18n.Measure{Number: n, Unit: kilogram}
	}
	return i18n.Measure{Number: n, Unit: t.Measure}
}

// measured is a reason of the formula with the unit behind its weights.
func (t *Tariff) measured(r pricing.Reason) pricing.Reason {
	r.Args = t.measuredArgs(r.Args)
	return r
}

// measuredError does the same for a refusal of the formula.
func (t *Tariff) measuredError(err error) error {
	if fault.KeyOf(err) != ErrNotAvailable.Key() {
		return err
	}
	return ErrNotAvailable.With(fault.Args(t.measuredArgs(pricing.Args(fault.ArgsOf(err)))))
}

func (t *Tariff) measuredArgs(args pricing.Args) pricing.Args {
	args = maps.Clone(args)
	for _, name := range weights {
		if n, ok := args[name].(decimal.Decimal); ok {
			args[name] = t.inUnit(n)
		}
	}
	return args
}
