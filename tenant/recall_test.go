package tenant_test

import (
	"testing"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/tenanttest"
)

// What is recalled is read once a page version: any change a visitor could see makes it read anew.
func TestRecall(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	reads := 0
	recall := func() int {
		t.Helper()
		n, err := tenant.Recall(t.Context(), shop, "test", func(tenant.Tx) (int, error) { reads++; return reads, nil })
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if recall() != 1 || recall() != 1 {
		t.Errorf("read %d times, want once", reads)
	}
	if n, ok := tenant.Kept[int](shop, "test"); !ok || n != 1 {
		t.Errorf("kept %d, %v", n, ok)
	}
	if err := shop.Write(t.Context(), func(tx tenant.Tx) error { tx.Touch(); return nil }); err != nil {
		t.Fatal(err)
	}
	if _, ok := tenant.Kept[int](shop, "test"); ok {
		t.Error("kept over a change")
	}
	if recall() != 2 {
		t.Error("not read anew after a change")
	}
}
