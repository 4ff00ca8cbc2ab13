package i18n_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/bojanz/currency"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
)

func ExampleFormatMoney() {
	price := money.FromMinor(-123450, money.EUR)
	for _, l := range i18n.Shipped {
		fmt.Printf("%s %+q\n", l, i18n.FormatMoney(l, price))
	}
	// Output:
	// fr "\u22121\u202f234,50\u00a0\u20ac"
	// en "\u2212\u20ac1,234.50"
	// es "\u22121234,50\u00a0\u20ac"
	// de "\u22121.234,50\u00a0\u20ac"
}

// Our writing of numbers must be that of the CLDR formatter it has learned from, but for the hyphen that most languages
// have there for a minus.
func TestFormatMoney_AgreesWithCLDR(t *testing.T) {
	locales := []i18n.Locale{"fr", "en", "es", "de", "fr-CH", "de-AT", "en-US", "en-IN", "es-MX", "pl", "sv", "ja", "ar-EG", "hi", "he", "pt"}
	formatters := map[i18n.Locale]*currency.Formatter{}
	for _, l := range locales {
		formatters[l] = currency.NewFormatter(currency.NewLocale(string(l)))
	}
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(locales).Draw(t, "locale")
		cur := rapid.SampledFrom([]money.Currency{money.EUR, money.USD, money.JPY, money.KWD, money.CHF, money.CZK}).Draw(t, "currency")
		a := money.New(decimal.New(rapid.Int64Range(-1e13, 1e13).Draw(t, "n"), rapid.Int32Range(-4, 0).Draw(t, "exponent")), cur)
		cldr, err := currency.NewAmount(a.String(), cur.Code())
		if err != nil {
			t.Fatal(err)
		}
		want := strings.ReplaceAll(formatters[l].Format(cldr), "-", "\u2212")
		if got := i18n.FormatMoney(l, a); got != want {
			t.Fatalf("%s %s: got %q, want %q", l, a, got, want)
		}
	})
}

func TestFormatMoney_OddCases(t *testing.T) {
	for _, tt := range []struct {
		l    i18n.Locale
		n    string
		cur  money.Currency
		want string
	}{
		{"fr", "0.0125", money.EUR, "0,0125\u00a0€"},
		{"fr", "0.00005", money.EUR, "0,0001\u00a0€"},
		{"fr", "12", money.Currency{}, "12"},
		{"de", "1500", money.JPY, "1.500\u00a0¥"},
		{"zz", "12.4", money.EUR, "€12.40"},
		{"no such tag", "12.4", money.EUR, "€12.40"},
	} {
		a := money.New(decimal.RequireFromString(tt.n), tt.cur)
		if got := i18n.FormatMoney(tt.l, a); got != tt.want {
			t.Errorf("%s %s: got %q, want %q", tt.l, a, got, tt.want)
		}
	}
}

func TestFormatNumber(t *testing.T) {
	n := decimal.RequireFromString("-1234567.500")
	for l, want := range map[i18n.Locale]string{
		"fr": "\u22121\u202f234\u202f567,5", "en": "\u22121,234,567.5", "es": "\u22121.234.567,5", "de": "\u22121.234.567,5",
		"en-IN": "\u221212,34,567.5", "sv": "\u22121\u00a0234\u00a0567,5",
	} {
		if got := i18n.FormatNumber(l, n); got != want {
			t.Errorf("%s: got %q, want %q", l, got, want)
		}
	}
	percent := decimal.RequireFromString("5.50")
	for l, want := range map[i18n.Locale]string{"fr": "5,5\u202f%", "en": "5.5%", "de": "5,5\u00a0%", "es": "5,5\u00a0%"} {
		if got := i18n.FormatPercent(l, percent); got != want {
			t.Errorf("%s: got %q, want %q", l, got, want)
		}
	}
}

func TestParseDecimal(t *testing.T) {
	tests := []struct {
		l        i18n.Locale
		in, want string
	}{
		{"fr", "12,50", "12.5"}, {"fr", "12.50", "12.5"}, {"fr", "1 234,50", "1234.5"}, {"fr", "1\u202f234,50", "1234.5"},
		{"fr", "1.234", "1.234"}, {"fr", "1.234,5", "1234.5"}, {"fr", "-3", "-3"}, {"fr", "\u22123", "-3"},
		{"de", "1.234", "1234"}, {"de", "1.234.567", "1234567"}, {"de", "12.50", "12.5"}, {"de", "0.125", "0.125"}, {"de", "1234.567", "1234.567"},
		{"en", "1,234", "1234"}, {"en", "1,234.5", "1234.5"}, {"en", "12,5", "12.5"}, {"en", ".5", "0.5"},
		{"de-CH", "1’234.50", "1234.5"}, {"", "1,234", "1.234"}, {"", "1.234", "1.234"}, {"", "1.234.567", "1234567"},
		{"", "1.234,50", "1234.5"}, {"", "1,234.50", "1234.5"},
	}
	for _, tt := range tests {
		got, err := i18n.ParseDecimal(tt.l, tt.in)
		if err != nil || !got.Equal(decimal.RequireFromString(tt.want)) {
			t.Errorf("%s %q: got %s, %v; want %s", tt.l, tt.in, got, err, tt.want)
		}
	}
	for _, bad := range []string{"", "-", "x", "1e5", "1,2,3", "1.2.3", "1,23.45", "1.234,567,8", "5.", "--1", "1-", "+", "Inf", "٣", "1,", "12345678901234567890123456789012345678901"} {
		if got, err := i18n.ParseDecimal("fr", bad); !errors.Is(err, i18n.ErrNumber) {
			t.Errorf("%q: %s, %v", bad, got, err)
		}
	}
}

func TestParseDecimal_ReadsWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom([]i18n.Locale{"fr", "en", "es", "de", "de-CH", "sv", "pl"}).Draw(t, "locale")
		n := decimal.New(rapid.Int64Range(-1e14, 1e14).Draw(t, "n"), rapid.Int32Range(-4, 0).Draw(t, "exponent"))
		for name, text := range map[string]string{
			"input": i18n.FormatInput(l, n, 0), "fixed": i18n.FormatInput(l, n, 2), "reader": i18n.FormatNumber(l, n),
		} {
			got, err := i18n.ParseDecimal(l, text)
			if err != nil || !got.Equal(n) {
				t.Fatalf("%s %s: %q reads as %s, %v; want %s", l, name, text, got, err, n)
			}
		}
	})
}

func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"1.234,50", "-1 234", "1e9", ".", "-"} {
		f.Add("de", s)
	}
	f.Fuzz(func(t *testing.T, l, text string) {
		n, err := i18n.ParseDecimal(i18n.Locale(l), text)
		if err == nil && n.Exponent() > 0 {
			t.Errorf("%q has an exponent", text)
		}
	})
}

func BenchmarkFormatMoney(b *testing.B) {
	price := money.FromMinor(123450, money.EUR)
	b.ReportAllocs()
	for b.Loop() {
		i18n.FormatMoney("fr", price)
	}
}

func BenchmarkT(b *testing.B) {
	c := i18n.Base()
	b.ReportAllocs()
	for b.Loop() {
		c.T("fr", "form.required", nil)
	}
}
