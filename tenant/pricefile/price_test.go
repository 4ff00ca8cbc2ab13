package pricefile_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/pricefile"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func worked(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/worked.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func read(t *testing.T, text string) *pricefile.File {
	t.Helper()
	f, err := pricefile.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func price(t *testing.T, text string) *pricefile.Answer {
	t.Helper()
	a, err := read(t, text).Price()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// The whole answer to the worked example, byte for byte: outside checkers read it. CAT-05 CUR-03 DSC-03 SHP-08 PAY-08
func TestFile_Price(t *testing.T) {
	got, err := json.MarshalIndent(price(t, worked(t)), "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	const path = "testdata/worked.golden"
	if *update {
		if err := os.WriteFile(path, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
		t.Error(diff)
	}
}

func TestFile_Price_adds(t *testing.T) {
	a := price(t, worked(t))
	rows, shown, i := money.Zero(money.EUR), money.Zero(a.Shown.Currency), 0
	for _, r := range a.Rows {
		if !r.Included {
			rows, shown = rows.Add(r.Amount), shown.Add(a.Shown.Rows[i])
			i++
		}
	}
	if !rows.Equal(a.Totals.ToPay) || !shown.Equal(a.Shown.ToPay) || i != len(a.Shown.Rows) {
		t.Errorf("rows come to %s of %s, shown to %s of %s", rows, a.Totals.ToPay, shown, a.Shown.ToPay)
	}
	if a.Charged.Settlement.Amount.Currency().Code() != "EUR" {
		t.Errorf("CUR-03: charged in %s; yen are not accepted, euros are the shop's own", a.Charged.Settlement.Amount.Currency())
	}
	f := read(t, worked(t))
	slices.Reverse(f.Basket.Lines)
	turned, err := f.Price()
	if err != nil || !turned.Totals.ToPay.Equal(a.Totals.ToPay) {
		t.Errorf("with its lines in another order it costs %s, %v", turned.Totals.ToPay, err)
	}
}

// What a file says is what is priced: it survives being written and read.
func TestFile_RoundTrip(t *testing.T) {
	f := read(t, worked(t))
	text, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(price(t, worked(t)).Trace.String(), price(t, string(text)).Trace.String()); diff != "" {
		t.Error(diff)
	}
}

func TestRead_refuses(t *testing.T) {
	change := func(old, to string) string {
		text := worked(t)
		if strings.Count(text, old) == 0 {
			t.Fatalf("%s is not in the example", old)
		}
		return strings.Replace(text, old, to, 1)
	}
	for name, tt := range map[string]struct {
		text string
		want *fault.Error
	}{
		"no JSON":         {"basket: 1", pricefile.ErrUnreadable},
		"nothing":         {"", pricefile.ErrUnreadable},
		"no version":      {"{}", pricefile.ErrVersion},
		"a later version": {change(`"version": 1`, `"version": 2`), pricefile.ErrVersion},
		"two documents":   {worked(t) + "{}", pricefile.ErrUnreadable},
		"too long":        {`{"version": 1, "basket": "` + strings.Repeat("x", pricefile.MaxBytes) + `"}`, pricefile.ErrTooLong},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := pricefile.Read(strings.NewReader(tt.text)); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
	t.Run("what is of another shape, without our types", func(t *testing.T) {
		for text, want := range map[string]string{"[]": "unexpected array at the top", `{"version": "one"}`: "unexpected string at version"} {
			if _, err := pricefile.Read(strings.NewReader(text)); fault.ArgsOf(err)["problem"] != want {
				t.Errorf("%s: %v, want %q", text, fault.ArgsOf(err), want)
			}
		}
	})
	const unit = `{"amount": "50.00", "currency": "EUR"}`
	for name, tt := range map[string]struct{ text, field, key string }{
		"an unknown field":              {change(`"codes"`, `"coupons"`), "basket.coupons", "price_file.unknown_field"},
		"a field in capitals":           {change(`"codes"`, `"Codes"`), "basket.Codes", "price_file.unknown_field"},
		"an unknown rule's field":       {change(`"off"`, `"of"`), "rules.discount.rules.0.of", "price_file.unknown_field"},
		"an unknown field of an amount": {change(unit, `{"amount": "50.00", "currency": "EUR", "x": 1}`), "basket.lines.0.unit.amount.x", "price_file.unknown_field"},
		"a decimal comma":               {change(`"50.00"`, `"50,00"`), "basket.lines.0.unit.amount.amount", "price_file.amount"},
		"an amount in no quotes":        {change(`"50.00"`, `50.00`), "basket.lines.0.unit.amount.amount", "price_file.amount"},
		"an amount that is a text":      {change(unit, `"50.00"`), "basket.lines.0.unit.amount", "price_file.amount"},
		"an amount without a number":    {change(unit, `{"currency": "EUR"}`), "basket.lines.0.unit.amount", "price_file.amount"},
		"an unknown currency":           {change(unit, `{"amount": "50.00", "currency": "EURO"}`), "basket.lines.0.unit.amount.currency", "price_file.currency"},
		"a weight with a comma":         {change(`"1.80"`, `"1,80"`), "basket.lines.0.weight", "price_file.number"},
		"a rate with a comma":           {change(`"rate": "10"`, `"rate": "10,5"`), "rules.discount.rules.0.off.rate", "price_file.number"},
		"a fee with a comma":            {change(`"3.00"`, `"3,00"`), "rules.payment.0.fee.fixed.amount", "price_file.amount"},
		"a rule of a later version":     {change(`"id": "spring"`, `"version": 9, "id": "spring"`), "rules.discount.rules.0", "discount.error.version"},
		"a list for a number":           {change(`"weight": "1.80"`, `"weight": [1.80]`), "basket.lines.0.weight", "price_file.number"},
		"a part of an article":          {change(`"qty": 1`, `"qty": 1.5`), "basket.lines.0.qty", "price_file.shape"},
		"a day without a time":          {change(`"2026-03-02T12:00:00Z"`, `"2026-03-02"`), "basket.at", "price_file.time"},
		"a field twice":                 {change(`"qty": 1`, `"qty": 1, "qty": 2`), "basket.lines.0.qty", "price_file.twice"},
		"an amount's number twice":      {change(`"amount": "50.00"`, `"amount": "50.00", "amount": "5.00"`), "basket.lines.0.unit.amount.amount", "price_file.twice"},
		"a language twice":              {change(`{"fr": "Colissimo"}`, `{"fr": "Colissimo", "fr": "Poste"}`), "rules.shipping.0.name.fr", "price_file.twice"},
		"a row's column twice":          {change(`"up_to": "0.5"`, `"up_to": "0.5", "up_to": "0.6"`), "rules.shipping.0.values.rows.0.up_to", "price_file.twice"},
		"the version twice":             {change(`"version": 1`, `"version": 1, "version": 1`), "version", "price_file.twice"},
		"nested without end":            {change(`"4.95"`, strings.Repeat("[", 50)+strings.Repeat("]", 50)), "rules.shipping.0.values.rows.0.value" + strings.Repeat(".0", 34), "price_file.deep"},
		"an unknown way to send":        {change(`"mode": "colissimo"`, `"mode": "colisimo"`), "basket.shipping.mode", "price_file.unknown_carriage"},
		"an unknown way to pay":         {change(`"payment": {"method": "cod"}`, `"payment": {"method": "card"}`), "basket.payment.method", "price_file.unknown_payment"},
	} {
		t.Run("CAT-05 "+name, func(t *testing.T) {
			_, err := pricefile.Read(strings.NewReader(tt.text))
			if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != tt.field || fields[0].Key != tt.key {
				t.Errorf("got %v, want %s %s", err, tt.field, tt.key)
			}
		})
	}
	for name, tt := range map[string]struct{ text, field string }{
		"a price beyond all": {change(`"50.00"`, `"1000000000000.01"`), "basket.lines.0.unit"},
		"a fee with a comma": {change(`"value": "4.95"`, `"value": "4,95"`), "rules.shipping.0.values.rows.0.value"},
		"no lines' price":    {change(`"amount": "50.00", "currency": "EUR"`, `"amount": "50.00", "currency": "CHF"`), "basket.lines.0.unit"},
		"a negative price":   {change(`"amount": "50.00"`, `"amount": "-50.00"`), "basket.lines.0.unit"},
		"a time zone":        {change("Europe/Paris", "Europe/Lutetia"), "rules.time_zone"},
		"no home":            {change(`"home": {"country": "FR"}`, `"home": {"country": ""}`), "rules.tax.home.country"},
		"a scale that dips":  {change(`{"up_to": "1", "value": "6.25"}`, `{"up_to": "0.4", "value": "6.25"}`), "rules.shipping.0.values.rows.1.up_to"},
		"a rate above all":   {change(`"rate": "10"`, `"rate": "101"`), "rules.discount.rules.0.off.rate"},
		"no exchange rate":   {change(`"factor": "0.95"`, `"factor": "0"`), "currencies.rate.CHF"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(t, tt.text).Price()
			if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != tt.field {
				t.Errorf("got %v (%v), want %s", err, fields, tt.field)
			}
		})
	}
	if a := price(t, change(`"50.00"`, `"1000000000000"`)); a.Lines[0].Goods.Net.String() != "1000000000000.00" {
		t.Errorf("CAT-05 the dearest article costs %s", a.Lines[0].Goods.Net)
	}
	if _, err := read(t, change(`"display": {"currency": "JPY"}`, `"display": {"currency": "KWD"}`)).Price(); !errors.Is(err, currency.ErrNoRate) {
		t.Errorf("a currency without a rate: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	text, err := os.ReadFile("testdata/worked.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Fuzz(func(t *testing.T, text []byte) {
		file, err := pricefile.Read(bytes.NewReader(text))
		if err != nil {
			return
		}
		if a, err := file.Price(); err == nil && a.Totals.ToPay.IsNegative() {
			t.Errorf("to pay: %s", a.Totals.ToPay)
		}
	})
}

func TestWords(t *testing.T) {
	c := i18ntest.Complete(t, os.DirFS("."), "locales")
	for _, err := range []*fault.Error{pricefile.ErrUnreadable, pricefile.ErrVersion, pricefile.ErrTooLong} {
		i18ntest.Used(t, c, err.Key())
	}
	i18ntest.Used(t, c, "price_file.carriage", "price_file.payment", "price_file.unknown_profile", "price_file.unknown_carriage", "price_file.unknown_payment")
	for _, what := range []string{"unknown_field", "twice", "amount", "number", "currency", "time", "shape", "deep"} {
		i18ntest.Used(t, c, "price_file."+what)
	}
}
