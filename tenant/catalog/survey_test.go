package catalog_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/tenanttest"
)

// CAT-07: a survey names the articles of all pages of a list in their order, and counts the same filters.
func TestReadSurvey(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	for i := range 7 {
		p := shirt(fmt.Sprintf("s%d", i), fmt.Sprintf("Chemise %d", (i*3)%7))
		p.Position = (i * 5) % 7
		if i%2 == 0 {
			p.Variants[0].OnHand = 0
		}
		save(t, shop, p)
	}
	for name, q := range map[string]catalog.Query{
		"everything": {}, "by name": {Sort: catalog.ByName}, "by price": {Sort: catalog.PriceUp}, "newest": {Sort: catalog.Newest},
		"filtered": {Options: map[string][]string{"colour": {"red"}, "size": {"s"}}},
		"nothing":  {Options: map[string][]string{"colour": {"green"}}},
	} {
		t.Run(name, func(t *testing.T) {
			q.Locale, q.Fallback, q.PerPage, q.Facets = "fr", "fr", 3, true
			var want catalog.Survey
			for q.Page = 1; q.Page < 5; q.Page++ {
				var found catalog.Listing
				err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) { found, err = catalog.List(tx, q); return err })
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range found.Cards {
					want.IDs = append(want.IDs, c.ID)
				}
				if found.Total > 0 {
					want.Total, want.Facets = found.Total, found.Facets
				}
			}
			var got catalog.Survey
			err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) {
				got, err = catalog.ReadSurvey(tx, q)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
