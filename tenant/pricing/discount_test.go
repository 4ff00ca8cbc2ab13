package pricing_test

import (
	"testing"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

var because = pricing.Because("test.rule", nil)

func percentOff(rate string) rule {
	return func(s *pricing.Sheet) {
		s.DiscountRate(s.Lines(func(l *pricing.Line) bool { return !l.Blocked }), money.MustRate(rate), "test", because)
	}
}

func amountOff(off pricing.Price) rule {
	return func(s *pricing.Sheet) { s.DiscountAmount(s.Lines(nil), off, "test", because) }
}

func TestSheet_Discount(t *testing.T) {
	reduced := func(l pricing.Line) pricing.Line { l.Class = tax.Reduced; return l }
	blocked := func(l pricing.Line) pricing.Line { l.Blocked = true; return l }
	for _, tt := range []struct {
		name     string
		lines    []pricing.Line
		off      rule
		discount string // on the side the lines were entered
		toPay    string
	}{
		{"DSC-01 tier on the total", []pricing.Line{line("A", 1, net(eur("150.00")))}, percentOff("5"), "-7.50", "171.00"},
		{"DSC-01 spread, nothing lost", []pricing.Line{
			line("A", 1, net(eur("33.33"))), line("B", 1, net(eur("33.33"))), line("C", 1, net(eur("33.34"))),
		}, amountOff(net(eur("10.00"))), "-10.00", "108.00"},
		{"DSC-02 on quantity", []pricing.Line{line("A", 10, net(eur("12.90")))}, percentOff("5"), "-6.45", "147.06"},
		{"DSC-07 a blocked article gets none", []pricing.Line{
			line("A", 1, net(eur("100.00"))), blocked(line("B", 1, net(eur("100.00")))),
		}, percentOff("10"), "-10.00", "228.00"},
		{"tax follows the discounted lines", []pricing.Line{
			line("A", 1, net(eur("100.00"))), reduced(line("B", 1, net(eur("100.00")))),
		}, amountOff(net(eur("20.00"))), "-20.00", "202.95"},
		{"never below zero", []pricing.Line{line("A", 1, net(eur("6.00")))}, amountOff(net(eur("10.00"))), "-6.00", "0.00"},
		{"never more than all", []pricing.Line{line("A", 3, gross(eur("0.99")))}, percentOff("250"), "-2.97", "0.00"},
		{"never adds", []pricing.Line{line("A", 1, net(eur("6.00")))}, percentOff("-10"), "0.00", "7.20"},
		{"gross off a gross price", []pricing.Line{line("A", 1, gross(eur("60.00")))}, amountOff(gross(eur("10.00"))), "-10.00", "50.00"},
		{"gross off a net price", []pricing.Line{line("A", 1, net(eur("50.00")))}, amountOff(gross(eur("12.00"))), "-10.00", "48.00"},
		{"all of it, from the other side", []pricing.Line{line("A", 7, net(eur("0.07")))}, amountOff(gross(eur("100.00"))), "-0.49", "0.00"},
		{"two discounts stack", []pricing.Line{line("A", 1, gross(eur("100.00")))}, func(s *pricing.Sheet) {
			percentOff("10")(s)
			percentOff("10")(s)
		}, "-19.00", "81.00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := price(t, basket("FR", tt.lines...), french(t), tt.off)
			side := pricing.Net
			if tt.lines[0].Unit.IncludesTax {
				side = pricing.Gross
			}
			want(t, "discounts", p.Totals.Discounts.In(side), tt.discount)
			want(t, "to pay", p.Totals.ToPay, tt.toPay)
			for _, l := range p.Lines {
				if l.Total.Net.IsNegative() || l.Total.Gross.IsNegative() {
					t.Errorf("line %s is %v", l.ID, l.Total)
				}
			}
		})
	}
}

func TestSheet_DiscountShipping(t *testing.T) {
	for _, tt := range []struct {
		name  string
		off   rule
		toPay string
	}{
		{"DSC-03 free shipping", func(s *pricing.Sheet) {
			s.DiscountShippingRate(money.MustRate("100"), "coupon", because)
		}, "84.46"}, // 50.00 + 22.00 + 1.08 insurance and their tax
		{"an amount, not below zero", func(s *pricing.Sheet) {
			s.DiscountShippingAmount(net(eur("99.00")), "coupon", because)
		}, "84.46"},
		{"half", func(s *pricing.Sheet) {
			s.DiscountShippingRate(money.MustRate("50"), "coupon", because)
		}, "90.78"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := price(t, worked(), french(t), shipping.Delivery{Tariffs: []*shipping.Tariff{post(t)}}, tt.off)
			want(t, "to pay", p.Totals.ToPay, tt.toPay)
			want(t, "shipping", p.Totals.Shipping.Net, "10.95")
		})
	}
}
