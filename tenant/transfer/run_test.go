package transfer_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/jobs/jobstest"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/tenanttest"
	"echoppe.dev/tenant/transfer"
)

// rowsOf is a file of n articles.
func rowsOf(n int, price string) string {
	var b strings.Builder
	b.WriteString("code,name.fr,sku,price,stock\n")
	for i := range n {
		fmt.Fprintf(&b, "p-%05d,Article %d,P-%05d,%s,%d\n", i, i, i, price, i%7)
	}
	return b.String()
}

// IMP-03: undo puts back what was changed and archives what was made, but for what was edited since.
func TestImporter_Undo_IMP03(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.load(rowsOf(3, "10"))
	r := d.load("code,name.fr,sku,price,stock\np-00000,Nouveau nom,P-00000,99,50\np-00001,Article 1,P-00001,98,1\nnew,Tout neuf,N-1,5,2\n")
	edited := d.product("p-00001")
	edited.Unit = "kg"
	if err := catalog.Save(t.Context(), d.shop, clerk, edited); err != nil {
		t.Fatal(err)
	}
	undone, err := d.Undo(t.Context(), d.shop, clerk, r.ID)
	if err != nil || undone.State != transfer.Undone {
		t.Fatalf("%v, %+v", err, undone)
	}
	if p := d.product("p-00000"); p.Texts["fr"].Name != "Article 0" || p.Variants[0].Price.String() != "10" || p.Variants[0].OnHand != 0 {
		t.Errorf("%+v", p)
	}
	if p := d.product("new"); p.State != catalog.Archived {
		t.Errorf("what was made is %s", p.State)
	}
	if p := d.product("p-00001"); p.Variants[0].Price.String() != "98" {
		t.Error("an edited article was put back")
	}
	if s := undone.Report.Skipped; len(s) != 1 || s[0].Code != "p-00001" || undone.Report.Counts.Undone != 2 {
		t.Errorf("%+v", undone.Report)
	}
	if _, err := d.Undo(t.Context(), d.shop, clerk, r.ID); !errors.Is(err, transfer.ErrState) {
		t.Errorf("undone twice: %v", err)
	}
}

// IMP-03: undoing takes the families and brands away that the import made, but for those that
// somebody has used since, and leaves those that were there.
func TestImporter_UndoNodes_IMP03(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.load("code,name.fr,families,taxonomy.brand,sku,price\nold,Ancien,Maison,Lune,O-1,5\n")
	r := d.load("code,name.fr,families,taxonomy.brand,sku,price\nold,Ancien,Jardin > Outils,Lune,O-1,5\n" +
		"new,Nouveau,Maison > Cuisine,Soleil,N-1,5\nother,Autre,Cave,Soleil,N-2,5\n")
	edited := d.product("other")
	edited.Unit = "kg"
	if err := catalog.Save(t.Context(), d.shop, clerk, edited); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Undo(t.Context(), d.shop, clerk, r.ID); err != nil {
		t.Fatal(err)
	}
	var names []string
	err := d.shop.Read(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Raw("select t.name from node_texts t order by t.name").Scan(&names).Error
	})
	if err != nil || strings.Join(names, " ") != "Cave Lune Maison Soleil" {
		t.Errorf("%v, %v", err, names)
	}
	if p := d.product("old"); len(p.Nodes) != 2 {
		t.Errorf("%+v", p.Nodes)
	}
}

