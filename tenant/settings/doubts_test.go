package settings_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/settings"
)

// quotes are a bank's.
type quoted map[string]string

func (q quoted) Rate(_, to string) (decimal.Decimal, bool) {
	rate, ok := q[to]
	return decimal.RequireFromString("0" + rate), ok
}

// CUR-02: which rates are asked about, and what was meant.
func TestCurrencies_FarRates(t *testing.T) {
	t.Parallel()
	doc := func(code, rate string) settings.Currencies {
		if rate == "" {
			return settings.Currencies{Management: "EUR"}
		}
		return settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: code, Rate: rate}}}
	}
	bank := quoted{"USD": "1.08", "JPY": "162", "KWD": "0.332"}
	for _, tt := range []struct {
		code, before, typed string
		bank                settings.Quotes
		want                string // known, meant
	}{
		{"USD", "", "1.1", bank, ""},
		{"USD", "", "2.16", bank, ""},
		{"USD", "", "2.17", bank, "1.08 true 1.08"},
		{"USD", "", "0.53", bank, "1.08 true 1.08"},
		{"USD", "", "108", bank, "1.08 true 1.08"},
		{"USD", "", "0.0109", bank, "1.08 true 1.09"},
		{"USD", "108", "1.1", bank, ""},
		{"USD", "108", "108", bank, ""},
		{"USD", "1.1", "110", nil, "1.1 false 1.1"},
		{"USD", "", "110", nil, ""},
		{"JPY", "", "0.0062", bank, "162 true 161.29"},
		{"KWD", "", "332", bank, "0.332 true 0.332"},
		{"XAF", "655.957", "6559.57", bank, "655.957 false 655.957"},
		{"USD", "1.1", "nonsense", bank, ""},
	} {
		got := ""
		for _, f := range doc(tt.code, tt.before).FarRates(doc(tt.code, tt.typed), tt.bank) {
			got = fmt.Sprint(f.Known, f.Bank, f.Meant)
			if f.Row != 0 {
				t.Errorf("row %d", f.Row)
			}
		}
		if want := tt.want; got != want {
			t.Errorf("CUR-02 %s of %q to %q: %q, want %q", tt.code, tt.before, tt.typed, got, want)
		}
	}
}

// CUR-02: which currencies go.
func TestCurrencies_Leavers(t *testing.T) {
	t.Parallel()
	shown := settings.DisplayCurrency{Code: "USD", Rate: "1.1", Active: true}
	change := func(do func(*settings.DisplayCurrency)) []settings.DisplayCurrency {
		x := shown
		do(&x)
		return []settings.DisplayCurrency{x}
	}
	hidden := change(func(x *settings.DisplayCurrency) { x.Active = false })
	for name, tt := range map[string]struct {
		before, after []settings.DisplayCurrency
		want          string
	}{
		"nothing":         {change(func(*settings.DisplayCurrency) {}), change(func(x *settings.DisplayCurrency) { x.Rate = "2" }), "[]"},
		"removed":         {change(func(*settings.DisplayCurrency) {}), nil, "[{USD true true}]"},
		"hidden":          {change(func(*settings.DisplayCurrency) {}), hidden, "[{USD true false}]"},
		"hidden, removed": {hidden, nil, "[{USD false true}]"},
		"over":            {change(func(*settings.DisplayCurrency) {}), change(func(x *settings.DisplayCurrency) { x.Until = "2026-03-11" }), "[{USD true false}]"},
		"last day":        {change(func(*settings.DisplayCurrency) {}), change(func(x *settings.DisplayCurrency) { x.Until = "2026-03-12" }), "[]"},
		"not yet":         {change(func(*settings.DisplayCurrency) {}), change(func(x *settings.DisplayCurrency) { x.From = "2026-03-13" }), "[{USD true false}]"},
		"comes":           {hidden, change(func(*settings.DisplayCurrency) {}), "[]"},
	} {
		before, after := settings.Currencies{Management: "EUR", Display: tt.before}, settings.Currencies{Management: "EUR", Display: tt.after}
		list := before.Leavers(after, "2026-03-12")
		if list == nil {
			list = []settings.Leaver{}
		}
		if got := fmt.Sprint(list); got != tt.want {
			t.Errorf("CUR-02 %s: %s, want %s", name, got, tt.want)
		}
	}
}

// CUR-02: an ending that begins at more than twice a price.
func TestDisplayCurrency_Lifts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		code, rate, ending, price string
		want                      string
	}{
		{"USD", "1.1", ".95", "0.30", "0.95 0.33 0.33"},
		{"USD", "1.1", ".95", "0.42", "0.95 0.46 0.95"},
		{"USD", "1.1", ".95", "0.44", ""},
		{"USD", "1.1", ".00", "0.30", "1.00 0.33 0.33"},
		{"USD", "1.1", "", "0.30", ""},
		{"KWD", "0.33", ".950", "1", "0.950 0.330 0.330"},
		{"USD", "nonsense", ".95", "0.30", ""},
		{"EUR", "1", ".95", "0.30", ""},
	} {
		x := settings.DisplayCurrency{Code: tt.code, Rate: tt.rate, Ending: tt.ending, Active: true}
		low, plain, shown, lifts := x.Lifts(money.Must(money.Parse(tt.price, money.EUR)))
		got := ""
		if lifts {
			got = fmt.Sprint(low, plain, shown)
		}
		if got != tt.want {
			t.Errorf("CUR-02 %s %s of %s: %q, want %q", tt.code, tt.ending, tt.price, got, tt.want)
		}
	}
}

// CUR-02: an ending no price of the currency can have is refused.
func TestCurrencies_Check_fineEnding(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		code, ending string
		ok           bool
	}{{"USD", ".95", true}, {"USD", ".950", true}, {"USD", ".995", false}, {"JPY", ".95", false}, {"JPY", ".00", true}, {"KWD", ".995", true}, {"KWD", ".9995", false}} {
		err := settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: tt.code, Rate: "1", Ending: tt.ending}}}.Check()
		if (err == nil) != tt.ok {
			t.Errorf("CUR-02 %s %s: %v", tt.code, tt.ending, err)
		}
	}
}
