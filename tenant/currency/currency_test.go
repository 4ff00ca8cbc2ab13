package currency_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func num(text string) decimal.Decimal { return decimal.RequireFromString(text) }
func eur(text string) money.Amount    { return money.Must(money.Parse(text, money.EUR)) }

func rates(t testing.TB) currency.Rates {
	t.Helper()
	r, err := currency.NewRates(money.EUR,
		currency.Rate{Currency: money.USD, Factor: num("1.0843"), Source: currency.Manual, At: noon},
		currency.Rate{Currency: money.JPY, Factor: num("163.27"), Source: currency.ECB, At: noon},
		currency.Rate{Currency: money.KWD, Factor: num("0.33219"), Source: currency.Manual, At: noon},
		currency.Rate{Currency: money.CHF, Factor: num("0.9561"), Source: currency.Manual, At: noon},
	)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDisplay_Price(t *testing.T) {
	rule := func(step, ending string) currency.Rounding {
		return currency.Rounding{Step: num(step), Ending: num(ending)}
	}
	for _, tt := range []struct {
		name     string
		in       money.Currency
		rounding currency.Rounding
		price    string
		want     string
	}{
		{"CUR-02 to the cent", money.USD, currency.Rounding{}, "12.90", "13.99"},
		{"CUR-02 no digits", money.JPY, currency.Rounding{}, "12.90", "2106"},
		{"CUR-02 three digits", money.KWD, currency.Rounding{}, "12.90", "4.285"},
		{"CUR-02 to .95", money.USD, rule("1", "0.95"), "12.90", "13.95"},
		{"CUR-02 to .95, down", money.USD, rule("1", "0.95"), "13.20", "13.95"},
		{"CUR-02 to .95, up", money.USD, rule("1", "0.95"), "13.50", "14.95"},
		{"CUR-02 to five centimes", money.CHF, rule("0.05", "0"), "12.90", "12.35"},
		{"CUR-02 to 80 yen", money.JPY, rule("100", "80"), "12.90", "2080"},
		{"CUR-02 a small price does not multiply", money.USD, rule("1", "0.95"), "0.10", "0.11"},
		{"CUR-02 nor becomes zero", money.USD, rule("10", "0"), "0.10", "0.11"},
		{"CUR-02 a screw is not given away", money.USD, rule("1", "0.95"), "0.0042", "0.0046"},
		{"CUR-02 what was written with a decimal more is a price", money.USD, rule("1", "0.95"), "12.905", "13.95"},
		{"CUR-02 nothing stays nothing", money.USD, rule("1", "0.95"), "0", "0.00"},
		{"CUR-01 the management currency is never rounded", money.EUR, rule("1", "0.95"), "12.9050", "12.905"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := currency.Display{Currency: tt.in, Rounding: tt.rounding}
			if err := d.Check(); err != nil {
				t.Fatal(err)
			}
			got, err := d.Price(rates(t), eur(tt.price))
			if err != nil {
				t.Fatal(err)
			}
			if got.Amount.String() != tt.want || got.Amount.Currency() != tt.in {
				t.Errorf("got %s %s, want %s", got.Amount, got.Amount.Currency(), tt.want)
			}
			if !got.Of.Equal(eur(tt.price)) || got.Converted() != (tt.in != money.EUR) {
				t.Errorf("stands for %s, converted %v", got.Of, got.Converted())
			}
		})
	}
	t.Run("CUR-02 without a rate", func(t *testing.T) {
		_, err := currency.Display{Currency: money.GBP}.Price(rates(t), eur("1"))
		if !errors.Is(err, currency.ErrNoRate) {
			t.Errorf("got %v", err)
		}
	})
}

func TestDisplay_Offered(t *testing.T) {
	d := currency.Display{Currency: money.USD, From: noon, Until: noon.Add(time.Hour)}
	for at, want := range map[time.Duration]bool{-1: false, 0: true, time.Hour - 1: true, time.Hour: false} {
		if got := d.Offered(noon.Add(at)); got != want {
			t.Errorf("CUR-02 after %s: %v", at, got)
		}
	}
	if !(currency.Display{Currency: money.USD}).Offered(noon) {
		t.Error("CUR-02: no period is for ever")
	}
}

