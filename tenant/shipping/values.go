package shipping

import (
	"strconv"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
)

const (
	required = true
	optional = false
)

// reader takes numbers out of values and collects what is wrong with them. The
// back office checked them when they were typed; values may also come from a file
// or an old row, and a formula must not be opened on those.
type reader struct {
	form.Checker
	values   form.Values
	currency money.Currency
	prefix   string
}

// number is a number that is not negative.
func (r *reader) number(name string, must bool) decimal.Decimal {
	switch {
	case !r.values.Has(name):
		if must {
			r.Refuse(r.prefix+name, form.KeyRequired, nil)
		}
		return decimal.Decimal{}
	case !isNumber(r.values.Text(name)):
		r.Refuse(r.prefix+name, form.KeyNumber, nil)
		return decimal.Decimal{}
	}
	n := r.values.Decimal(name)
	if n.IsNegative() {
		r.Refuse(r.prefix+name, form.KeyTooSmall, fault.Args{"min": 0})
	}
	return n
}

// positive is a number above zero.
func (r *reader) positive(name string, must bool) decimal.Decimal {
	n := r.number(name, must)
	if n.IsZero() && r.values.Has(name) && !r.Failed(r.prefix+name) {
		r.Refuse(r.prefix+name, "shipping.error.zero", nil)
	}
	return n
}

func (r *reader) money(name string, must bool) money.Amount {
	return money.New(r.number(name, must), r.currency)
}

// choice is one of the given words; the first when nothing was chosen and that is
// allowed.
func (r *reader) choice(name string, must bool, choices ...string) string {
	if !r.values.Has(name) && !must {
		return choices[0]
	}
	text := r.values.Text(name)
	r.Required(r.prefix+name, text)
	r.OneOf(r.prefix+name, text, choices...)
	return text
}

// rows visits the rows of a table with a reader of their own.
func (r *reader) rows(name string, each func(row *reader)) {
	for i, row := range r.values.Rows(name) {
		own := &reader{values: row, currency: r.currency, prefix: name + "." + strconv.Itoa(i) + "."}
		each(own)
		if err := own.Err(); err != nil {
			_ = r.Add("", err) // always an error about fields: it comes from a Checker
		}
	}
}

func isNumber(text string) bool {
	_, err := money.Parse(text, money.Currency{})
	return err == nil
}
