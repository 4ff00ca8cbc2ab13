package catalog_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/tenanttest"
)

// The short way in leaves nothing behind that the long way would have written.
func TestInsertAll_LikeSaveAll_IMP03(t *testing.T) {
	t.Parallel()
	one, other := tenanttest.Open(t), tenanttest.Open(t)
	make := func() []*catalog.Product {
		a, b := shirt("a", "Chemise"), shirt("b", "Chemise")
		was, cost := dec("30"), dec("7.25")
		a.Variants[1].CompareAt, a.Variants[1].Cost, a.Variants[1].Price = &was, &cost, dec("12.5")
		a.Variants[0].Active = false
		b.Variants[0].Tracked, b.Variants[1].OnHand = false, 0
		for i := range b.Variants {
			b.Variants[i].Active = i > 0
		}
		day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
		b.AvailableOn, b.Unit = &day, "kg"
		return []*catalog.Product{a, b}
	}
	type numbers struct {
		Code             string
		PriceMin         decimal.Decimal
		PriceMax         decimal.Decimal
		CompareMin       *decimal.Decimal
		Available        bool
		VariantCount     int
		Folded, Search   string
		Moves, Published int
	}
	read := func(shop *tenant.Shop, save func(tenant.Tx, []*catalog.Product) error) (rows []numbers, found []*catalog.Product) {
		products := make()
		if err := shop.Write(t.Context(), func(tx tenant.Tx) error { return save(tx, products) }); err != nil {
			t.Fatal(err)
		}
		err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) {
			if found, err = catalog.ListAfter(tx, "", 10); err != nil {
				return err
			}
			return tx.DB().Raw(`select p.code, p.price_min, p.price_max, p.compare_min, p.available, p.variant_count, t.folded,
				t.search::text as search, (select count(*) from stock_moves m join variants v on v.id = m.variant_id where v.product_id = p.id) as moves
				from products p join product_texts t on t.product_id = p.id order by p.code, t.locale`).Scan(&rows).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		return rows, found
	}
	longRows, long := read(one, catalog.SaveAll)
	shortRows, short := read(other, catalog.InsertAll)
	if diff := cmp.Diff(longRows, shortRows, cmp.Comparer(decimal.Decimal.Equal)); diff != "" {
		t.Error(diff)
	}
	same := cmp.Options{cmp.Comparer(decimal.Decimal.Equal), cmpopts.EquateEmpty(), cmp.FilterPath(func(p cmp.Path) bool {
		switch p.Last().String() {
		case ".ID", ".CreatedAt", ".UpdatedAt", ".PublishedAt", ".Since":
			return true
		}
		return false
	}, cmp.Ignore())}
	if diff := cmp.Diff(long, short, same); diff != "" {
		t.Error(diff)
	}
	if len(longRows) != 4 || longRows[0].Moves != 4 || longRows[2].Moves != 3 {
		t.Errorf("%+v", longRows)
	}
}
