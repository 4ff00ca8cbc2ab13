package orders

import (
	"maps"
	"testing"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// TestAnswered: PGW-30, a line that asks the bank for something is known by what the bank said to just that.
func TestAnswered(t *testing.T) {
	ten, five := money.Must(money.Parse("10.00", money.EUR)), money.Must(money.Parse("5.00", money.EUR))
	line := func(v payment.Verdict, a money.Amount) payment.Entry {
		return payment.Entry{Event: payment.Refunded, Amount: a, Verdict: v}
	}
	for name, tt := range map[string]struct {
		ledger []payment.Entry
		want   map[int]payment.Verdict
	}{
		"nothing asked": {[]payment.Entry{line(payment.Applied, ten)}, map[int]payment.Verdict{}},
		"no answer":     {[]payment.Entry{line(payment.Asked, ten), line(payment.Applied, five)}, map[int]payment.Verdict{0: ""}},
		"done":          {[]payment.Entry{line(payment.Asked, ten), line(payment.Applied, ten)}, map[int]payment.Verdict{0: payment.Applied}},
		"denied":        {[]payment.Entry{line(payment.Asked, ten), line(payment.Denied, ten)}, map[int]payment.Verdict{0: payment.Denied}},
		"denied, done":  {[]payment.Entry{line(payment.Asked, ten), line(payment.Denied, ten), line(payment.Asked, ten), line(payment.Applied, ten)}, map[int]payment.Verdict{0: payment.Denied, 2: payment.Applied}},
		"noted only":    {[]payment.Entry{line(payment.Asked, ten), line(payment.Refused, ten)}, map[int]payment.Verdict{0: ""}},
		"two of a kind": {[]payment.Entry{line(payment.Asked, ten), line(payment.Asked, five), line(payment.Denied, ten)}, map[int]payment.Verdict{0: payment.Denied, 1: ""}},
	} {
		if got := answered(tt.ledger); !maps.Equal(got, tt.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}
