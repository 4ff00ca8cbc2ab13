package transfers_test

import (
	"context"
	"io/fs"
	"testing"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/backoffice/transfers"
	"echoppe.dev/platform/fleet"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/quota"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/transfer"
)

// shelf is a plan with room for some articles, on which some stand already.
type shelf struct{ limit, have int }

func (s *shelf) Articles(_ context.Context, _ *tenant.Shop, more int) error {
	return quota.Articles(plan.Quotas{Articles: s.limit}, s.have, more)
}

// FLT-05: a file that does not fit cannot be confirmed; the page says the figures, and checks the same
// file again once there is room.
func TestImport_FLT05(t *testing.T) {
	s := &shelf{limit: 1_000_000, have: 999_999}
	p := &place{}
	p.Office = officetest.Open(t, []fs.FS{transfers.Locales, fleet.Locales}, func(o *officetest.Office) []desk.Desk {
		p.importer = transfer.New(o.Bucket).Within(s)
		return []desk.Desk{transfers.New(p.importer, o.Library)}
	})
	b := p.Browser(t)
	b.Get(home)
	b.Submit("#import", file("goods.csv", "code\tname\tsku\tprice\nvase\tVase\tV1\t12,40\nmug\tTasse\tM1\t5,00\n"))
	p.work(t, b)
	b.WantStatus(200).WantText(".alert", "Your plan has room for 1,000,000 articles; you have 999,999 and want to add 2.").WantNo(`form[action$="/confirm"]`).WantClean()
	page := b.URL()
	b.Post(page+"/confirm", nil)
	b.WantStatus(200).WantText("body", "That was not done: Your plan has room for 1,000,000 articles").WantText(".badge", "Checked, not imported")

	s.have--
	b.Get(page)
	b.Submit("#again", nil)
	p.work(t, b)
	b.WantNo("#again").WantText(".terms", "Tab").WantText(".terms", "Comma (12,40)").WantClean()
	b.Submit(`form[action$="/confirm"]`, nil)
	p.work(t, b)
	b.WantText(".badge", "Imported")
	if n := p.articles(t, "draft"); n != 2 {
		t.Errorf("%d articles", n)
	}
}
