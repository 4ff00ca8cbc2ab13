package currency_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/tenanttest"
)

func exchange(from, to money.Currency, factor, step, ending string) currency.Exchange {
	return currency.Exchange{From: from, To: to, Factor: dec(factor), Rounding: currency.Rounding{Step: dec(step), Ending: dec(ending)}}
}

// CUR-01: currencies without cents, with two and with three places.
func TestExchange(t *testing.T) {
	for _, tt := range []struct {
		name                   string
		x                      currency.Exchange
		before, price, sum     string
		priceLoses, priceFalls bool
	}{
		{"plain", exchange(money.EUR, money.CHF, "0.95", "0", "0"), "12.40", "11.78", "11.78", false, false},
		{"half up", exchange(money.EUR, money.USD, "1.05", "0", "0"), "0.10", "0.11", "0.11", true, false},
		{"to an ending", exchange(money.EUR, money.CHF, "0.95", "1", "0.95"), "12.40", "11.95", "11.78", true, false},
		{"never nothing by its looks", exchange(money.EUR, money.CHF, "0.95", "10", "0"), "2", "1.9", "1.9", false, false},
		{"no coins", exchange(money.EUR, money.JPY, "163.5", "0", "0"), "12.40", "2027", "2027", false, false},
		{"three places", exchange(money.EUR, money.KWD, "0.3312", "0", "0"), "12.40", "4.107", "4.107", false, false},
		{"from no coins", exchange(money.JPY, money.EUR, "0.0061", "0", "0"), "1", "0.01", "0.01", true, false},
		{"becomes nothing", exchange(money.JPY, money.EUR, "0.0001", "0", "0"), "1", "0", "0", true, true},
		{"finer than a cent", exchange(money.EUR, money.CHF, "0.95", "1", "0.95"), "0.0123", "0.0117", "0.0117", false, false},
		{"nothing stays nothing", exchange(money.EUR, money.CHF, "0.95", "1", "0.95"), "0", "0", "0", false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := dec(tt.before)
			price := tt.x.Price(before)
			if !price.Equal(dec(tt.price)) || !tt.x.Sum(before).Equal(dec(tt.sum)) {
				t.Errorf("CUR-01: %s becomes price %s, sum %s", before, price, tt.x.Sum(before))
			}
			if tt.x.Loses(before, price) != tt.priceLoses || (!before.IsZero() && price.IsZero()) != tt.priceFalls {
				t.Errorf("CUR-01: %s → %s loses %t", before, price, tt.x.Loses(before, price))
			}
		})
	}
}

func TestExchange_Check(t *testing.T) {
	for name, x := range map[string]currency.Exchange{
		"to":     exchange(money.EUR, money.EUR, "1", "0", "0"),
		"rate":   exchange(money.EUR, money.CHF, "0", "0", "0"),
		"step":   exchange(money.EUR, money.JPY, "160", "0.05", "0"),
		"ending": exchange(money.EUR, money.CHF, "0.95", "1", "1.95"),
	} {
		if got := fault.FieldsOf(x.Check()); len(got) != 1 || got[0].Name != name {
			t.Errorf("CUR-01: %s: %v", name, got)
		}
	}
	for _, rate := range []string{"-1", "0.00000001", "10000001", "1.0000000000001"} {
		if exchange(money.EUR, money.CHF, rate, "0", "0").Check() == nil {
			t.Errorf("CUR-01: a rate of %s passes", rate)
		}
	}
	if err := exchange(money.EUR, money.KWD, "0.3312", "0.005", "0.001").Check(); err != nil {
		t.Error(err)
	}
}

// CUR-01: what a statement makes of a table is what the program makes of each amount, and neither turns the order of
// two prices round.
func TestExchange_SQL(t *testing.T) {
	shop := tenanttest.Open(t)
	rapid.Check(t, func(t *rapid.T) {
		cur := rapid.SampledFrom([]money.Currency{money.EUR, money.JPY, money.KWD, money.USD})
		x := currency.Exchange{From: cur.Draw(t, "from"), To: cur.Draw(t, "to"),
			Factor: decimal.New(rapid.Int64Range(1, 1e9).Draw(t, "factor"), -rapid.Int32Range(0, 7).Draw(t, "places"))}
		if rapid.Bool().Draw(t, "ruled") {
			step := rapid.SampledFrom([]string{"1", "5", "10", "100"}).Draw(t, "step")
			x.Rounding = currency.Rounding{Step: dec(step), Ending: decimal.NewFromInt(rapid.Int64Range(0, 4).Draw(t, "ending")).Div(decimal.NewFromInt(5)).Truncate(x.To.Digits())}
		}
		a := decimal.New(rapid.Int64Range(0, 1e9).Draw(t, "amount"), -rapid.Int32Range(0, 4).Draw(t, "scale"))
		var price, sum string
		var loses bool
		err := shop.Read(t.Context(), func(tx tenant.Tx) error {
			return tx.Raw().QueryRow(tx.Context(), "select ("+x.PriceSQL("a")+")::text, ("+x.SumSQL("a")+")::text, "+x.LosesSQL("a", x.PriceSQL("a"))+
				" from (select $1::text::numeric(19,4) as a) t", a.String()).Scan(&price, &sum, &loses)
		})
		if err != nil {
			t.Fatal(err)
		}
		if !x.Price(a).Equal(dec(price)) || !x.Sum(a).Equal(dec(sum)) || x.Loses(a, x.Price(a)) != loses {
			t.Fatalf("CUR-01: %s by %+v is %s and %s in Go, %s and %s in SQL", a, x, x.Price(a), x.Sum(a), price, sum)
		}
		whole := a.Truncate(x.From.Digits())
		if more := whole.Add(decimal.NewFromInt(1)); x.Price(more).LessThan(x.Price(whole)) && x.Rounding.Step.IsZero() {
			t.Fatalf("CUR-01: %s costs more than %s afterwards", whole, more)
		}
	})
}

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }
