package pricing_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

// worked is the cart of the formulas table: 50.00 at 20 %, 22.00 at 5.5 %, 2.30 kg.
func worked() pricing.Basket {
	lamp, book := line("LAMP", 1, net(eur("50.00"))), line("BOOK", 2, net(eur("11.00")))
	lamp.Weight, book.Weight, book.Class = num("1.5"), num("0.4"), tax.Reduced
	b := basket("FR", lamp, book)
	b.Shipping = pricing.ShippingChoice{Mode: "post", Insured: true}
	return b
}

func TestPipeline_WorkedExample(t *testing.T) {
	p := price(t, worked(), french(t), shipping.Delivery{Tariffs: []*shipping.Tariff{post(t)}})

	t.Run("ORD-07 every total line", func(t *testing.T) {
		want(t, "goods net", p.Totals.Goods.Net, "72.00")
		want(t, "shipping net", p.Totals.Shipping.Net, "10.95")
		want(t, "insurance net", p.Totals.Insurance.Net, "1.08")
		want(t, "fee", p.Totals.Fee.Net, "0.00")
		want(t, "net", p.Totals.Net, "84.03")
		want(t, "tax", p.Totals.Tax, "13.08")
		want(t, "to pay", p.Totals.ToPay, "97.11")
	})
	t.Run("LAW-04 VAT on shipping follows the goods", func(t *testing.T) {
		var got []string
		for _, a := range p.Adjustments {
			if a.Kind == pricing.Shipping {
				got = append(got, fmt.Sprint(a.Rate, a.Net, a.Figures.Tax))
			}
		}
		if diff := cmp.Diff([]string{"20 7.60 1.52", "5.5 3.35 0.18"}, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("SHP-09 insurance is a line of its own", func(t *testing.T) {
		want(t, "tax on insurance", p.Totals.Insurance.Tax, "0.17")
	})
	t.Run("CAT-05 why this price", func(t *testing.T) {
		golden(t, "worked.trace.golden", p.Trace.String())
		golden(t, "worked.short.golden", p.Trace.Short().String())
		data, err := json.MarshalIndent(p, "", "\t")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "worked.json.golden", string(data)+"\n")
	})
	t.Run("CAT-05 the stored trace reads like the fresh one", func(t *testing.T) {
		data, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var back pricing.Priced
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p.Trace.String(), back.Trace.String()); diff != "" {
			t.Error(diff)
		}
		again, err := json.Marshal(back)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(data), string(again)); diff != "" {
			t.Error(diff)
		}
	})
}

// display prints rows as a cart shows them.
func display(p *pricing.Priced) string {
	var b strings.Builder
	for _, r := range p.Rows() {
		included := ""
		if r.Included {
			included = " included"
		}
		fmt.Fprintf(&b, "%s %s %s%s\n", r.Kind, r.Line+r.Reason.Key, r.Amount, included)
	}
	return b.String()
}

