package transfer_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/transfer"
)

// shelf is a plan with room for some articles.
type shelf struct{ limit int }

var errFull = fault.New(fault.Quota, "quota.articles")

func (s *shelf) Articles(ctx context.Context, shop *tenant.Shop, more int) error {
	var have int
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		return tx.DB().Raw("select count(*) from products where state <> 'archived'").Scan(&have).Error
	})
	if err == nil && have+more > s.limit {
		err = errFull.With(fault.Args{"have": have, "more": more, "limit": s.limit})
	}
	return err
}

const (
	header = "code,state,name.fr,sku,price\n"
	three  = header + "a,published,A,A-1,1\nb,draft,B,B-1,1\nc,archived,C,C-1,1\n"
)

// within is a desk whose shop has three articles, one of them in the archive, and room for limit.
func within(t *testing.T, limit int) (*desk, *shelf) {
	t.Helper()
	d, s := open(t), &shelf{limit: 3}
	d.Importer = d.Within(s)
	d.load(three)
	s.limit = limit
	return d, s
}

func (d *desk) states() map[string]catalog.State {
	d.t.Helper()
	var rows []struct {
		Code  string
		State catalog.State
	}
	err := d.shop.Read(context.Background(), func(tx tenant.Tx) error {
		return tx.DB().Raw("select code, state from products").Scan(&rows).Error
	})
	if err != nil {
		d.t.Fatal(err)
	}
	out := map[string]catalog.State{}
	for _, r := range rows {
		out[r.Code] = r.State
	}
	return out
}

// FLT-05: a file that brings more than the plan has room for is reported with the figures, and nothing
// of it is written until there is room.
func TestImporter_Full_FLT05(t *testing.T) {
	t.Parallel()
	d, plan := within(t, 3)
	before := d.states()
	r := d.check(header+"a,published,Autre nom,A-1,2\nd,draft,D,D-1,1\ne,published,E,E-1,1\nf,archived,F,F-1,1\n", transfer.Options{})
	if r.State != transfer.Checked || r.Report.Counts.Create != 3 || r.Report.Counts.Added != 2 || r.Report.Problem != errFull.Key() {
		t.Fatalf("%s %+v", r.State, r.Report)
	}
	if diff := cmp.Diff(map[string]any{"have": 2., "more": 2., "limit": 3.}, r.Report.Args); diff != "" {
		t.Errorf("figures (-want +got):\n%s", diff)
	}
	if _, err := d.Apply(t.Context(), d.shop, clerk, r.ID); !errors.Is(err, errFull) {
		t.Errorf("applied: %v", err)
	}
	if err := d.Confirm(t.Context(), d.shop, clerk, r.ID); !errors.Is(err, errFull) {
		t.Errorf("confirmed: %v", err)
	}
	if diff := cmp.Diff(before, d.states()); diff != "" {
		t.Errorf("written (-before +after):\n%s", diff)
	}
	if p := d.product("a"); p.Texts["fr"].Name != "A" {
		t.Errorf("changed to %q", p.Texts["fr"].Name)
	}
	plan.limit = 4
	if r = d.apply(r); r.State != transfer.Done || r.Report.Problem != "" || r.Report.Args != nil || len(d.states()) != 6 {
		t.Errorf("with room: %s %+v", r.State, r.Report)
	}
}

// FLT-05: what counts is how many more there would be outside the archive.
func TestImporter_Room_FLT05(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, rows string
		limit      int
		added      int
		fits       bool
	}{
		{"changing what is there, far beyond the plan", "a,published,Autre,A-1,2\nb,published,Autre,B-1,2\nc,archived,Autre,C-1,2\n", 0, 0, true},
		{"the last place", "d,draft,D,D-1,1\n", 3, 1, true},
		{"one too many", "d,draft,D,D-1,1\n", 2, 1, false},
		{"one for another", "a,archived,A,A-1,1\nd,draft,D,D-1,1\n", 2, 0, true},
		{"into the archive", "d,archived,D,D-1,1\n", 0, 0, true},
		{"out of the archive", "c,draft,C,C-1,1\n", 2, 1, false},
		{"what is refused takes no room", "d,draft,D,D-1,1\ne,draft,E,E-1,cheap\n", 3, 1, true},
		{"less than before", "a,archived,A,A-1,1\n", 0, -1, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d, _ := within(t, test.limit)
			r := d.check(header+test.rows, transfer.Options{})
			if got := r.Report.Counts.Added; got != test.added || (r.Report.Problem == "") != test.fits {
				t.Errorf("adds %d, want %d; %q", got, test.added, r.Report.Problem)
			}
			_, err := d.Apply(t.Context(), d.shop, clerk, r.ID)
			if (err == nil) != test.fits || err != nil && !errors.Is(err, errFull) {
				t.Errorf("applied: %v", err)
			}
		})
	}
}

// FLT-05: confirming asks for the shop as it is then, undoing asks nobody.
func TestImporter_RoomLater_FLT05(t *testing.T) {
	t.Parallel()
	d, plan := within(t, 3)
	first, second := d.check(header+"d,draft,D,D-1,1\n", transfer.Options{}), d.check(header+"e,draft,E,E-1,1\n", transfer.Options{})
	if first.Report.Problem+second.Report.Problem != "" {
		t.Fatalf("%+v %+v", first.Report, second.Report)
	}
	d.apply(first)
	if _, err := d.Apply(t.Context(), d.shop, clerk, second.ID); !errors.Is(err, errFull) {
		t.Errorf("both fit: %v", err)
	}
	put := d.load(header + "a,archived,A,A-1,1\n")
	plan.limit = 0
	if r, err := d.Undo(t.Context(), d.shop, clerk, put.ID); err != nil || r.State != transfer.Undone || d.states()["a"] != catalog.Published {
		t.Errorf("undone: %v %+v", err, r)
	}
}

// What could not be checked has no figures to be confirmed with.
func TestImporter_UncheckedIsNotConfirmed_IMP03(t *testing.T) {
	t.Parallel()
	d := open(t)
	r := d.check("name,price\nA,1\n", transfer.Options{})
	if r.State != transfer.Failed {
		t.Fatalf("%s", r.State)
	}
	if err := d.Confirm(t.Context(), d.shop, clerk, r.ID); !errors.Is(err, transfer.ErrState) {
		t.Errorf("confirmed: %v", err)
	}
}