// IMP-03: undoing goes on when a family is not there any more: one the import made and somebody deleted, and one an
// article was in before.
func TestImporter_UndoNodesGone_IMP03(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.load("code,name.fr,families,taxonomy.brand,sku,price\nold,Ancien,Maison,Lune,O-1,5\nkept,Gardé,Cave,Lune,K-1,5\n")
	r := d.load("code,name.fr,families,taxonomy.brand,sku,price\nold,Ancien,Jardin,Lune,O-1,6\nkept,Gardé,Cave,Soleil,K-1,6\nnew,Nouveau,Jardin,Soleil,N-1,5\n")
	for _, name := range []string{"Jardin", "Maison"} {
		var which string
		err := d.shop.Read(t.Context(), func(tx tenant.Tx) error {
			return tx.DB().Raw("select node_id from node_texts where name = ?", name).Scan(&which).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		n, err := id.Parse[catalog.Node](which)
		if err != nil {
			t.Fatal(err)
		}
		if err := catalog.DeleteNode(t.Context(), d.shop, clerk, n); err != nil {
			t.Fatal(err)
		}
	}
	undone, err := d.Undo(t.Context(), d.shop, clerk, r.ID)
	if err != nil || undone.State != transfer.Undone || undone.Report.Counts.Undone != 3 {
		t.Fatalf("IMP-03 %v, %+v", err, undone)
	}
	var names []string
	err = d.shop.Read(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Raw("select t.name from node_texts t order by t.name").Scan(&names).Error
	})
	if err != nil || strings.Join(names, " ") != "Cave Lune" {
		t.Errorf("IMP-03 %v, %v", err, names)
	}
	old, kept, made := d.product("old"), d.product("kept"), d.product("new")
	if !old.Variants[0].Price.Equal(amount("5")) || len(old.Nodes) != 1 || !old.MainNode.IsZero() {
		t.Errorf("IMP-03 the article whose family is gone: %+v", old)
	}
	if len(kept.Nodes) != 2 || kept.MainNode.IsZero() || made.State != catalog.Archived {
		t.Errorf("IMP-03 %+v, %+v", kept, made)
	}
}

// IMP-03: a file that was read wrongly is compared again without another upload.
func TestImporter_Recheck_IMP03(t *testing.T) {
	t.Parallel()
	d := open(t)
	registry := jobs.NewRegistry()
	d.Handle(registry, one{d.shop})
	again := func(r *transfer.Run, o transfer.Options) *transfer.Run {
		t.Helper()
		if err := d.Recheck(t.Context(), d.shop, clerk, r.ID, o); err != nil {
			t.Fatal(err)
		}
		drain(t, d.shop, registry)
		r, err := transfer.Progress(t.Context(), d.shop, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := d.check("code,name.fr,sku,price,cost\na,A,A-1,\"1,500\",2\n", transfer.Options{Decimal: "."})
	if r = again(r, transfer.Options{Separator: ";"}); r.State != transfer.Failed || r.Report.Problem != "transfer.no_key" {
		t.Fatalf("%s %+v", r.State, r.Report)
	}
	if r = again(r, transfer.Options{Decimal: ","}); r.State != transfer.Checked || r.Options.Separator != "," || r.Options.Encoding != "utf-8" || r.Report.Counts.Create != 1 {
		t.Fatalf("%s %+v %+v", r.State, r.Options, r.Report)
	}
	d.apply(r)
	if p := d.product("a"); !p.Variants[0].Price.Equal(decimal.RequireFromString("1.5")) {
		t.Errorf("price %s", p.Variants[0].Price)
	}
	if err := d.Recheck(t.Context(), d.shop, clerk, r.ID, transfer.Options{}); !errors.Is(err, transfer.ErrState) {
		t.Errorf("after writing: %v", err)
	}
	if err := d.Recheck(t.Context(), d.shop, clerk, r.ID, transfer.Options{Separator: "x"}); !errors.Is(err, transfer.ErrOptions) {
		t.Errorf("an option nobody offers: %v", err)
	}
}

// failing is a bucket whose nth Put fails, as if the process had been killed there.
type failing struct {
	blob.Bucket
	left int
}

var errKilled = errors.New("killed")

func (f *failing) Put(ctx context.Context, key string, r io.Reader, m blob.Meta) error {
	if strings.Contains(key, "/undo/") {
		if f.left--; f.left == 0 {
			return errKilled
		}
	}
	return f.Bucket.Put(ctx, key, r, m)
}

// IMP-03: an import that is killed goes on where it was; nothing is written twice.
func TestImporter_Resume_IMP03(t *testing.T) {
	t.Parallel()
	f := &failing{bucket(t), 3}
	d := &desk{transfer.New(f), t, tenanttest.Open(t)}
	const n = 1200
	r := d.check(rowsOf(n, "10"), transfer.Options{})
	if _, err := d.Apply(t.Context(), d.shop, clerk, r.ID); !errors.Is(err, errKilled) {
		t.Fatalf("got %v", err)
	}
	half, err := transfer.Progress(t.Context(), d.shop, r.ID)
	if err != nil || half.State != transfer.Running || half.Done != 1000 || d.count() != 1000 || half.Percent() != 83 {
		t.Fatalf("%v, %+v, %d articles", err, half, d.count())
	}
	if err := d.Run(t.Context(), d.shop, r.ID); err != nil {
		t.Fatal(err)
	}
	done, err := transfer.Progress(t.Context(), d.shop, r.ID)
	if err != nil || done.State != transfer.Done || done.Done != n || d.count() != n || done.Report.Counts.Written != n {
		t.Fatalf("%v, %+v", err, done)
	}
	if p := d.product("p-00003"); p.Rev != 1 {
		t.Errorf("written %d times", p.Rev)
	}
}

func TestImporter_Stages_IMP03(t *testing.T) {
	t.Parallel()
	d := open(t)
	t.Run("nothing before confirmation, then by a job", func(t *testing.T) {
		registry := jobs.NewRegistry()
		d.Handle(registry, one{d.shop})
		r, err := d.Submit(t.Context(), d.shop, clerk, transfer.Upload{Name: "a.csv", Content: strings.NewReader(rowsOf(5, "1"))})
		if err != nil || r.State != transfer.Checking {
			t.Fatalf("%v, %+v", err, r)
		}
		drain(t, d.shop, registry)
		if r, err = transfer.Progress(t.Context(), d.shop, r.ID); err != nil || r.State != transfer.Checked || d.count() != 0 || r.Total != 5 {
			t.Fatalf("%v, %+v", err, r)
		}
		if err := d.Confirm(t.Context(), d.shop, clerk, r.ID); err != nil {
			t.Fatal(err)
		}
		if err := d.Confirm(t.Context(), d.shop, clerk, r.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("confirmed twice: %v", err)
		}
		other := d.check(rowsOf(2, "3"), transfer.Options{})
		if err := d.Confirm(t.Context(), d.shop, clerk, other.ID); !errors.Is(err, transfer.ErrBusy) {
			t.Errorf("beside another: %v", err)
		}
		drain(t, d.shop, registry)
		if r, err = transfer.Progress(t.Context(), d.shop, r.ID); err != nil || r.State != transfer.Done || d.count() != 5 {
			t.Fatalf("%v, %+v", err, r)
		}
		if err := d.Cancel(t.Context(), d.shop, clerk, other.ID); err != nil {
			t.Error(err)
		}
		if _, err := d.Apply(t.Context(), d.shop, clerk, other.ID); !errors.Is(err, transfer.ErrState) {
			t.Errorf("after cancelling: %v", err)
		}
	})
	t.Run("files that are none", func(t *testing.T) {
		for name, tt := range map[string]struct {
			content string
			want    error
		}{
			"nothing": {"", transfer.ErrEmpty}, "a picture": {"\x89PNG\r\n\x1a\n\x00\x00", transfer.ErrBinary},
			"a broken workbook": {"PK\x03\x04garbage", transfer.ErrSheet},
		} {
			_, err := d.Check(t.Context(), d.shop, clerk, transfer.Upload{Name: "x", Content: strings.NewReader(tt.content)})
			if !errors.Is(err, tt.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for content, want := range map[string]string{
			"name,price\nA,1\n": "transfer.no_key", "code,sku,code\n": "transfer.column_twice", "code,name\n": "transfer.empty",
			"code,name\na,\"" + strings.Repeat("never closed ", 1<<20): "transfer.too_large",
		} {
			r := d.check(content, transfer.Options{})
			if r.State != transfer.Failed || r.Report.Problem != want {
				t.Errorf("%.20q: %s %q, want %q", content, r.State, r.Report.Problem, want)
			}
		}
	})
	t.Run("10 GB are not stored", func(t *testing.T) {
		_, err := d.Submit(t.Context(), d.shop, clerk, transfer.Upload{Name: "x", Content: io.LimitReader(endless{}, 10<<30)})
		if !errors.Is(err, transfer.ErrTooLarge) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("an option nobody offers", func(t *testing.T) {
		_, err := d.Submit(t.Context(), d.shop, clerk, transfer.Upload{Name: "x", Content: strings.NewReader("a"), Options: transfer.Options{Separator: "x"}})
		if !errors.Is(err, transfer.ErrOptions) {
			t.Errorf("got %v", err)
		}
	})
}

type endless struct{}

var endlessBlock = bytes.Repeat([]byte("a,b\n"), 64<<10)

func (endless) Read(p []byte) (int, error) { return copy(p, endlessBlock), nil }

// A file of a million rows is read in the memory of a small one. Every article has a row that is
// refused, so that what is measured is the reading.
func TestImporter_MillionRows(t *testing.T) {
	t.Parallel()
	d := open(t)
	const n = 1_000_000
	r, w := io.Pipe()
	go func() {
		out := bufio.NewWriterSize(w, 64<<10) // a pipe hands over each write by itself
		_, err := io.WriteString(out, "code,sku,price\n")
		for i := 0; i < n && err == nil; i++ {
			line := []byte(",,1\n")
			if i%1000 == 0 {
				line = fmt.Appendf(nil, "p-%d,,nothing\n", i)
			}
			_, err = out.Write(line)
		}
		_ = w.CloseWithError(errors.Join(err, out.Flush()))
	}()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	run, err := d.Check(t.Context(), d.shop, clerk, transfer.Upload{Name: "big.csv", Content: r})
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if run.Report.Counts.Error != n/1000 || run.Report.Counts.Rows != n || len(run.Report.Rows) > 1000 {
		t.Errorf("%+v, %d lines kept", run.Report.Counts, len(run.Report.Rows))
	}
	if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 400<<20 {
		t.Errorf("the heap grew by %d MB", grown>>20)
	}
}

type one struct{ shop *tenant.Shop }

func (o one) ByID(context.Context, tenant.ID) (*tenant.Shop, error) { return o.shop, nil }

func drain(t *testing.T, shop *tenant.Shop, r *jobs.Registry) {
	t.Helper()
	var schema pg.Schema
	if err := shop.Read(t.Context(), func(tx tenant.Tx) error { schema = tx.Schema(); return nil }); err != nil {
		t.Fatal(err)
	}
	for _, done := range jobstest.Drain(t, schema, r) {
		if done.Err != nil {
			t.Error(done.Err)
		}
	}
}