func TestPriced_Rows(t *testing.T) {
	for _, tt := range []struct {
		name string
		view pricing.View
		want string
	}{
		{"ORD-04 net", pricing.View{Goods: pricing.Net, Shipping: pricing.Net}, `
goods id-LAMPprice.goods 50.00
goods id-BOOKprice.goods 22.00
shipping shipping.mode 10.95
insurance shipping.insurance 1.08
tax price.tax 11.67
tax price.tax 1.41
`},
		{"ORD-04 gross", pricing.View{Goods: pricing.Gross, Shipping: pricing.Gross}, `
goods id-LAMPprice.goods 60.00
goods id-BOOKprice.goods 23.21
shipping shipping.mode 12.65
insurance shipping.insurance 1.25
tax price.tax_included 11.67 included
tax price.tax_included 1.41 included
`},
		{"PROF-04 goods net and shipping gross", pricing.View{Goods: pricing.Net, Shipping: pricing.Gross}, `
goods id-LAMPprice.goods 50.00
goods id-BOOKprice.goods 22.00
shipping shipping.mode 12.65
insurance shipping.insurance 1.25
tax price.tax 10.00
tax price.tax_included 1.67 included
tax price.tax 1.21
tax price.tax_included 0.20 included
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := worked()
			b.View = tt.view
			p := price(t, b, french(t), shipping.Delivery{Tariffs: []*shipping.Tariff{post(t)}})
			if diff := cmp.Diff(strings.TrimPrefix(tt.want, "\n"), display(p)); diff != "" {
				t.Error(diff)
			}
			want(t, "to pay", p.Totals.ToPay, "97.11")
		})
	}
}

func TestPipeline_BothSides(t *testing.T) {
	jpy := func(n int64) money.Amount { return money.FromMinor(n, money.JPY) }
	kwd := func(text string) money.Amount { return money.Must(money.Parse(text, money.KWD)) }
	for _, tt := range []struct {
		name            string
		qty             int64
		unit            pricing.Price
		net, tax, gross string
		unitNet         string
	}{
		{"ART-02 entered with tax", 3, gross(eur("0.99")), "2.47", "0.50", "2.97", "0.82"},
		{"ART-02 entered without", 3, net(eur("0.99")), "2.97", "0.59", "3.56", "0.99"},
		{"half up", 1, net(eur("0.125")), "0.13", "0.03", "0.16", "0.125"},
		{"four decimals, many units", 1000, net(eur("0.0125")), "12.50", "2.50", "15.00", "0.0125"},
		{"four decimals with tax", 1000, gross(eur("0.0125")), "10.42", "2.08", "12.50", "0.0104"},
		{"trailing zeros are no decimals", 1, gross(eur("0.9900")), "0.82", "0.17", "0.99", "0.82"},
		{"no digits", 3, gross(jpy(99)), "247", "50", "297", "82"},
		{"no digits, fine unit", 3, net(money.New(num("0.5"), money.JPY)), "2", "0", "2", "0.5"},
		{"three digits", 3, gross(kwd("0.999")), "2.497", "0.500", "2.997", "0.832"},
		{"free", 5, net(eur("0")), "0.00", "0.00", "0.00", "0.00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := basket("FR", line("A", tt.qty, tt.unit))
			b.Currency = tt.unit.Amount.Currency()
			p := price(t, b, french(t))
			want(t, "net", p.Totals.Net, tt.net)
			want(t, "tax", p.Totals.Tax, tt.tax)
			want(t, "gross", p.Totals.ToPay, tt.gross)
			want(t, "unit net", p.Lines[0].Unit.Net, tt.unitNet)
		})
	}
}

func TestPipeline_Tiers(t *testing.T) {
	tiers := []pricing.Tier{{From: 10, Unit: eur("9.00")}, {From: 50, Unit: eur("8.00")}}
	for _, tt := range []struct {
		name     string
		qty      int64
		marginal bool
		want     string
	}{
		{"ART-05 below the first tier", 9, false, "90.00"},
		{"ART-05 all units at the tier", 10, false, "90.00"},
		{"ART-05 all units above", 50, false, "400.00"},
		{"ART-05 marginal at the tier", 10, true, "99.00"},
		{"ART-05 marginal above", 50, true, "458.00"},
		{"ART-05 marginal, a hundred thousand", 100_000, true, "800058.00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := line("A", tt.qty, net(eur("10.00")))
			l.Tiers, l.Marginal = tiers, tt.marginal
			want(t, "goods", price(t, basket("FR", l)).Totals.Goods.Net, tt.want)
		})
	}
	for _, marginal := range []bool{false, true} {
		t.Run(fmt.Sprint("ART-05 quantity basis article, marginal ", marginal), func(t *testing.T) {
			red, blue := line("RED", 6, net(eur("10.00"))), line("BLUE", 4, net(eur("10.00")))
			for _, l := range []*pricing.Line{&red, &blue} {
				l.Tiers, l.Marginal, l.TierGroup = tiers, marginal, "shirt"
			}
			p := price(t, basket("FR", red, blue))
			text := map[bool]string{false: "90.00", true: "99.00"}
			want(t, "goods", p.Totals.Goods.Net, text[marginal])
		})
	}
}

func TestPipeline_Check(t *testing.T) {
	ok := line("A", 1, net(eur("1.00")))
	for _, tt := range []struct {
		name   string
		change func(*pricing.Line)
		field  string
	}{
		{"no quantity", func(l *pricing.Line) { l.Qty = 0 }, "lines.0.qty"},
		{"negative quantity", func(l *pricing.Line) { l.Qty = -1 }, "lines.0.qty"},
		{"absurd quantity", func(l *pricing.Line) { l.Qty = pricing.MaxQty + 1 }, "lines.0.qty"},
		{"negative price", func(l *pricing.Line) { l.Unit.Amount = eur("-1") }, "lines.0.unit"},
		{"five decimals", func(l *pricing.Line) { l.Unit.Amount = money.New(num("0.00001"), money.EUR) }, "lines.0.unit"},
		{"another currency", func(l *pricing.Line) { l.Unit.Amount = money.FromMinor(1, money.USD) }, "lines.0.unit"},
		{"tiers that do not rise", func(l *pricing.Line) {
			l.Tiers = []pricing.Tier{{From: 5, Unit: eur("1")}, {From: 5, Unit: eur("1")}}
		}, "lines.0.tiers"},
		{"negative weight", func(l *pricing.Line) { l.Weight = num("-1") }, "lines.0.weight"},
		{"no id", func(l *pricing.Line) { l.ID = "" }, "lines.0.id"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := ok
			tt.change(&l)
			_, err := pricing.Pipeline{pricing.Shelf{}}.Price(basket("FR", l))
			fields := fault.FieldsOf(err)
			if !fault.Is(err, fault.Malformed) || len(fields) != 1 || fields[0].Name != tt.field {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("the same line twice", func(t *testing.T) {
		if _, err := (pricing.Pipeline{}).Price(basket("FR", ok, ok)); !fault.Is(err, fault.Malformed) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("no instant", func(t *testing.T) {
		b := basket("FR", ok)
		b.At = time.Time{}
		_, err := (pricing.Pipeline{}).Price(b)
		if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != "at" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("an empty basket costs nothing", func(t *testing.T) {
		p := price(t, basket("FR"), french(t), shipping.Delivery{}, pricing.Tenders{})
		if !p.Totals.ToPay.Equal(money.Zero(money.EUR)) || len(p.Rows()) != 0 || len(p.Blocked()) != 0 {
			t.Errorf("got %+v", p.Totals)
		}
	})
}
