package catalog_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/tenanttest"
)

// ART-06: all that a list finds, on whatever page, and by likeness where it finds by likeness.
func TestPick_ART06(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	var all []*catalog.Product
	for i := range 250 {
		name, state := fmt.Sprintf("Kaffeemühle %03d", i), catalog.Published
		if i%5 == 0 {
			name, state = fmt.Sprintf("Vase %03d", i), catalog.Archived
		}
		all = append(all, &catalog.Product{Code: fmt.Sprintf("p-%03d", i), State: state, Kind: catalog.Physical, TaxClass: "standard",
			Texts: map[i18n.Locale]catalog.Text{i18n.German: {Name: name}}, Variants: []catalog.Variant{{SKU: fmt.Sprintf("P-%03d", i), Price: decimal.NewFromInt(1), Active: true}}})
	}
	if err := shop.Write(t.Context(), func(tx tenant.Tx) error { return catalog.InsertAll(tx, all) }); err != nil {
		t.Fatal(err)
	}
	current := []catalog.State{catalog.Draft, catalog.Published}
	for _, tt := range []struct {
		name  string
		q     catalog.Query
		limit int
		want  int
	}{
		{"all", catalog.Query{States: current}, 1000, 200},
		{"a state", catalog.Query{States: []catalog.State{catalog.Archived}}, 1000, 50},
		{"words", catalog.Query{States: current, Search: "kaffeemühle"}, 1000, 200},
		{"words that are misspelt", catalog.Query{States: current, Search: "kafemule"}, 1000, 200},
		{"a number", catalog.Query{States: current, Search: " P-007 "}, 1000, 1},
		{"nothing", catalog.Query{States: current, Search: "zzzzzz"}, 1000, 0},
		{"one more than asked for", catalog.Query{States: current}, 30, 31},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := shop.Read(t.Context(), func(tx tenant.Tx) error {
				tt.q.Locale, tt.q.Fallback, tt.q.PerPage = i18n.German, i18n.German, 1
				got, err := catalog.Pick(tx, tt.q, tt.limit)
				if err != nil {
					return err
				}
				list, err := catalog.List(tx, tt.q)
				if len(got) != tt.want || tt.want < tt.limit && list.Total != tt.want {
					t.Errorf("picked %d, the list finds %d, want %d", len(got), list.Total, tt.want)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}
