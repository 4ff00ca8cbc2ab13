package shipping_test

import (
	"errors"
	"testing"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

func open(t *testing.T, m shipping.Mode) *shipping.Tariff {
	t.Helper()
	if m.ID == "" {
		m.ID = "mode"
	}
	tariff, err := shipping.Builtin().Open(money.EUR, m)
	if err != nil {
		t.Fatal(err)
	}
	return tariff
}

func TestZone_Holds(t *testing.T) {
	corsica := shipping.Zone{Country: "FR", Postcodes: []string{"20*"}}
	mainland := shipping.Zone{Country: "FR", Except: []string{"20*", "97*", "98*"}}
	paris := shipping.Zone{Country: "FR", Postcodes: []string{"75001..75020", "92 200"}}
	for _, tt := range []struct {
		name string
		zone shipping.Zone
		to   pricing.Destination
		want bool
	}{
		{"a country", shipping.Zone{Country: "FR"}, pricing.Destination{Country: "FR"}, true},
		{"another", shipping.Zone{Country: "FR"}, pricing.Destination{Country: "BE"}, false},
		{"Corsica", corsica, pricing.Destination{Country: "FR", Postcode: "20 137"}, true},
		{"not Corsica", corsica, pricing.Destination{Country: "FR", Postcode: "75001"}, false},
		{"a postcode is needed", corsica, pricing.Destination{Country: "FR"}, false},
		{"mainland", mainland, pricing.Destination{Country: "FR", Postcode: "75001"}, true},
		{"mainland without a postcode", mainland, pricing.Destination{Country: "FR"}, true},
		{"overseas", mainland, pricing.Destination{Country: "FR", Postcode: "97400"}, false},
		{"first of a range", paris, pricing.Destination{Country: "FR", Postcode: "75001"}, true},
		{"last of a range", paris, pricing.Destination{Country: "FR", Postcode: "75020"}, true},
		{"after a range", paris, pricing.Destination{Country: "FR", Postcode: "75021"}, false},
		{"longer than the range", paris, pricing.Destination{Country: "FR", Postcode: "750011"}, false},
		{"one code", paris, pricing.Destination{Country: "FR", Postcode: "92200"}, true},
		{"case and hyphens", shipping.Zone{Country: "PL", Postcodes: []string{"00-9*"}}, pricing.Destination{Country: "PL", Postcode: "00-950"}, true},
		{"a region", shipping.Zone{Country: "ES", Regions: []string{"ES-PM"}}, pricing.Destination{Country: "ES", Region: "ES-PM"}, true},
		{"another region", shipping.Zone{Country: "ES", Regions: []string{"ES-PM"}}, pricing.Destination{Country: "ES", Region: "ES-M"}, false},
		{"a region as addresses write it", shipping.Zone{Country: "ES", Regions: []string{"Illes Balears"}}, pricing.Destination{Country: "ES", Region: "PM"}, true},
		{"the Union", shipping.Zone{Country: shipping.Union}, pricing.Destination{Country: "BE"}, true},
		{"not the Union", shipping.Zone{Country: shipping.Union}, pricing.Destination{Country: "CH"}, false},
		{"everywhere", shipping.Zone{Country: shipping.Everywhere}, pricing.Destination{Country: "CH"}, true},
	} {
		t.Run("SHP-10 "+tt.name, func(t *testing.T) {
			m := shipping.Mode{Calculator: "included", Zones: []shipping.Zone{tt.zone}}
			if got := open(t, m).Serves(tt.to); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestCalculators_Open(t *testing.T) {
	for _, tt := range []struct {
		name  string
		mode  shipping.Mode
		field string
	}{
		{"SHP-08 no terminal row", shipping.Mode{Calculator: "weight_scale", Values: table(form.Values{}, "5", "10.95")}, "values.beyond"},
		{"SHP-07 no terminal row", shipping.Mode{Calculator: "percent_scale", Values: table(form.Values{}, "5", "10.95")}, "values.beyond"},
		{"SHP-06 no terminal row", shipping.Mode{Calculator: "cost_scale", Values: table(form.Values{}, "5", "10.95")}, "values.beyond"},
		{"SHP-06 a terminal row of nothing", shipping.Mode{Calculator: "cost_scale", Values: table(values("beyond", "value"), "5", "10.95")}, "values.beyond_value"},
		{"SHP-08 rows that overlap", shipping.Mode{Calculator: "weight_scale", Values: table(values("beyond", "none"), "1", "5", "3", "7", "2", "9")}, "values.rows.2.up_to"},
		{"SHP-07 the same bound twice", shipping.Mode{Calculator: "percent_scale", Values: table(values("beyond", "none"), "50", "15", "50", "12")}, "values.rows.1.up_to"},
		{"SHP-06 a row below the one before", shipping.Mode{Calculator: "cost_scale", Values: table(values("beyond", "none"), "50", "15", "20", "12")}, "values.rows.1.up_to"},
		{"SHP-08 a gap: a row without its bound", shipping.Mode{Calculator: "weight_scale", Values: table(values("beyond", "none"), "1", "5", "", "7", "5", "9")}, "values.rows.1.up_to"},
		{"SHP-08 a gap: a row without its fee", shipping.Mode{Calculator: "weight_scale", Values: table(values("beyond", "none"), "1", "5", "3", "", "5", "9")}, "values.rows.1.value"},
		{"no such country", shipping.Mode{Calculator: "included", Zones: []shipping.Zone{{Country: "ZZ"}}}, "zones.0.country"},
		{"a pattern that matches nothing", shipping.Mode{Calculator: "included",
			Zones: []shipping.Zone{{Country: "FR", Postcodes: []string{"*75"}}}}, "zones.0.postcodes.0"},
		{"a range that falls", shipping.Mode{Calculator: "included",
			Zones: []shipping.Zone{{Country: "FR", Except: []string{"2..1"}}}}, "zones.0.except.0"},
		{"negative parcels", shipping.Mode{Calculator: "included", MaxParcel: num("-1")}, "max_parcel"},
		{"insurance above all", shipping.Mode{Calculator: "included",
			Insurance: shipping.Insurance{Rate: money.MustRate("101")}}, "insurance.rate"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.mode.ID = "mode"
			_, err := shipping.Builtin().Open(money.EUR, tt.mode)
			if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != tt.field {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("a calculator that is gone", func(t *testing.T) {
		_, err := shipping.Builtin().Open(money.EUR, shipping.Mode{ID: "mode", Calculator: "pigeon"})
		if !errors.Is(err, shipping.ErrUnknownCalculator) {
			t.Errorf("got %v", err)
		}
	})
}

func TestTariff_Quote(t *testing.T) {
	items := func(qty int64, weight string) shipping.Parcel {
		return shipping.Pack(money.EUR, shipping.Item{Qty: qty, Weight: num(weight), Value: eur("10.00")})
	}
	heavy := shipping.Mode{Calculator: "weight_scale", Values: weights, MaxParcel: num("5")}
	for _, tt := range []struct {
		name   string
		mode   shipping.Mode
		parcel shipping.Parcel
		want   string
		err    error
	}{
		{"SHP-08 one parcel", heavy, items(5, "1"), "10.95", nil},
		{"SHP-08 two parcels", heavy, items(6, "1"), "21.90", nil},
		{"SHP-08 three parcels of a third", heavy, items(11, "1"), "32.85", nil},
		{"SHP-08 many parcels", heavy, items(100_000, "1"), "219000.00", nil},
		{"SHP-08 an article too heavy", heavy, items(1, "5.1"), "", shipping.ErrTooHeavy},
		{"SHP-02 a flat fee is for the order", shipping.Mode{Calculator: "flat", Values: flat, MaxParcel: num("5")}, items(6, "1"), "5.90", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			quote, err := open(t, tt.mode).Quote(tt.parcel)
			if !errors.Is(err, tt.err) || tt.err == nil && quote.Amount.String() != tt.want {
				t.Errorf("got %s, %v", quote.Amount, err)
			}
		})
	}
}

func zoned(zones ...shipping.Zone) shipping.Mode {
	return shipping.Mode{Calculator: "included", Zones: zones}
}

// SHP-01: a mode says what it charges.
func TestTariff_Describe(t *testing.T) {
	for key, m := range map[string]shipping.Mode{
		"included": {Calculator: "included"}, "flat_free": {Calculator: "flat", Values: flat}, "flat": {Calculator: "flat", Values: values("fee", "1")},
		"increments": {Calculator: "increments", Values: increments}, "lines": {Calculator: "increments", Values: byLine},
		"coefficient": {Calculator: "coefficient", Values: coefficient}, "cost_scale": {Calculator: "cost_scale", Values: costs},
		"coefficient_min":    {Calculator: "coefficient", Values: values("per_unit", "1", "min", "3")},
		"coefficient_bounds": {Calculator: "coefficient", Values: values("per_unit", "1", "min", "3", "max", "9")},
		"percent_scale":      {Calculator: "percent_scale", Values: percents}, "weight_scale": {Calculator: "weight_scale", Values: weightsMore},
		"weight_scale_upto": {Calculator: "weight_scale", Values: weights},
	} {
		says, ok := open(t, m).Describe()
		if !ok || says.Key != "shipping.says."+key {
			t.Errorf("%s: %+v", key, says)
		}
	}
	if says, _ := open(t, shipping.Mode{Calculator: "weight_scale", Values: weights}).Describe(); says.Args["upto"].(i18n.Measure).Number.String() != "5" {
		t.Errorf("SHP-08 up to what: %+v", says)
	}
}

func TestTariff_Warnings(t *testing.T) {
	for _, tt := range []struct {
		name string
		mode shipping.Mode
		want int
	}{
		{"SHP-07 inversions", shipping.Mode{Calculator: "percent_scale", Values: percents}, 2},
		{"SHP-07 none when marginal", shipping.Mode{Calculator: "percent_scale", Values: marginal}, 0},
		{"SHP-08 a heavier parcel that costs less", shipping.Mode{Calculator: "weight_scale",
			Values: table(values("beyond", "none"), "1", "9", "2", "8")}, 1},
		{"SHP-08 none", shipping.Mode{Calculator: "weight_scale", Values: weights}, 0},
		{"SHP-06 falling is usual", shipping.Mode{Calculator: "cost_scale", Values: costs}, 0},
		{"SHP-08 parcels heavier than the table", shipping.Mode{Calculator: "weight_scale", Values: weights, MaxParcel: num("30")}, 1},
		{"SHP-10 a zone inside another", zoned(shipping.Zone{Country: "FR"}, shipping.Zone{Country: "FR", Postcodes: []string{"20*"}}), 1},
		{"SHP-10 the same zone twice", zoned(shipping.Zone{Country: "FR"}, shipping.Zone{Country: "FR"}), 1},
		{"SHP-10 a member state inside the Union", zoned(shipping.Zone{Country: shipping.Union}, shipping.Zone{Country: "BE"}), 1},
		{"SHP-10 the excepted part beside the rest", zoned(shipping.Zone{Country: "FR", Except: []string{"20*"}}, shipping.Zone{Country: "FR", Postcodes: []string{"20*"}}), 0},
		{"SHP-10 ranges apart", zoned(shipping.Zone{Country: "FR", Postcodes: []string{"75001..75020"}}, shipping.Zone{Country: "FR", Postcodes: []string{"69001..69009"}}), 0},
		{"SHP-10 a zone of nothing reaches nobody", zoned(shipping.Zone{Country: "FR", Postcodes: []string{"2010*"}, Except: []string{"20*"}}), 2},
		{"SHP-09 compulsory insurance at no rate", shipping.Mode{Calculator: "included", Insurance: shipping.Insurance{Compulsory: true}}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := open(t, tt.mode).Warnings(); len(got) != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
