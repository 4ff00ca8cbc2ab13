package money_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
)

func Example() {
	price := eur("12.40")
	vat := money.MustRate("20")

	line := price.MulInt(3)
	tax := vat.Within(line).Round(money.HalfUp)
	fmt.Println(line, line.Currency(), "of which VAT", tax)
	// Output:
	// 37.20 EUR of which VAT 6.20
}

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }

func TestCurrency_ISO4217Digits(t *testing.T) {
	for code, digits := range map[string]int32{"EUR": 2, "JPY": 0, "KWD": 3, "ISK": 0, "CLF": 4, "HUF": 2, "TND": 3} {
		if c := money.MustCurrency(code); c.Digits() != digits || c.Code() != code {
			t.Errorf("%s: %d digits, want %d", c, c.Digits(), digits)
		}
	}
	for _, code := range []string{"", "eur", "EURO", "ZZZ"} {
		if _, err := money.ParseCurrency(code); !errors.Is(err, money.ErrCurrency) {
			t.Errorf("%q: %v", code, err)
		}
	}
	if a, b := money.EUR, money.MustCurrency("EUR"); a != b || !a.Equal(b) {
		t.Error("one currency, two values")
	}
	for _, c := range money.Currencies() {
		switch c.Code() { // ISO 4217, list of funds codes; table A.1, codes X
		case "BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "USS", "UYI", "UYW", "VED", "XAU", "XAG", "XPD", "XPT", "XDR", "XSU", "XUA", "XBA", "XBB", "XBC", "XBD", "XTS", "XXX", "":
			t.Errorf("CUR-01 %q is offered, and nobody pays with it", c.Code())
		}
	}
	if n := len(money.Currencies()); n < 150 {
		t.Errorf("only %d currencies", n)
	}
}

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want string
		err  error
	}{
		{"12.40", "12.40", nil},
		{"12.4", "12.40", nil},
		{"12.400000000", "12.40", nil},
		{"-0.0125", "-0.0125", nil},
		{"007", "7.00", nil},
		{"999999999999999.9999", "999999999999999.9999", nil},
		{"1.23456", "", money.ErrPrecision},
		{"1000000000000000", "", money.ErrRange},
		{"", "", money.ErrSyntax},
		{"-", "", money.ErrSyntax},
		{"--1", "", money.ErrSyntax},
		{".5", "", money.ErrSyntax},
		{"5.", "", money.ErrSyntax},
		{"1,5", "", money.ErrSyntax},
		{"+1", "", money.ErrSyntax},
		{"1e9", "", money.ErrSyntax},
		{"1E1000000000", "", money.ErrSyntax},
		{"Inf", "", money.ErrSyntax},
		{" 1", "", money.ErrSyntax},
		{"٣", "", money.ErrSyntax},
		{"1_000", "", money.ErrSyntax},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got, err := money.Parse(tt.text, money.EUR)
			if !errors.Is(err, tt.err) || err == nil && got.String() != tt.want {
				t.Errorf("got %s, %v; want %s, %v", got, err, tt.want, tt.err)
			}
			if tt.err != nil && !fault.Is(err, fault.Malformed) {
				t.Errorf("kind %s", fault.KindOf(err))
			}
		})
	}
}

func TestAmount_TextIsCanonical(t *testing.T) {
	tests := []struct {
		n    string
		cur  money.Currency
		want string
	}{
		{"12.4000", money.EUR, "12.40"},
		{"12.4050", money.EUR, "12.405"},
		{"0", money.EUR, "0.00"},
		{"-0.5", money.EUR, "-0.50"},
		{"1500.000", money.JPY, "1500"},
		{"1500.50", money.JPY, "1500.5"},
		{"1.5", money.KWD, "1.500"},
		{"100", money.Currency{}, "100"},
		{"1e3", money.EUR, "1000.00"},
	}
	for _, tt := range tests {
		a := money.New(dec(tt.n), tt.cur)
		if got := a.String(); got != tt.want {
			t.Errorf("%s %s: got %s, want %s", tt.n, tt.cur, got, tt.want)
		}
	}
}

func TestRound(t *testing.T) {
	tests := []struct {
		in                         string
		halfUp, halfEven, up, down string
	}{
		{"1.005", "1.01", "1.00", "1.01", "1.00"},
		{"1.015", "1.02", "1.02", "1.02", "1.01"},
		{"1.0049", "1.00", "1.00", "1.01", "1.00"},
		{"1.0051", "1.01", "1.01", "1.01", "1.00"},
		{"1.00", "1.00", "1.00", "1.00", "1.00"},
		{"-1.005", "-1.01", "-1.00", "-1.01", "-1.00"},
		{"-1.001", "-1.00", "-1.00", "-1.01", "-1.00"},
		{"0.001", "0.00", "0.00", "0.01", "0.00"},
	}
	for _, tt := range tests {
		want := map[money.Mode]string{
			money.HalfUp: tt.halfUp, money.HalfEven: tt.halfEven, money.Up: tt.up, money.Down: tt.down,
		}
		for mode, want := range want {
			if got := eur(tt.in).Round(mode).String(); got != want {
				t.Errorf("%s %s: got %s, want %s", tt.in, mode, got, want)
			}
		}
	}
	if got := money.New(dec("99.5"), money.JPY).Round(money.HalfUp).String(); got != "100" {
		t.Errorf("yen: %s", got)
	}
	if got := eur("12.34").RoundTo(-1, money.HalfUp); !got.Equal(eur("10")) {
		t.Errorf("to tens: %s", got)
	}
}

