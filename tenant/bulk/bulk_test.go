package bulk_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/bulk"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/stock"
)

func num(text string) decimal.Decimal { return decimal.RequireFromString(text) }

func ptr(text string) *decimal.Decimal { n := num(text); return &n }

// goods is an article of two variants, one of which is counted.
func goods() *catalog.Product {
	return &catalog.Product{
		ID: id.New[catalog.Product](), Code: "vase", State: catalog.Draft, Kind: catalog.Physical, TaxClass: "standard",
		Texts:   map[i18n.Locale]catalog.Text{"fr": {Name: "Vase"}},
		Options: []catalog.Option{{Code: "size", Values: []catalog.OptionValue{{Code: "s"}, {Code: "l"}}}},
		Variants: []catalog.Variant{
			{ID: id.New[stock.Variant](), SKU: "V-S", Price: num("10.0000"), CompareAt: ptr("12"), Tracked: true, OnHand: 4, Options: map[string]string{"size": "s"}},
			{SKU: "V-L", Price: num("24.50"), Options: map[string]string{"size": "l"}},
		},
	}
}

var vases, cups = id.New[catalog.Node](), id.New[catalog.Node]()

// ART-06: what each operation makes of an article.
func TestApply(t *testing.T) {
	for _, tt := range []struct {
		name string
		op   bulk.Operation
		want string
	}{
		{"+3 % rounded to .90", bulk.Operation{Kind: bulk.Price, How: bulk.Percent, Number: num("3"), Ending: "0.90", Digits: 2}, "V-S price 10 9.9, V-L price 24.5 24.9"},
		{"+3 % up to .90", bulk.Operation{Kind: bulk.Price, How: bulk.Percent, Number: num("3"), Ending: "0.90", Toward: bulk.Up, Digits: 2}, "V-S price 10 10.9, V-L price 24.5 25.9"},
		{"+3 % down to .99", bulk.Operation{Kind: bulk.Price, How: bulk.Percent, Number: num("3"), Ending: "0.99", Toward: bulk.Down, Digits: 2}, "V-S price 10 9.99, V-L price 24.5 24.99"},
		{"+3 %", bulk.Operation{Kind: bulk.Price, How: bulk.Percent, Number: num("3"), Digits: 2}, "V-S price 10 10.3, V-L price 24.5 25.24"},
		{"-1.25", bulk.Operation{Kind: bulk.Price, How: bulk.Amount, Number: num("-1.25"), Digits: 2}, "V-S price 10 8.75, V-L price 24.5 23.25"},
		{"-0.0025", bulk.Operation{Kind: bulk.Price, How: bulk.Amount, Number: num("-0.0025"), Digits: 2}, "V-S price 10 9.9975, V-L price 24.5 24.4975"},
		{"set", bulk.Operation{Kind: bulk.Price, How: bulk.Set, Number: num("10"), Digits: 2}, "V-L price 24.5 10"},
		{"to .95", bulk.Operation{Kind: bulk.Price, How: bulk.Keep, Ending: "0.95"}, "V-S price 10 9.95, V-L price 24.5 24.95"},
		{"whole", bulk.Operation{Kind: bulk.Price, How: bulk.Keep, Ending: bulk.Whole}, "V-L price 24.5 25"},
		{"-10 %, the present one crossed out", bulk.Operation{Kind: bulk.Price, How: bulk.Percent, Number: num("-10"), Cross: true, Digits: 2},
			"V-S price 10 9, V-S compare_at 12 10, V-L price 24.5 22.05, V-L compare_at  24.5"},
		{"+10 %, nothing to cross out", bulk.Operation{Kind: bulk.Price, How: bulk.Percent, Number: num("10"), Cross: true, Digits: 2}, "V-S price 10 11, V-L price 24.5 26.95"},
		{"cross out the present price", bulk.Operation{Kind: bulk.Cross, How: bulk.Present}, "V-S compare_at 12 10, V-L compare_at  24.5"},
		{"cross out nothing", bulk.Operation{Kind: bulk.Cross, How: bulk.None}, "V-S compare_at 12 "},
		{"five more pieces", bulk.Operation{Kind: bulk.Stock, How: bulk.Add, Number: num("5")}, "V-S stock 4 9"},
		{"set pieces", bulk.Operation{Kind: bulk.Stock, How: bulk.Set, Number: num("0")}, "V-S stock 4 0"},
		{"as many pieces as there are", bulk.Operation{Kind: bulk.Stock, How: bulk.Set, Number: num("4")}, ""},
		{"minimum stock", bulk.Operation{Kind: bulk.LowAt, Number: num("3")}, "V-S low_at 0 3, V-L low_at 0 3"},
		{"archive", bulk.Operation{Kind: bulk.State, To: "archived"}, " state draft archived"},
		{"the state it has", bulk.Operation{Kind: bulk.State, To: "draft"}, ""},
		{"tax class", bulk.Operation{Kind: bulk.Tax, To: "reduced"}, " tax_class standard reduced"},
		{"into a family", bulk.Operation{Kind: bulk.Family, How: bulk.Add, Node: vases}, " family out in"},
		{"out of a family it is not in", bulk.Operation{Kind: bulk.Family, How: bulk.Remove, Node: vases}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.op.Check(); err != nil {
				t.Fatal(err)
			}
			p := goods()
			r, err := tt.op.Apply(p)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range r.Fields {
				got = append(got, strings.Join([]string{f.SKU, f.Name, f.Before, f.After}, " "))
			}
			if strings.Join(got, ", ") != tt.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), tt.want)
			}
			if v := p.Variants[0]; !v.Price.Equal(num("10")) || !v.CompareAt.Equal(num("12")) || v.LowAt != 0 || p.State != catalog.Draft || len(p.Nodes) != 0 {
				t.Errorf("the article itself was altered: %+v", p)
			}
		})
	}
}

