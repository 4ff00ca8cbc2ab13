package pricefiletest

import (
	"strconv"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

var calculators = shipping.Builtin()

// mode is one of the seven ways to send.
func (d *dice) mode() shipping.Mode {
	m := shipping.Mode{ID: "mode-0", Calculator: pick(d, calculators).Key(), IncludesTax: d.includesTax()}
	byWeight := d.alike && d.withTax
	if byWeight && (m.Calculator == shipping.CostScale{}.Key() || m.Calculator == shipping.PercentScale{}.Key()) {
		m.Calculator = shipping.WeightScale{}.Key()
	}
	m.Values = d.values(m.Calculator)
	if d.one(3) {
		m.MaxParcel = decimal.NewFromInt(5 + d.Int64N(60))
	}
	if !byWeight && d.one(3) {
		m.Insurance = shipping.Insurance{Rate: d.lowRate(), Compulsory: d.one(2)}
	}
	if d.one(5) {
		m.Class = tax.Standard
	}
	if d.one(6) {
		m.Zones = []shipping.Zone{{Country: "FR", Except: []string{"97*"}}, {Country: "EU"}}
	}
	return m
}

func (d *dice) values(calculator string) form.Values {
	v := form.Values{}
	set := func(name, text string) { v[name] = form.TextValue(text) }
	switch calculator {
	case shipping.Flat{}.Key():
		set("fee", d.fee())
		if !d.steady && d.one(2) {
			set("free_from", d.fee())
		}
	case shipping.Increments{}.Key():
		set("first_fee", d.fee())
		set("next_fee", d.fee())
		if d.one(3) {
			set("scope", "line")
			break
		}
		set("first_unit", d.number(30, 1).String())
		set("next_unit", strconv.Itoa(1+d.IntN(5)))
	case shipping.Coefficient{}.Key():
		set("per_unit", d.fee())
		if d.one(2) {
			set("round_up_to", "0.3")
		}
		if d.one(2) {
			set("min", "2")
			set("max", "600")
		}
	case shipping.CostScale{}.Key():
		d.scale(set, v, true)
	case shipping.PercentScale{}.Key():
		d.scale(set, v, true)
		if d.one(2) {
			set("marginal", "true")
		}
	case shipping.WeightScale{}.Key():
		d.scale(set, v, false)
	}
	return v
}

// fee is what a merchant types, in whole units so that it fits every currency.
func (d *dice) fee() string { return strconv.Itoa(d.IntN(20)) }

// scale draws a table of two rows and its end. By value, a steady one rises and has no end.
func (d *dice) scale(set func(name, text string), v form.Values, byValue bool) {
	const most = 20
	bound := 1 + d.IntN(200)
	values := []int{d.IntN(most), d.IntN(most), d.IntN(most)}
	if d.steady && byValue {
		values[1], values[2] = values[0]+values[1], values[0]+values[1]+values[2]
	}
	text := func(n int) form.Value { return form.TextValue(strconv.Itoa(n)) }
	v["rows"] = form.RowsValue(
		form.Values{"up_to": text(bound), "value": text(values[0])}, form.Values{"up_to": text(2 * bound), "value": text(values[1])},
	)
	ends := []string{"value", "none"}
	if !byValue {
		ends = []string{"value", "none", "extra"}
	} else if d.steady {
		ends = ends[:1]
	}
	end := pick(d, ends)
	set("beyond", end)
	switch end {
	case "extra":
		set("beyond_unit", "2")
		set("beyond_value", strconv.Itoa(values[2]))
	case "value":
		set("beyond_value", strconv.Itoa(values[2]))
	}
}