func TestMinor(t *testing.T) {
	for _, tt := range []struct {
		n    string
		cur  money.Currency
		want int64
	}{
		{"12.40", money.EUR, 1240}, {"-0.01", money.EUR, -1}, {"1500", money.JPY, 1500}, {"1.234", money.KWD, 1234},
		{"12.4000", money.EUR, 1240},
	} {
		a := money.New(dec(tt.n), tt.cur)
		got, err := a.Minor()
		if err != nil || got != tt.want {
			t.Errorf("%s %s: %d, %v", tt.n, tt.cur, got, err)
		}
		if back := money.FromMinor(got, tt.cur); !back.Equal(a) {
			t.Errorf("%s %s comes back as %s", tt.n, tt.cur, back)
		}
	}
	for _, bad := range []money.Amount{eur("0.005"), money.New(dec("1e30"), money.EUR), money.New(dec("0.5"), money.JPY)} {
		if got, err := bad.Minor(); !errors.Is(err, money.ErrInexact) {
			t.Errorf("%s: %d, %v", bad, got, err)
		}
	}
}

func TestArithmetic_MixedCurrenciesPanic(t *testing.T) {
	one, dollar := eur("1"), money.FromMinor(100, money.USD)
	for name, mixed := range map[string]func(){
		"add":           func() { one.Add(dollar) },
		"sub":           func() { one.Sub(dollar) },
		"cmp":           func() { one.Cmp(dollar) },
		"uninitialised": func() { (money.Amount{}).Add(one) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if _, ok := recover().(*money.MismatchError); !ok {
					t.Error("no *MismatchError")
				}
			}()
			mixed()
		})
	}
	if one.Equal(dollar) {
		t.Error("a euro equals a dollar")
	}
	var mismatch *money.MismatchError
	if _, err := money.Sum(money.EUR, one, dollar); !errors.As(err, &mismatch) {
		t.Errorf("Sum: %v", err)
	}
	if got, err := money.Sum(money.EUR, one, one); err != nil || !got.Equal(eur("2")) {
		t.Errorf("Sum: %s, %v", got, err)
	}
	if got, err := money.Sum(money.EUR); err != nil || !got.Equal(money.Zero(money.EUR)) {
		t.Errorf("Sum of nothing: %s, %v", got, err)
	}
}

func TestAmount_JSONAndText(t *testing.T) {
	for _, a := range []money.Amount{eur("12.40"), eur("-0.0125"), money.FromMinor(1500, money.JPY), {}, eur("10").Div(dec("3"))} {
		b, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		var got money.Amount
		if err := json.Unmarshal(b, &got); err != nil || !got.Equal(a) {
			t.Errorf("%s comes back as %s %s, %v", b, got, got.Currency(), err)
		}
		text, _ := a.MarshalText()
		if err := got.UnmarshalText(text); err != nil || !got.Equal(a) {
			t.Errorf("%s comes back as %s, %v", text, got, err)
		}
	}
	if b, _ := json.Marshal(eur("12.4")); string(b) != `{"amount":"12.40","currency":"EUR"}` {
		t.Errorf("got %s", b)
	}
	for _, bad := range []string{`{"amount":"1e9","currency":"EUR"}`, `{"amount":"1","currency":"XYZ"}`, `{"amount":1}`, `"1"`, `{}`} {
		var a money.Amount
		if err := json.Unmarshal([]byte(bad), &a); err == nil {
			t.Errorf("read %s as %s", bad, a)
		}
	}
}

func TestRate(t *testing.T) {
	vat := money.MustRate("5.5")
	if got := vat.Of(eur("100")).String(); got != "5.50" {
		t.Errorf("of 100: %s", got)
	}
	if got := vat.Within(eur("105.50")).Round(money.HalfUp).String(); got != "5.50" {
		t.Errorf("within 105.50: %s", got)
	}
	if got := vat.AddTo(eur("100")).String(); got != "105.50" {
		t.Errorf("on top of 100: %s", got)
	}
	if b, err := json.Marshal(map[string]money.Rate{"vat": money.MustRate("20.00")}); string(b) != `{"vat":"20"}` {
		t.Errorf("%s, %v", b, err)
	}
	for _, bad := range []string{"", "20%", "1.23456", "x"} {
		if _, err := money.ParseRate(bad); !errors.Is(err, money.ErrRate) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
