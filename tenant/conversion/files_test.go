package conversion_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/blob/fs"
	"echoppe.dev/tenant/bulk"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/transfer"
)

// CUR-01: files and changes of many articles from before are in the old currency: what was checked is not written any
// more, and what was written is not put back. Those of afterwards are.
func TestConvert_FilesFromBefore(t *testing.T) {
	t.Parallel()
	h := open(t)
	bucket, err := fs.Open(fs.Config{Dir: t.TempDir()})
	h.must(err)
	files := transfer.New(bucket)
	changes := files.Editor()
	check := func(sku, price string) *transfer.Run {
		t.Helper()
		r, err := files.Check(t.Context(), h.Shop, who, transfer.Upload{Name: "a.csv", Content: strings.NewReader("code,name.fr,sku,price\n" + sku + ",Nom," + sku + "," + price + "\n")})
		h.must(err)
		if r.State != transfer.Checked {
			t.Fatalf("IMP-03 %s %+v", r.State, r.Report)
		}
		return r
	}
	dearer := func() *transfer.Run {
		t.Helper()
		r, err := changes.Submit(t.Context(), h.Shop, who, transfer.Edit{Articles: []catalog.ProductID{h.product().ID},
			Operation: bulk.Operation{Kind: bulk.Price, How: bulk.Percent, Number: dec("10"), Digits: 2}})
		h.must(err)
		h.must(files.Run(t.Context(), h.Shop, r.ID))
		return r
	}
	write := func(r *transfer.Run) *transfer.Run {
		t.Helper()
		h.must(changes.Confirm(t.Context(), h.Shop, who, r.ID))
		h.must(files.Run(t.Context(), h.Shop, r.ID))
		return r
	}

	written, err := files.Apply(t.Context(), h.Shop, who, check("vase", "20").ID)
	h.must(err)
	changed := write(dearer())
	checked, meant := check("bowl", "30"), dearer()
	h.Pass(time.Minute)
	h.convert(plan("0.5"))
	h.Pass(time.Minute)

	for name, try := range map[string]func() error{
		"a file that was checked is written": func() error { _, err := files.Apply(t.Context(), h.Shop, who, checked.ID); return err },
		"or by a job":                        func() error { return files.Confirm(t.Context(), h.Shop, who, checked.ID) },
		"an import is undone":                func() error { _, err := files.Undo(t.Context(), h.Shop, who, written.ID); return err },
		"a change is written":                func() error { return changes.Confirm(t.Context(), h.Shop, who, meant.ID) },
		"a change is undone":                 func() error { return changes.Undo(t.Context(), h.Shop, who, changed.ID) },
	} {
		if err := try(); !errors.Is(err, transfer.ErrCurrency) {
			t.Errorf("CUR-01 IMP-03 ART-06 %s: %v", name, err)
		}
	}
	if got := h.product().Variants[0].Price; !got.Equal(dec("5.5")) {
		t.Fatalf("CUR-01 the lamp costs %s", got)
	}
	again := write(dearer())
	if got := h.product().Variants[0].Price; !got.Equal(dec("6.05")) {
		t.Errorf("ART-06 a change in francs makes it %s", got)
	}
	h.must(changes.Undo(t.Context(), h.Shop, who, again.ID))
	h.must(files.Run(t.Context(), h.Shop, again.ID))
	if got := h.product().Variants[0].Price; !got.Equal(dec("5.5")) {
		t.Errorf("ART-06 undone it costs %s", got)
	}
}
