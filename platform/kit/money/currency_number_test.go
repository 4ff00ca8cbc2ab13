package money_test

import (
	"errors"
	"testing"

	"echoppe.dev/platform/kit/money"
)

func TestCurrency_number(t *testing.T) {
	for code, number := range map[string]string{"EUR": "978", "USD": "840", "JPY": "392", "KWD": "414", "AUD": "036"} {
		c := money.MustCurrency(code)
		if back, err := money.ParseNumber(number); c.Number() != number || err != nil || back != c {
			t.Errorf("%s: %q, and back %s, %v", code, c.Number(), back, err)
		}
	}
	for _, bad := range []string{"", "000", "36", "EUR"} {
		if c, err := money.ParseNumber(bad); !errors.Is(err, money.ErrCurrency) {
			t.Errorf("%q is %s, %v", bad, c, err)
		}
	}
	if n := (money.Currency{}).Number(); n != "" {
		t.Errorf("no currency has the number %q", n)
	}
}
