package stripe

import (
	"errors"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// TestCount: PGN-02, sums as Stripe counts them, and back.
func TestCount(t *testing.T) {
	for _, tt := range []struct {
		amount, currency string
		count            int64 // 0: it cannot be carried
	}{
		{"1234.50", "EUR", 123450}, {"0.01", "USD", 1}, {"0.001", "EUR", 0}, {"0", "EUR", 0}, {"-1", "EUR", 0},
		{"500", "JPY", 500}, {"500.5", "JPY", 0}, {"1000", "XOF", 1000}, {"1000", "XPF", 1000},
		{"5.120", "KWD", 5120}, {"5.123", "KWD", 0}, {"1.010", "TND", 1010},
		{"500", "ISK", 50000}, {"500.50", "ISK", 0}, {"7", "UGX", 700},
		{"1500.00", "HUF", 150000}, {"1", "IRR", 0},
	} {
		a, err := money.Parse(tt.amount, money.MustCurrency(tt.currency))
		if err != nil {
			t.Fatal(err)
		}
		n, err := count(a)
		if n != tt.count || (tt.count == 0) != errors.Is(err, payment.ErrUnfit) {
			t.Errorf("%s %s: %d, %v, want %d", tt.amount, tt.currency, n, err, tt.count)
		}
		if tt.count == 0 {
			continue
		}
		if back, err := amountOf(n, strings.ToLower(tt.currency)); err != nil || !back.Equal(a) {
			t.Errorf("%d back: %s, %v", n, back, err)
		}
	}
	for _, tt := range []struct {
		count    int64
		currency string
	}{{-1, "eur"}, {1, "irr"}, {1, "xau"}, {1, ""}, {1, "euro"}} {
		if a, err := amountOf(tt.count, tt.currency); !errors.Is(err, payment.ErrGarbled) {
			t.Errorf("%d %q: %s, %v", tt.count, tt.currency, a, err)
		}
	}
	if len(currencies) < 100 || len(currencies) != len(units) {
		t.Errorf("%d currencies, %d units", len(currencies), len(units))
	}
}
