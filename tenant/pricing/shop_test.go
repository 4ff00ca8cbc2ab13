package pricing_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// noon is the instant of every basket here.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

func net(a money.Amount) pricing.Price   { return pricing.Price{Amount: a} }
func gross(a money.Amount) pricing.Price { return pricing.Price{Amount: a, IncludesTax: true} }

func num(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// line is a physical line of the standard class.
func line(sku string, qty int64, unit pricing.Price) pricing.Line {
	return pricing.Line{ID: "id-" + sku, SKU: sku, Name: sku, Qty: qty, Unit: unit, Class: tax.Standard, Physical: true}
}

func basket(country string, lines ...pricing.Line) pricing.Basket {
	return pricing.Basket{
		Currency: money.EUR, Lines: lines, At: noon,
		Destination: pricing.Destination{Country: country},
		View:        pricing.View{Goods: pricing.Gross, Shipping: pricing.Gross},
	}
}

// french are the tax rules of a registered shop in France.
func french(t testing.TB, change ...func(*tax.Settings)) *tax.Rules {
	t.Helper()
	s := tax.Settings{Home: tax.Place{Country: "FR"}, Registered: true}
	for _, c := range change {
		c(&s)
	}
	rules, err := tax.New(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func tariff(t testing.TB, cur money.Currency, m shipping.Mode) *shipping.Tariff {
	t.Helper()
	opened, err := shipping.Builtin().Open(cur, m)
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

// post is the weight scale of the worked examples, 1.5 % insurance included.
func post(t testing.TB) *shipping.Tariff {
	row := func(upTo, fee string) form.Values {
		return form.Values{"up_to": form.TextValue(upTo), "value": form.TextValue(fee)}
	}
	return tariff(t, money.EUR, shipping.Mode{
		ID: "post", Calculator: "weight_scale",
		Values: form.Values{
			"rows":   form.RowsValue(row("0.5", "4.95"), row("1", "6.25"), row("2", "7.95"), row("5", "10.95")),
			"beyond": form.TextValue("none"),
		},
		Insurance: shipping.Insurance{Rate: money.MustRate("1.5")},
	})
}

// rule is a step written in a test.
type rule func(*pricing.Sheet)

func (rule) Key() string                    { return "rule" }
func (r rule) Apply(s *pricing.Sheet) error { r(s); return nil }

func price(t testing.TB, b pricing.Basket, steps ...pricing.Step) *pricing.Priced {
	t.Helper()
	p, err := append(pricing.Pipeline{pricing.Shelf{}}, steps...).Price(b)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func want(t testing.TB, what string, got money.Amount, text string) {
	t.Helper()
	if got.String() != text {
		t.Errorf("%s = %s, want %s", what, got, text)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(data), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
