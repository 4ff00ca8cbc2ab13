package tax_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/tax"
)

func TestTable_Union(t *testing.T) {
	// Standard rates of 2026, Taxes in Europe Database.
	standard := map[string]string{
		"AT": "20", "BE": "21", "BG": "20", "CY": "19", "CZ": "21", "DE": "19", "DK": "25", "EE": "24", "ES": "21",
		"FI": "25.5", "FR": "20", "GR": "24", "HR": "25", "HU": "27", "IE": "23", "IT": "22", "LT": "21", "LU": "17",
		"LV": "21", "MT": "18", "NL": "21", "PL": "23", "PT": "23", "RO": "21", "SE": "25", "SI": "22", "SK": "23",
	}
	for _, state := range address.Union() {
		row, ok := tax.Builtin().Find(state, tax.Standard, "2026-03-02")
		if !ok || row.Rate.String() != standard[state] {
			t.Errorf("LAW-04 %s: %s, want %s", state, row.Rate, standard[state])
		}
	}
	if len(standard) != len(address.Union()) {
		t.Errorf("%d states, want %d", len(standard), len(address.Union()))
	}
}

// TestTable_Sane holds every row against what the Directive allows: standard rates
// of at least 15 % (art. 97), reduced ones of at least 5 % (art. 98) except for the
// classes that are called otherwise, each with its source and in order.
func TestTable_Sane(t *testing.T) {
	least := map[pricing.Class]int64{tax.Standard: 15, tax.Intermediate: 5, tax.Reduced: 5}
	for _, territory := range tax.Builtin().Territories() {
		var last tax.Row
		for _, row := range tax.Builtin().Rows(territory) {
			if row.Source == "" {
				t.Errorf("LAW-04 %+v has no source", row)
			}
			if row.Class == last.Class && row.From <= last.From {
				t.Errorf("%+v does not follow %+v", row, last)
			}
			inUnion := address.EU(territory)
			if bound := decimal.NewFromInt(least[row.Class]); inUnion && !row.Closed && row.Rate.Percent().LessThan(bound) {
				t.Errorf("%+v is below %s %%", row, bound)
			}
			last = row
		}
		// On any day a dearer class is not cheaper.
		for _, day := range []string{"2021-06-01", "2024-06-01", "2025-09-01", "2026-03-02"} {
			before := money.MustRate("100")
			for _, class := range tax.Classes() {
				row, ok := tax.Builtin().Find(territory, class, day)
				if ok && row.Rate.Percent().GreaterThan(before.Percent()) {
					t.Errorf("%s on %s: %s costs %s, the class before %s", territory, day, class, row.Rate, before)
				}
				before = row.Rate
			}
		}
	}
}

func TestTable_Find(t *testing.T) {
	own := tax.Builtin().With(
		tax.Row{Territory: "FR", Class: "books", Rate: money.MustRate("5.5"), From: "2012-01-01"},
		tax.Row{Territory: "FR", Class: "books", Rate: money.MustRate("6"), From: "2026-07-01"},
		tax.Row{Territory: "DE", Class: tax.Zero, Rate: money.MustRate("7"), From: "2012-01-01"},
		tax.Row{Territory: "FR", Class: tax.Standard, Rate: money.MustRate("21"), From: "2026-12-01"},
	)
	for _, tt := range []struct {
		name      string
		table     *tax.Table
		territory string
		class     pricing.Class
		day       string
		want      string // "" for unknown
	}{
		{"the upper reduced rate", tax.Builtin(), "FR", tax.Intermediate, "2026-03-02", "10"},
		{"the lower reduced rate", tax.Builtin(), "FR", tax.Reduced, "2026-03-02", "5.5"},
		{"below five per cent", tax.Builtin(), "FR", tax.SuperReduced, "2026-03-02", "2.1"},
		{"a class the state lacks is the next dearer", tax.Builtin(), "DE", tax.SuperReduced, "2026-03-02", "7"},
		{"a state with one rate", tax.Builtin(), "DK", tax.Reduced, "2026-03-02", "25"},
		{"a rate that was abolished", tax.Builtin(), "RO", tax.Intermediate, "2026-03-02", "21"},
		{"and the day before", tax.Builtin(), "RO", tax.Intermediate, "2025-07-31", "9"},
		{"a rate for half a year", tax.Builtin(), "DE", tax.Standard, "2020-08-01", "16"},
		{"nothing", tax.Builtin(), "FR", tax.Zero, "2026-03-02", "0"},
		{"exempt", tax.Builtin(), "US", tax.Exempt, "2026-03-02", "0"},
		{"no class is the standard one", tax.Builtin(), "FR", "", "2026-03-02", "20"},
		{"a part of a state", tax.Builtin(), "PT/madeira", tax.Reduced, "2026-03-02", "4"},
		{"a part of a state without rates of its own", tax.Builtin(), "FR/corsica", tax.Standard, "2026-03-02", "20"},
		{"an unknown state", tax.Builtin(), "US", tax.Standard, "2026-03-02", ""},
		{"a class of one's own", own, "FR", "books", "2026-03-02", "5.5"},
		{"a class of one's own, later", own, "FR", "books", "2026-07-01", "6"},
		{"a class of one's own, elsewhere", own, "DE", "books", "2026-03-02", "19"},
		{"a rate of one's own before its day", own, "FR", tax.Standard, "2026-11-30", "20"},
		{"and from its day on", own, "FR", tax.Standard, "2026-12-01", "21"},
		{"a class overruled", own, "DE", tax.Zero, "2026-03-02", "7"},
	} {
		t.Run("LAW-04 "+tt.name, func(t *testing.T) {
			row, ok := tt.table.Find(tt.territory, tt.class, tt.day)
			if ok != (tt.want != "") || ok && row.Rate.String() != tt.want {
				t.Errorf("got %s %v, want %q", row.Rate, ok, tt.want)
			}
		})
	}
	if row, _ := tax.Builtin().Find("DE", tax.Zero, "2026-03-02"); !row.Rate.IsZero() {
		t.Error("With changed the table it was called on")
	}
}
