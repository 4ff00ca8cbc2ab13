package shipping

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

// ByValue marks a calculator the bounds of whose rows are amounts of money.
type ByValue interface{ ByValue() }

// ByValue marks it.
func (CostScale) ByValue() {}

// ByValue marks it.
func (PercentScale) ByValue() {}

// Convert is a mode with its fees, thresholds and bounds put into another currency by sum (CUR-01), written with the
// digits of that currency.
// Errors: ErrUnknownCalculator; nobody knows which of its values are amounts then.
func (c Calculators) Convert(m Mode, to money.Currency, sum func(decimal.Decimal) decimal.Decimal) (Mode, error) {
	calc, err := c.Find(m.Calculator)
	if err != nil {
		return m, err
	}
	_, bounds := calc.(ByValue)
	m.Values = converted(calc.Config().Fields, m.Values, bounds, func(n decimal.Decimal) string { return written(sum(n), to) })
	if m.Fallback != nil {
		n := sum(*m.Fallback)
		m.Fallback = &n
	}
	return m, nil
}

// bound is the field of a row that says up to where it holds.
const bound = "up_to"

func converted(fields []form.Field, v form.Values, bounds bool, sum func(decimal.Decimal) string) form.Values {
	out := form.Values{}
	for name, value := range v {
		out[name] = value
	}
	for _, f := range fields {
		switch {
		case f.Kind == form.Rows:
			rows := v.Rows(f.Name)
			for i := range rows {
				rows[i] = converted(f.Columns, rows[i], bounds, sum)
			}
			if len(rows) > 0 {
				out[f.Name] = form.RowsValue(rows...)
			}
		case v.Has(f.Name) && isNumber(v.Text(f.Name)) && (f.Kind == form.Money || f.Name == bound && bounds):
			out[f.Name] = form.TextValue(sum(v.Decimal(f.Name)))
		}
	}
	return out
}

// written is an amount with the digits of its currency, or with more where it has them.
func written(n decimal.Decimal, c money.Currency) string {
	if n.Equal(n.Round(c.Digits())) {
		return n.StringFixed(c.Digits())
	}
	return n.String()
}

// Rewrite stores a mode as it was converted, in a unit of work that changes the shop's currency: unlike SaveIn
// it asks the settings of nothing. Errors: ErrStale.
func Rewrite(tx tenant.Tx, who tenant.Actor, m Stored) error {
	key, err := id.Parse[Mode](m.ID)
	if err != nil {
		return err
	}
	before, err := FindMode(tx, key)
	if err != nil {
		return err
	}
	if same, err := alike(before, m); err != nil || same {
		return err // it has no amounts: whoever edits it is not disturbed
	}
	if err := write(tx, m); err != nil {
		return fmt.Errorf("convert delivery %s: %w", m.ID, err)
	}
	tx.Touch()
	return tx.Record(who, "shipping_mode.converted", "shipping_mode/"+m.ID, before, m)
}

// alike compares modes as they are stored.
func alike(a, b Stored) (bool, error) {
	one, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	other, err := json.Marshal(b)
	return bytes.Equal(one, other), err
}

var (
	_ ByValue = CostScale{}
	_ ByValue = PercentScale{}
)
