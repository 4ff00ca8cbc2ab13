package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bulk"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/tenanttest"
	"echoppe.dev/tenant/transfer"
)

func amount(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// all are the articles of a shop, by name.
func (d *desk) all() (ids []catalog.ProductID) {
	d.t.Helper()
	err := d.shop.Read(context.Background(), func(tx tenant.Tx) (err error) {
		ids, err = catalog.Pick(tx, catalog.Query{States: []catalog.State{catalog.Draft, catalog.Published}}, transfer.MaxEdit)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return ids
}

// edits is the editor of a shop with the job that goes on with its runs.
type edits struct {
	*transfer.Editor
	*desk
	registry *jobs.Registry
}

func (d *desk) edits() *edits {
	e := &edits{d.Importer.Editor(), d, jobs.NewRegistry()}
	d.Handle(e.registry, one{d.shop})
	return e
}

func (e *edits) work() { e.t.Helper(); drain(e.t.(*testing.T), e.shop, e.registry) }

func (e *edits) see(r *transfer.Run) *transfer.Run {
	e.t.Helper()
	now, err := e.Editor.Progress(context.Background(), e.shop, r.ID)
	if err != nil {
		e.t.Fatal(err)
	}
	return now
}

func (e *edits) preview(op bulk.Operation, ids ...catalog.ProductID) *transfer.Run {
	e.t.Helper()
	r, err := e.Editor.Submit(context.Background(), e.shop, clerk, transfer.Edit{Operation: op, Articles: ids})
	if err != nil {
		e.t.Fatal(err)
	}
	return r
}

func (e *edits) confirm(r *transfer.Run) *transfer.Run {
	e.t.Helper()
	if err := e.Editor.Confirm(context.Background(), e.shop, clerk, r.ID); err != nil {
		e.t.Fatal(err)
	}
	e.work()
	return e.see(r)
}

func (e *edits) undo(r *transfer.Run) *transfer.Run {
	e.t.Helper()
	if err := e.Editor.Undo(context.Background(), e.shop, clerk, r.ID); err != nil {
		e.t.Fatal(err)
	}
	e.work()
	return e.see(r)
}

var threeUp = bulk.Operation{Kind: bulk.Price, How: bulk.Percent, Number: amount("3"), Ending: "0.90", Toward: bulk.Up, Digits: 2}

// ART-06 SEC-03: 5,000 articles "+3 % rounded to .90": previewed, written by a job that is killed on its way, and
// undone; what somebody changed after the preview, or after the change, is his.
func TestEditor_ART06(t *testing.T) {
	t.Parallel()
	f := &failing{bucket(t), 0}
	d := &desk{transfer.New(f), t, tenanttest.Open(t)}
	const n = 5000
	d.load(rowsOf(n, "10"))
	e := d.edits()

	r := e.preview(threeUp, d.all()...)
	if r.State != transfer.Checking || r.Total != n {
		t.Fatalf("ART-06 %s, %d articles", r.State, r.Total)
	}
	e.work()
	if r = e.see(r); r.State != transfer.Checked || r.Report.Counts.Update != n || r.Total != n {
		t.Fatalf("ART-06 preview: %s %+v", r.State, r.Report.Counts)
	}
	if l := r.Report.Rows[0]; l.Code != "p-00000" || l.Column != "price" || l.Before != "10" || l.After != "10.9" {
		t.Errorf("ART-06 first line %+v", l)
	}
	if p := d.product("p-00000"); !p.Variants[0].Price.Equal(amount("10")) {
		t.Fatal("the preview wrote")
	}

	meant := d.product("p-00007") // somebody else changes it meanwhile
	meant.Variants[0].Price = amount("99")
	if err := catalog.Save(t.Context(), d.shop, clerk, meant); err != nil {
		t.Fatal(err)
	}
	f.left = 6 // the process is killed in the middle
	if err := e.Editor.Confirm(t.Context(), d.shop, clerk, r.ID); err != nil {
		t.Fatal(err)
	}
	if err := e.Run(t.Context(), d.shop, r.ID); !errors.Is(err, errKilled) {
		t.Fatalf("got %v", err)
	}
	if half := e.see(r); half.State != transfer.Running || half.Done != 2500 || half.Percent() != 50 {
		t.Fatalf("half way: %s %d", half.State, half.Done)
	}
	e.work()
	if r = e.see(r); r.State != transfer.Done || r.Report.Counts.Written != n-1 {
		t.Fatalf("written: %s %+v", r.State, r.Report.Counts)
	}
	if l := r.Report.Failed; len(l) != 1 || l[0].Code != "p-00007" || l[0].Problem != "transfer.changed_since" {
		t.Errorf("refused: %+v", l)
	}
	p := d.product("p-00003")
	if v := p.Variants[0]; !v.Price.Equal(amount("10.90")) || p.Rev != 2 || len(v.Past) != 1 || !v.Past[0].Price.Equal(amount("10")) {
		t.Errorf("LAW-03 written %d times, %+v", p.Rev-1, v)
	}

	p.Unit = "kg" // edited since: stays
	if err := catalog.Save(t.Context(), d.shop, clerk, p); err != nil {
		t.Fatal(err)
	}
	if r = e.undo(r); r.State != transfer.Undone || r.Report.Counts.Undone != n-2 || r.Report.Counts.Kept != 1 || r.Report.Skipped[0].Code != "p-00003" {
		t.Fatalf("SEC-03 undone: %s %+v %+v", r.State, r.Report.Counts, r.Report.Skipped)
	}
	for code, want := range map[string]string{"p-00000": "10", "p-04999": "10", "p-00003": "10.9", "p-00007": "99"} {
		if v := d.product(code).Variants[0]; !v.Price.Equal(amount(want)) {
			t.Errorf("SEC-03 %s costs %s, want %s", code, v.Price, want)
		}
	}
	var lines []string
	err := d.shop.Read(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Raw("select action from audit where subject = ? order by at, id", "run/"+r.ID.String()).Scan(&lines).Error
	})
	if err != nil || strings.Join(lines, " ") != "bulk.confirmed bulk.undone" {
		t.Errorf("SEC-02 journal %v, %v", lines, err)
	}
	if err := e.Editor.Undo(t.Context(), d.shop, clerk, r.ID); !errors.Is(err, transfer.ErrState) {
		t.Errorf("undone twice: %v", err)
	}
}

// ART-06: every kind of change, previewed, written and undone; counts say what is not.
func TestEditor_kinds(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.load("code,state,name.fr,families,sku,price,stock,price_includes_tax\n" +
		"a,draft,A,Maison,A-1,10,5,yes\nb,draft,B,Jardin,B-1,20,,yes\nc,published,C,Jardin,C-1,0.5,2,yes\n")
	e := d.edits()
	garden := d.product("b").Nodes[0]
	for _, tt := range []struct {
		name                  string
		op                    bulk.Operation
		update, same, refused int
		done, undone          string
		of                    string
		say                   func(*catalog.Product) string
		problem               string
	}{
		{"price", bulk.Operation{Kind: bulk.Price, How: bulk.Amount, Number: amount("-1"), Digits: 2}, 2, 0, 1, "9", "10", "a", price, "catalog.price"},
		{"crossed out", bulk.Operation{Kind: bulk.Cross, How: bulk.Present}, 3, 0, 0, "10", "<nil>", "a",
			func(p *catalog.Product) string { return fmt.Sprint(p.Variants[0].CompareAt) }, ""},
		{"pieces", bulk.Operation{Kind: bulk.Stock, How: bulk.Add, Number: amount("7")}, 2, 0, 1, "12", "5", "a", pieces, "bulk.error.uncounted"},
		{"pieces set", bulk.Operation{Kind: bulk.Stock, How: bulk.Set, Number: amount("2")}, 1, 1, 1, "2", "5", "a", pieces, "bulk.error.uncounted"},
		{"too few pieces", bulk.Operation{Kind: bulk.Stock, How: bulk.Add, Number: amount("-3")}, 1, 0, 2, "2", "5", "a", pieces, "bulk.error.uncounted"},
		{"state", bulk.Operation{Kind: bulk.State, To: "published"}, 2, 1, 0, "published", "draft", "b", func(p *catalog.Product) string { return string(p.State) }, ""},
		{"tax class", bulk.Operation{Kind: bulk.Tax, To: "reduced"}, 3, 0, 0, "reduced", "standard", "b", func(p *catalog.Product) string { return p.TaxClass }, ""},
		{"family", bulk.Operation{Kind: bulk.Family, How: bulk.Add, Node: garden}, 1, 2, 0, "2", "1", "a", func(p *catalog.Product) string { return fmt.Sprint(len(p.Nodes)) }, ""},
		{"out of a family", bulk.Operation{Kind: bulk.Family, How: bulk.Remove, Node: garden}, 2, 1, 0, "0", "1", "b", func(p *catalog.Product) string { return fmt.Sprint(len(p.Nodes)) }, ""},
		{"minimum stock", bulk.Operation{Kind: bulk.LowAt, Number: amount("4")}, 3, 0, 0, "4", "0", "c", func(p *catalog.Product) string { return fmt.Sprint(p.Variants[0].LowAt) }, ""},
	} {
		t.Run("ART-06 "+tt.name, func(t *testing.T) {
			r := e.preview(tt.op, d.all()...)
			n := r.Report.Counts
			if r.State != transfer.Checked || n.Update != tt.update || n.Same != tt.same || n.Error != tt.refused {
				t.Fatalf("%s %+v", r.State, n)
			}
			if tt.refused > 0 && !hasProblem(r, tt.problem) {
				t.Errorf("why: %+v", r.Report.Rows)
			}
			if r = e.confirm(r); r.State != transfer.Done || r.Report.Counts.Written != tt.update || len(r.Report.Failed) > 0 {
				t.Fatalf("%s %+v %+v", r.State, r.Report.Counts, r.Report.Failed)
			}
			if got := tt.say(d.product(tt.of)); got != tt.done {
				t.Errorf("written %s, want %s", got, tt.done)
			}
			if r = e.undo(r); r.State != transfer.Undone || r.Report.Counts.Undone != tt.update {
				t.Fatalf("%s %+v", r.State, r.Report.Counts)
			}
			if got := tt.say(d.product(tt.of)); got != tt.undone {
				t.Errorf("undone %s, want %s", got, tt.undone)
			}
		})
	}
	var why []string
	err := d.shop.Read(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Raw("select distinct reason from stock_moves where variant_id = ? order by 1", d.product("a").Variants[0].ID).Scan(&why).Error
	})
	if err != nil || !strings.Contains(strings.Join(why, " "), "count") {
		t.Errorf("STK-02 ledger %v, %v", why, err)
	}
}

func price(p *catalog.Product) string  { return p.Variants[0].Price.String() }
func pieces(p *catalog.Product) string { return fmt.Sprint(p.Variants[0].OnHand) }

func hasProblem(r *transfer.Run, key string) bool {
	for _, l := range r.Report.Rows {
		if l.Problem == key {
			return true
		}
	}
	return false
}

// What was sold after the preview: added pieces come on top, a number that is set is set, and undoing takes
// back what was added.
func TestEditor_soldMeanwhile(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.load("code,name.fr,sku,price,stock\na,A,A-1,10,5\n")
	e := d.edits()
	v := d.product("a").Variants[0].ID
	count := func(n int) {
		t.Helper()
		if err := d.shop.Write(t.Context(), func(tx tenant.Tx) error { return stock.Count(tx, v, n, stock.ReasonCount, "") }); err != nil {
			t.Fatal(err)
		}
	}
	r := e.preview(bulk.Operation{Kind: bulk.Stock, How: bulk.Add, Number: amount("10")}, d.all()...)
	count(3)
	r = e.confirm(r)
	if got := pieces(d.product("a")); got != "13" {
		t.Errorf("%s pieces, want 13", got)
	}
	count(12)
	e.undo(r)
	if got := pieces(d.product("a")); got != "2" {
		t.Errorf("%s pieces, want 2", got)
	}
	r = e.preview(bulk.Operation{Kind: bulk.Stock, How: bulk.Add, Number: amount("-2")}, d.all()...)
	count(1)
	if r = e.confirm(r); len(r.Report.Failed) != 1 || r.Report.Failed[0].Problem != "bulk.error.short" || pieces(d.product("a")) != "1" {
		t.Errorf("%+v, %s pieces", r.Report.Failed, pieces(d.product("a")))
	}
}

// Changes and imports share their machinery and not their orders.
func TestEditor_orders(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.load(rowsOf(3, "10"))
	e := d.edits()
	r := e.preview(threeUp, d.all()...)
	ctx := t.Context()
	for name, err := range map[string]error{
		"confirmed as an import": d.Importer.Confirm(ctx, d.shop, clerk, r.ID), "cancelled as an import": d.Importer.Cancel(ctx, d.shop, clerk, r.ID),
		"undone as an import": d.UndoLater(ctx, d.shop, clerk, r.ID), "read again": d.Recheck(ctx, d.shop, clerk, r.ID, transfer.Options{}),
		"seen as an import": second(transfer.Progress(ctx, d.shop, r.ID)),
	} {
		if !errors.Is(err, transfer.ErrUnknown) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := e.Editor.Undo(ctx, d.shop, clerk, r.ID); !errors.Is(err, transfer.ErrUndoNone) {
		t.Errorf("undone before it was written: %v", err)
	}
	file := d.check(rowsOf(2, "11"), transfer.Options{})
	if err := e.Editor.Confirm(ctx, d.shop, clerk, file.ID); !errors.Is(err, transfer.ErrUnknown) {
		t.Errorf("an import confirmed as a change: %v", err)
	}
	if err := e.Editor.Confirm(ctx, d.shop, clerk, r.ID); err != nil {
		t.Fatal(err)
	}
	if err := d.Importer.Confirm(ctx, d.shop, clerk, file.ID); !errors.Is(err, transfer.ErrBusy) {
		t.Errorf("beside a change: %v", err)
	}
	if err := e.Editor.Confirm(ctx, d.shop, clerk, r.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("confirmed twice: %v", err)
	}
	e.work()
	for name, edit := range map[string]transfer.Edit{
		"transfer.nobody": {Operation: threeUp}, "transfer.too_many": {Operation: threeUp, Articles: make([]catalog.ProductID, transfer.MaxEdit+1)},
	} {
		if _, err := e.Editor.Submit(ctx, d.shop, clerk, edit); fault.KeyOf(err) != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	if r = e.preview(threeUp, id.New[catalog.Product]()); r.Report.Counts.Error != 1 || !hasProblem(r, "transfer.gone") {
		t.Errorf("an article that is gone: %+v", r.Report)
	}
	if _, err := e.Editor.Submit(ctx, d.shop, clerk, transfer.Edit{Operation: bulk.Operation{Kind: bulk.Price}}); !fault.Is(err, fault.Malformed) {
		t.Errorf("no operation: %v", err)
	}
	var runs []*transfer.Run
	if err := d.shop.Read(ctx, func(tx tenant.Tx) (err error) { runs, err = transfer.ListEdits(tx, 10); return err }); err != nil || len(runs) != 2 {
		t.Errorf("%d changes, %v", len(runs), err)
	}
}

func second(_ *transfer.Run, err error) error { return err }

// FLT-05: what would leave the archive is asked for.
func TestEditor_FLT05(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.load(rowsOf(2, "10"))
	e := &edits{d.Importer.Within(full{}).Editor(), d, jobs.NewRegistry()}
	d.Handle(e.registry, one{d.shop})
	ids := d.all()
	r := e.confirm(e.preview(bulk.Operation{Kind: bulk.State, To: "archived"}, ids...))
	if r.Report.Counts.Written != 2 {
		t.Fatalf("%+v", r.Report)
	}
	r = e.preview(bulk.Operation{Kind: bulk.State, To: "draft"}, ids...)
	if r.Report.Problem != "quota.full" || r.Report.Counts.Added != 2 {
		t.Errorf("%+v", r.Report)
	}
	if err := e.Editor.Confirm(t.Context(), d.shop, clerk, r.ID); !fault.Is(err, fault.Quota) {
		t.Errorf("confirmed: %v", err)
	}
}

// full is a plan without room.
type full struct{}

func (full) Articles(context.Context, *tenant.Shop, int) error {
	return fault.New(fault.Quota, "quota.full")
}
