package wire_test

import (
	"errors"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet/quota"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/transfer"
)

// FLT-05: the plan of the registry is what an import and a new article are measured with, and a change
// of plan is heard of by a shop that is open.
func TestQuota_articles(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "rayon")
	move := func(plan string) {
		t.Helper()
		err := m.App.Pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error {
			return tx.DB().Exec("update shops set plan = ? where id = ?", plan, shop.Row.ID).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		m.App.Registry.ForgetAll()
	}
	// A plan of one article; the one of the test of disks, so that it does not matter who was first.
	err := m.App.Pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error {
		return tx.DB().Exec(`insert into plans (code, names, quotas, position) values
			('tiny', '{"en":"Tiny"}', '{"articles":1,"disk_mb":0,"staff":1,"mails_day":1}', 9)
			on conflict do nothing`).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	move("tiny")
	importer := m.App.Rooms.Importer
	file := "code,name,sku,price\na,A,A-1,1\nb,B,B-1,1\n"
	run, err := importer.Check(t.Context(), shop.Shop, tenant.ByProgram, transfer.Upload{Name: "x.csv", Content: strings.NewReader(file)})
	if err != nil || run.Report.Problem != quota.ErrArticles.Key() {
		t.Fatalf("%v, %+v", err, run)
	}
	_, err = importer.Apply(t.Context(), shop.Shop, tenant.ByProgram, run.ID)
	if !errors.Is(err, quota.ErrArticles) || fault.ArgsOf(err)["limit"] != int64(1) || fault.ArgsOf(err)["more"] != int64(2) {
		t.Errorf("got %v %v", err, fault.ArgsOf(err))
	}
	move("free")
	if run, err = importer.Apply(t.Context(), shop.Shop, tenant.ByProgram, run.ID); err != nil || run.State != transfer.Done {
		t.Fatalf("in a larger plan: %v, %+v", err, run)
	}
	move("tiny")
	b := m.Visitor(t, "en")
	b.Get(shop.OfficeLink(t))
	b.Get(shop.Office() + "/products/new?lang=en")
	b.Submit("#article", webtest.Values{"name.fr": "Vase", "price": "5"})
	b.WantStatus(402).WantText("#article .alert", "Your plan has room for 1 article; you have 2 and want to add 1.")
}