// ART-06: refusals say why.
func TestApply_refused(t *testing.T) {
	for _, tt := range []struct {
		name string
		op   bulk.Operation
		want string
	}{
		{"a negative price", bulk.Operation{Kind: bulk.Price, How: bulk.Amount, Number: num("-11")}, "catalog.price"},
		{"a price beyond the column", bulk.Operation{Kind: bulk.Price, How: bulk.Amount, Number: num("1000000000000")}, "catalog.price"},
		{"more pieces than there are", bulk.Operation{Kind: bulk.Stock, How: bulk.Add, Number: num("-5")}, "bulk.error.short"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := tt.op.Apply(goods())
			key := fault.KeyOf(err)
			if fields := fault.FieldsOf(err); len(fields) > 0 {
				key = fields[0].Key
			}
			if key != tt.want {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
	p := goods()
	p.Variants[0].Tracked = false
	if _, err := (bulk.Operation{Kind: bulk.Stock, How: bulk.Add, Number: num("1")}).Apply(p); !errors.Is(err, bulk.ErrUncounted) {
		t.Errorf("nothing counted: %v", err)
	}
}

// The article's other prices move with it; those in another currency and those that ended do not.
func TestApply_others(t *testing.T) {
	p := goods()
	ended := pricelist.Rule{ID: id.New[pricelist.Rule](), Price: ptr("5")}
	ended.Ended = &ended.Written
	p.Prices = []pricelist.Rule{
		{ID: id.New[pricelist.Rule](), Price: ptr("8"), Tiers: []pricelist.Tier{{From: 10, Price: num("7")}}},
		{ID: id.New[pricelist.Rule](), Price: ptr("9"), Currency: "USD"}, ended,
	}
	op := bulk.Operation{Kind: bulk.Price, How: bulk.Percent, Number: num("10"), Others: true, Digits: 2}
	r, err := op.Apply(p)
	if err != nil {
		t.Fatal(err)
	}
	got := r.After.Prices
	if !got[0].Price.Equal(num("8.8")) || !got[0].Tiers[0].Price.Equal(num("7.7")) || !got[1].Price.Equal(num("9")) || !got[2].Price.Equal(num("5")) {
		t.Errorf("%+v", got)
	}
	if !p.Prices[0].Price.Equal(num("8")) || !p.Prices[0].Tiers[0].Price.Equal(num("7")) {
		t.Error("the article itself was altered")
	}
	if f := r.Fields[len(r.Fields)-1]; f.Name != "rule" || f.Before != "8; 10: 7" || f.After != "8.8; 10: 7.7" {
		t.Errorf("%+v", f)
	}
	op.Others = false
	if r, err = op.Apply(p); err != nil || !r.After.Prices[0].Price.Equal(num("8")) {
		t.Errorf("not asked for: %v %+v", err, r.After.Prices[0])
	}
}

// The first family is the main one, and leaving it leaves none.
func TestApply_family(t *testing.T) {
	p := goods()
	step := func(how bulk.How, n catalog.NodeID) {
		t.Helper()
		r, err := bulk.Operation{Kind: bulk.Family, How: how, Node: n}.Apply(p)
		if err != nil {
			t.Fatal(err)
		}
		p = r.After
	}
	step(bulk.Add, vases)
	step(bulk.Add, cups)
	if len(p.Nodes) != 2 || p.MainNode != vases {
		t.Errorf("%v, main %v", p.Nodes, p.MainNode)
	}
	step(bulk.Remove, vases)
	if len(p.Nodes) != 1 || p.Nodes[0] != cups || !p.MainNode.IsZero() {
		t.Errorf("%v, main %v", p.Nodes, p.MainNode)
	}
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name  string
		op    bulk.Operation
		field string
	}{
		{"no kind", bulk.Operation{}, "kind"},
		{"a way of another kind", bulk.Operation{Kind: bulk.Price, How: bulk.Remove}, "how"},
		{"by nothing", bulk.Operation{Kind: bulk.Price, How: bulk.Percent}, "number"},
		{"below nothing", bulk.Operation{Kind: bulk.Price, How: bulk.Percent, Number: num("-101")}, "number"},
		{"a negative price", bulk.Operation{Kind: bulk.Price, How: bulk.Set, Number: num("-1")}, "number"},
		{"five decimals", bulk.Operation{Kind: bulk.Price, How: bulk.Amount, Number: num("0.00001")}, "number"},
		{"no ending to find", bulk.Operation{Kind: bulk.Price, How: bulk.Keep}, "ending"},
		{"an ending of one's own", bulk.Operation{Kind: bulk.Price, How: bulk.Keep, Ending: "0.42"}, "ending"},
		{"sideways", bulk.Operation{Kind: bulk.Price, How: bulk.Keep, Ending: "0.90", Toward: "aside"}, "toward"},
		{"half a piece", bulk.Operation{Kind: bulk.Stock, How: bulk.Add, Number: num("0.5")}, "number"},
		{"a negative stock", bulk.Operation{Kind: bulk.Stock, How: bulk.Set, Number: num("-1")}, "number"},
		{"no pieces more", bulk.Operation{Kind: bulk.Stock, How: bulk.Add}, "number"},
		{"a negative minimum", bulk.Operation{Kind: bulk.LowAt, Number: num("-1")}, "number"},
		{"an unknown state", bulk.Operation{Kind: bulk.State, To: "gone"}, "to"},
		{"no class", bulk.Operation{Kind: bulk.Tax}, "to"},
		{"no family", bulk.Operation{Kind: bulk.Family, How: bulk.Add}, "node"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if fields := fault.FieldsOf(tt.op.Check()); len(fields) != 1 || fields[0].Name != tt.field {
				t.Errorf("%v, want %s", fields, tt.field)
			}
		})
	}
}

// A price with an ending ends so, is within one unit of what the change gives, and never nothing; without one it is
// the change, rounded.
func TestApply_Property(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was := decimal.New(rapid.Int64Range(1, 10_000_000).Draw(t, "price"), -rapid.Int32Range(0, 4).Draw(t, "decimals"))
		op := bulk.Operation{Kind: bulk.Price, How: bulk.Percent, Number: decimal.New(rapid.Int64Range(-99, 300).Draw(t, "percent"), 0), Digits: 2,
			Ending: rapid.SampledFrom(append([]string{""}, bulk.Endings...)).Draw(t, "ending"),
			Toward: rapid.SampledFrom([]bulk.Toward{bulk.Nearest, bulk.Up, bulk.Down}).Draw(t, "toward")}
		p := goods()
		p.Variants[0].Price, p.Variants[0].CompareAt = was, nil
		r, err := op.Apply(p)
		if err != nil {
			t.Fatal(err)
		}
		now := r.After.Variants[0].Price
		exact := was.Mul(decimal.New(100, 0).Add(op.Number)).Div(decimal.New(100, 0))
		if op.Ending == "" {
			if now.Sub(exact).Abs().GreaterThan(num("0.005")) {
				t.Fatalf("%s %s %% gave %s", was, op.Number, now)
			}
			return
		}
		ends := now.Sub(now.Floor()).Equal(num(op.Ending))
		if !ends && exact.GreaterThanOrEqual(num("1")) { // below, a price might become nothing
			t.Fatalf("%s %s %% gave %s, which does not end in %s", was, op.Number, now, op.Ending)
		}
		if now.Sub(exact).Abs().GreaterThan(decimal.NewFromInt(1)) {
			t.Fatalf("%s %s %% gave %s, far from %s", was, op.Number, now, exact)
		}
		if op.Toward == bulk.Up && ends && now.LessThan(exact) || op.Toward == bulk.Down && ends && now.GreaterThan(exact) {
			t.Fatalf("%s went the wrong way from %s", now, exact)
		}
	})
}

// LANG-01
func TestLocales(t *testing.T) { i18ntest.Complete(t, bulk.Locales, "locales") }
