package pricefile_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricefile"
	"echoppe.dev/tenant/pricing"
)

// law is something that holds for every cart with its price. It says what is wrong, "" for nothing.
type law struct {
	name  string
	broke func(f *pricefile.File, a *pricefile.Answer) string
}

// laws are those of one price.
var laws = []law{
	{"ORD-07 the displayed rows sum to what is to pay", rowsAdd},
	{"CUR-03 what is shown is nothing where it is nothing, what the shelf said for whole pieces, and what is charged", shownRight},
	{"ORD-07 both sides of every amount and all taxes add up", sidesAdd},
	{"nothing is negative but what is taken off", nothingNegative},
	{"DSC-07 blocked lines are untouched", blockedUntouched},
	{"DSC-03 every code is answered once", codesAnswered},
	{"pricing again is identical", againIdentical},
	{"the order of lines, rules and codes means nothing", orderMeansNothing},
}

func rowsAdd(_ *pricefile.File, a *pricefile.Answer) string {
	sum, shown, i := money.Zero(a.Currency), money.Zero(a.Shown.Currency), 0
	for _, r := range a.Rows {
		if !r.Included {
			sum, shown = sum.Add(r.Amount), shown.Add(a.Shown.Rows[i])
			i++
		}
	}
	if !sum.Equal(a.Totals.ToPay) || !shown.Equal(a.Shown.ToPay) || !a.Charged.Management.Amount.Equal(a.Totals.ToPay) {
		return fmt.Sprintf("rows sum to %s, shown to %s of %s, charged %s", sum, shown, a.Shown.ToPay, a.Charged.Management.Amount)
	}
	return ""
}

// shownRight compares what the buyer sees in his currency with what the shop reckons in its own.
func shownRight(f *pricefile.File, a *pricefile.Answer) string {
	switch shown := a.Shown.ToPay; {
	case shown.IsNegative():
		return "shown " + shown.String()
	case a.Totals.ToPay.IsZero() && !shown.IsZero():
		return "nothing is to be paid and " + shown.String() + " is shown"
	case a.Charged.Settlement.Amount.Currency() == a.Shown.Currency && !a.Charged.Settlement.Amount.Equal(shown):
		return "charged " + a.Charged.Settlement.Amount.String() + " of " + shown.String() + " shown"
	}
	if a.Shown.Currency == a.Currency {
		return ""
	}
	display := *f.Currencies.Display
	rates, err := currency.NewRates(a.Currency, f.Currencies.Rates...)
	if err != nil {
		return err.Error()
	}
	for i, row := range slices.DeleteFunc(slices.Clone(a.Rows), func(r pricing.Row) bool { return r.Included }) {
		if row.Kind != pricing.Goods || row.Amount.IsZero() {
			continue
		}
		l := a.Lines[slices.IndexFunc(a.Lines, func(l pricing.PricedLine) bool { return l.ID == row.Line })]
		each, err := display.Price(rates, l.Unit.In(a.View.Side(pricing.Goods)))
		if err != nil {
			return err.Error()
		}
		if whole := each.Amount.MulInt(l.Qty).Round(money.HalfUp); !whole.Equal(a.Shown.Rows[i]) {
			return fmt.Sprintf("%d pieces at %s are shown as %s", l.Qty, each.Amount, a.Shown.Rows[i])
		}
	}
	return ""
}

func sidesAdd(_ *pricefile.File, a *pricefile.Answer) string {
	all, taxes := pricing.NoFigures(a.Currency), money.Zero(a.Currency)
	for i := range a.Adjustments {
		x := &a.Adjustments[i]
		if !x.Net.Add(x.Figures.Tax).Equal(x.Gross) || !x.Price.Amount.Equal(x.Price.Amount.Round(money.Down)) {
			return fmt.Sprintf("adjustment %+v", x)
		}
		if x.Kind == pricing.Tax {
			taxes = taxes.Add(x.Price.Amount)
			continue
		}
		all = all.Add(x.Figures)
	}
	byRate := money.Zero(a.Currency)
	for _, row := range a.Totals.TaxByRate {
		byRate = byRate.Add(row.Tax)
	}
	t := &a.Totals
	kinds := t.Goods.Add(t.Discounts).Add(t.Shipping).Add(t.ShippingDiscounts).Add(t.Insurance).Add(t.Fee)
	if !all.Net.Equal(t.Net) || !all.Gross.Equal(t.ToPay) || !taxes.Equal(t.Tax) || !byRate.Equal(t.Tax) || !kinds.Gross.Equal(t.Gross) {
		return fmt.Sprintf("sums %+v, taxes %s, by rate %s, kinds %+v, totals %+v", all, taxes, byRate, kinds, t)
	}
	return ""
}