func TestDisplay_Check(t *testing.T) {
	for _, tt := range []struct {
		name    string
		display currency.Display
		field   string
	}{
		{"no currency", currency.Display{}, "currency"},
		{"negative step", currency.Display{Currency: money.EUR, Rounding: currency.Rounding{Step: num("-1")}}, "rounding.step"},
		{"cents of yen", currency.Display{Currency: money.JPY, Rounding: currency.Rounding{Step: num("0.5")}}, "rounding.step"},
		{"ending beyond the step", currency.Display{Currency: money.EUR, Rounding: currency.Rounding{Step: num("1"), Ending: num("1.95")}}, "rounding.ending"},
		{"ending without a step", currency.Display{Currency: money.EUR, Rounding: currency.Rounding{Ending: num("0.95")}}, "rounding.ending"},
		{"ends before it starts", currency.Display{Currency: money.EUR, From: noon, Until: noon}, "until"},
	} {
		t.Run("CUR-02 "+tt.name, func(t *testing.T) {
			if fields := fault.FieldsOf(tt.display.Check()); len(fields) != 1 || fields[0].Name != tt.field {
				t.Errorf("got %+v", fields)
			}
		})
	}
}

func TestNewRates_Refuses(t *testing.T) {
	one := currency.Rate{Currency: money.USD, Factor: num("1")}
	for name, list := range map[string][]currency.Rate{
		"zero":     {{Currency: money.USD}},
		"negative": {{Currency: money.USD, Factor: num("-1")}},
		"base":     {{Currency: money.EUR, Factor: num("1")}},
		"twice":    {one, one},
	} {
		if _, err := currency.NewRates(money.EUR, list...); !fault.Is(err, fault.Malformed) {
			t.Errorf("CUR-02 %s: %v", name, err)
		}
	}
}

func TestRates_Settle(t *testing.T) {
	r := rates(t)
	t.Run("CUR-03 what is charged", func(t *testing.T) {
		in, err := r.Choose([]money.Currency{money.CHF, money.EUR}, money.USD)
		if err != nil || in != money.EUR {
			t.Fatalf("charged in %s: %v", in, err)
		}
		if in, _ = r.Choose([]money.Currency{money.CHF, money.EUR}, money.CHF); in != money.CHF {
			t.Errorf("shown CHF, charged %s", in)
		}
		if in, _ = r.Choose([]money.Currency{money.GBP, money.CHF}, money.USD); in != money.CHF {
			t.Errorf("GBP has no rate, charged %s", in)
		}
		if _, err = r.Choose([]money.Currency{money.GBP}, money.USD); !errors.Is(err, currency.ErrNoRate) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("CUR-03 the order keeps all three", func(t *testing.T) {
		lock := currency.Lock{Rates: r, At: noon}
		record, err := lock.Record(eur("103.20"), money.Must(money.Parse("111.95", money.USD)), currency.Rounding{}, money.CHF)
		if err != nil {
			t.Fatal(err)
		}
		got := record.Management.Amount.String() + " " + record.Display.Amount.String() + " " + record.Settlement.Amount.String()
		if got != "103.20 111.95 98.67" || !record.Settlement.Rate.Equal(num("0.9561")) || !record.Management.Rate.Equal(num("1")) {
			t.Errorf("got %s at %s", got, record.Settlement.Rate)
		}
	})
	t.Run("another currency than the base is a mistake", func(t *testing.T) {
		var mismatch *money.MismatchError
		if _, err := r.Convert(money.FromMinor(1, money.USD), money.CHF); !errors.As(err, &mismatch) {
			t.Errorf("got %v", err)
		}
	})
}

func TestLock_Hold(t *testing.T) {
	lock := currency.Lock{Rates: rates(t), At: noon}
	moved, err := currency.NewRates(money.EUR, currency.Rate{Currency: money.USD, Factor: num("1.1")})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		lock  *currency.Lock
		after time.Duration
		want  string
	}{
		{"CUR-04 the locked rate holds", &lock, currency.LockFor - 1, "108.43"},
		{"CUR-04 after that the rate of the moment", &lock, currency.LockFor, "110.00"},
		{"CUR-04 a checkout that begins", nil, 0, "110.00"},
		{"CUR-04 a lock from the future", &currency.Lock{Rates: rates(t), At: noon.Add(time.Hour)}, 0, "110.00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			leg, err := tt.lock.Hold(noon.Add(tt.after), moved).Rates.Settle(eur("100.00"), money.USD)
			if err != nil {
				t.Fatal(err)
			}
			if leg.Amount.String() != tt.want {
				t.Errorf("charged %s", leg.Amount)
			}
		})
	}
	t.Run("CUR-04 the currency was removed", func(t *testing.T) {
		none, err := currency.NewRates(money.EUR)
		if err != nil {
			t.Fatal(err)
		}
		later := lock.Hold(noon.Add(time.Hour), none)
		if _, err := later.Rates.Settle(eur("1"), money.USD); !errors.Is(err, currency.ErrNoRate) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("CUR-04 a checkout keeps its lock as JSON", func(t *testing.T) {
		data, err := json.Marshal(lock)
		if err != nil {
			t.Fatal(err)
		}
		var back currency.Lock
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(back)
		if err != nil || string(again) != string(data) || !back.At.Equal(lock.At) {
			t.Errorf("%v\n%s\n%s", err, data, again)
		}
	})
}
