package paypal

import (
	"testing"

	"echoppe.dev/platform/kit/money"
)

// TestWrite: PGW-10, amounts are decimal strings; JPY, HUF and TWD have no decimals, whatever ISO 4217 says.
func TestWrite(t *testing.T) {
	for _, tt := range []struct{ amount, code, want string }{
		{"12.34", "EUR", "12.34"}, {"1234.5", "EUR", "1234.50"}, {"7", "USD", "7.00"}, {"0.01", "GBP", "0.01"},
		{"1000", "JPY", "1000"}, {"1000.00", "HUF", "1000"}, {"250", "TWD", "250"},
		{"1000.50", "HUF", ""}, {"0.5", "TWD", ""}, {"0.5", "JPY", ""}, {"0.005", "EUR", ""}, {"0", "EUR", ""}, {"-1", "EUR", ""},
	} {
		got, err := write(money.Must(money.Parse(tt.amount, money.MustCurrency(tt.code))))
		if got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("%s %s: %q, %v", tt.amount, tt.code, got, err)
		}
	}
}

// TestRead: what PayPal writes is what was written, and nothing else is an amount.
func TestRead(t *testing.T) {
	for _, tt := range []struct{ value, code, want string }{
		{"12.34", "EUR", "12.34"}, {"1000", "JPY", "1000"}, {"1000", "HUF", "1000.00"}, {"1000.00", "HUF", "1000.00"}, {"250", "TWD", "250.00"}, {"1000.00", "JPY", "1000"},
		{"", "EUR", ""}, {"-1", "EUR", ""}, {"+1", "EUR", ""}, {"1e3", "EUR", ""}, {"1,00", "EUR", ""}, {" 1", "EUR", ""}, {"1.005", "EUR", ""}, {"1.5", "JPY", ""},
		{"0x10", "EUR", ""}, {"1", "EEE", ""}, {"1", "", ""}, {"1234567890123", "EUR", ""},
	} {
		got, err := read(tt.value, tt.code)
		if (err == nil) != (tt.want != "") || err == nil && got.String() != tt.want {
			t.Errorf("%s %s: %v, %v", tt.value, tt.code, got, err)
		}
	}
	for _, c := range currencies {
		if a := money.Must(money.Parse("12", c)); money.Must(readBack(a)).Cmp(a) != 0 {
			t.Errorf("%s is not read as it was written", c)
		}
	}
}

func readBack(a money.Amount) (money.Amount, error) {
	text, err := write(a)
	if err != nil {
		return money.Amount{}, err
	}
	return read(text, a.Currency().Code())
}