func nothingNegative(_ *pricefile.File, a *pricefile.Answer) string {
	below := func(f pricing.Figures) bool { return f.Net.IsNegative() || f.Tax.IsNegative() || f.Gross.IsNegative() }
	for i := range a.Lines {
		l := &a.Lines[i]
		if below(l.Total) || below(l.Goods) || l.Discount.Net.IsPositive() || l.Discount.Gross.IsPositive() {
			return fmt.Sprintf("line %+v", l)
		}
		if sum := l.Goods.Add(l.Discount); !sum.Gross.Equal(l.Total.Gross) || !sum.Net.Equal(l.Total.Net) {
			return fmt.Sprintf("line does not add up: %+v", l)
		}
	}
	t := &a.Totals
	if below(t.Shipping) || below(t.Shipping.Add(t.ShippingDiscounts)) || below(t.Insurance) || below(t.Fee) || t.ToPay.IsNegative() {
		return fmt.Sprintf("totals %+v", t)
	}
	return ""
}

func blockedUntouched(f *pricefile.File, a *pricefile.Answer) string {
	blocked := map[string]bool{}
	for _, l := range f.Basket.Lines {
		blocked[l.ID] = l.Blocked
	}
	for i := range a.Adjustments {
		if x := &a.Adjustments[i]; blocked[x.Line] && strings.HasPrefix(x.Source, discount.SourcePrefix) {
			return fmt.Sprintf("adjustment %+v", x)
		}
	}
	return ""
}

func codesAnswered(f *pricefile.File, a *pricefile.Answer) string {
	answered := map[string]int{}
	for _, r := range discount.Redemptions(&a.Priced) {
		if r.Code != "" {
			answered[r.Code]++
		}
	}
	for _, r := range a.Refusals {
		if code, ok := strings.CutPrefix(r.Source, discount.CodePrefix); ok {
			answered[code]++
		}
	}
	for _, e := range a.Trace {
		if code, ok := e.Reason.Args["code"].(string); ok && e.Reason.Key == "discount.waiting" {
			answered[code]++
		}
	}
	for _, text := range f.Basket.Codes {
		if n := answered[discount.Code(text)]; n != 1 {
			return fmt.Sprintf("%q is answered %d times", text, n)
		}
	}
	return ""
}

func againIdentical(f *pricefile.File, a *pricefile.Answer) string {
	again, err := f.Price()
	if err != nil || !reflect.DeepEqual(a, again) {
		return fmt.Sprintf("it becomes %s (%v)\n%s", again.Totals.ToPay, err, again.Trace)
	}
	return ""
}

// orderMeansNothing compares all but the order in which lines, rows and answers to codes are listed.
func orderMeansNothing(f *pricefile.File, a *pricefile.Answer) string {
	other := *f
	r := rand.New(rand.NewPCG(uint64(len(a.Trace)), 1))
	other.Basket.Lines = shuffled(r, f.Basket.Lines)
	other.Basket.Codes = shuffled(r, f.Basket.Codes)
	other.Rules.Discount.Rules = shuffled(r, f.Rules.Discount.Rules)
	b, err := other.Price()
	if err != nil {
		return err.Error()
	}
	if reflect.DeepEqual(sorted(a), sorted(b)) {
		return ""
	}
	return fmt.Sprintf("%s becomes %s\n%s", a.Totals.ToPay, b.Totals.ToPay, b.Trace)
}

func shuffled[T any](r *rand.Rand, list []T) []T {
	list = slices.Clone(list)
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// sorted is a price with its lists in an order of their own. The trace tells the answers to codes as
// they were typed, and everything else in the order of the calculation.
func sorted(a *pricefile.Answer) *pricing.Priced {
	p := a.Priced
	p.Lines, p.Refusals, p.Trace = slices.Clone(p.Lines), slices.Clone(p.Refusals), slices.Clone(p.Trace)
	slices.SortFunc(p.Lines, func(x, y pricing.PricedLine) int { return strings.Compare(x.ID, y.ID) })
	slices.SortFunc(p.Refusals, func(x, y pricing.Refusal) int {
		return cmp.Or(strings.Compare(x.Source, y.Source), strings.Compare(x.Reason.Key, y.Reason.Key))
	})
	p.Trace = slices.DeleteFunc(p.Trace, func(e pricing.Entry) bool {
		_, coded := e.Reason.Args["code"]
		return coded && e.Before == nil
	})
	return &p
}

// cent is the least that makes a price dearer.
func cent(c money.Currency) money.Amount { return money.FromMinor(1, c) }

// dearer is the cart with a cent more on the unit price of one line.
func dearer(f *pricefile.File, line int) *pricefile.File {
	other := *f
	other.Basket.Lines = slices.Clone(f.Basket.Lines)
	unit := &other.Basket.Lines[line].Unit
	unit.Amount = unit.Amount.Add(cent(f.Basket.Currency))
	return &other
}
