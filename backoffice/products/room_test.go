package products_test

import (
	"context"
	"io/fs"
	"testing"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/backoffice/products"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/quota"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/tax"
	"echoppe.dev/tenant/transfer"
)

// shelf is a plan with room for some articles.
type shelf struct{ limit int }

func (s *shelf) Articles(ctx context.Context, shop *tenant.Shop, more int) error {
	var have int
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		return tx.DB().Raw("select count(*) from products where state <> 'archived'").Scan(&have).Error
	})
	if err != nil {
		return err
	}
	return quota.Articles(plan.Quotas{Articles: s.limit}, have, more)
}

func within(t *testing.T, limit int) (*officetest.Office, *shelf) {
	t.Helper()
	s := &shelf{limit}
	return officetest.Open(t, []fs.FS{products.Locales, tax.Locales, fleet.Locales}, func(o *officetest.Office) []desk.Desk {
		return []desk.Desk{products.New(o.Library, transfer.New(o.Bucket).Editor(), s)}
	}), s
}

const full = "Your plan has room for 1 article; you have 1 and want to add 1. Keep only one, or change plan."

// FLT-05: an article too many is refused with the figures, and nothing typed is lost.
func TestNew_FLT05(t *testing.T) {
	o, plan := within(t, 1)
	article(t, o, "mug", "Tasse")
	b := o.Browser(t)
	b.Get(list + "/new")
	b.Submit("#article", webtest.Values{"name.fr": "Vase bleu", "price": "12,40", "stock": "3", "photos": officetest.Photo(t, "a.png", 1)})
	b.WantStatus(402).WantText("#article .alert", full).Want(`input[type=hidden][name="picture.0.id"]`).WantClean()
	for field, typed := range map[string]string{"name.fr": "Vase bleu", "price": "12,40", "stock": "3"} {
		if got := b.Value(`#article [name="` + field + `"]`); got != typed {
			t.Errorf("%s came back as %q", field, got)
		}
	}
	newest(t, o, 1)
	plan.limit = 2
	b.Submit("#article", nil)
	b.WantStatus(200).WantText(".alert", "“Vase bleu” is created.")
	if p := newest(t, o, 2)[1]; len(p.Pictures) != 1 || p.Variants[0].OnHand != 3 {
		t.Errorf("made %+v", p)
	}
}

// FLT-05: photos that would make too many drafts are not taken in.
func TestNew_many_FLT05(t *testing.T) {
	o, plan := within(t, 1)
	b := o.Browser(t)
	two := webtest.Values{"photos": []webtest.File{officetest.Photo(t, "a.png", 1), officetest.Photo(t, "b.png", 2)}}
	b.Get(list + "/new")
	b.Submit("#photos", two)
	b.WantStatus(402).WantText("#photos .alert", "you have 0 and want to add 2").WantClean()
	newest(t, o, 0)
	var stored int
	if err := o.Shop.Read(t.Context(), func(tx tenant.Tx) error { return tx.DB().Raw("select count(*) from media").Scan(&stored).Error }); err != nil || stored != 0 {
		t.Errorf("%d photos kept, %v", stored, err)
	}
	plan.limit = 2
	b.Submit("#photos", two)
	b.WantStatus(200)
	newest(t, o, 2)
}

// FLT-05: what leaves the archive needs room like what is new; what is there can always be saved.
func TestArchive_FLT05(t *testing.T) {
	o, plan := within(t, 1)
	kept, put := article(t, o, "mug", "Tasse"), article(t, o, "vase", "Vase")
	if err := catalog.SetState(t.Context(), o.Shop, officetest.Who, []catalog.ProductID{put.ID}, catalog.Archived); err != nil {
		t.Fatal(err)
	}
	both := []string{kept.ID.String(), put.ID.String()}
	b := o.Browser(t)
	for path, form := range map[string]map[string][]string{
		"":                               {"id": both, "to": {"published"}},
		"/" + put.ID.String() + "/state": {"to": {"draft"}},
	} {
		b.Post(list+path, form)
		b.WantStatus(200).WantText(".alert", full).WantClean()
	}
	b.Get(list + "/" + put.ID.String())
	b.Submit(saveBar, webtest.Values{"state": "published", "name.fr": "Vase neuf"})
	b.WantStatus(402).WantText(".alert", full).WantClean()
	if got := b.Value(`input[name="name.fr"]`); got != "Vase neuf" {
		t.Errorf("the name came back as %q", got)
	}
	if got := read(t, o, put.ID); got.State != catalog.Archived {
		t.Errorf("state %s", got.State)
	}
	plan.limit = 0
	b.Get(list + "/" + kept.ID.String())
	b.Submit(saveBar, webtest.Values{"name.fr": "Tasse neuve"})
	b.WantStatus(200).WantText(".alert", "is saved")
	b.Post(list, map[string][]string{"id": both, "to": {"archived"}})
	b.WantText(".alert", "Articles archived: 2.")
	plan.limit = 2
	b.Post(list, map[string][]string{"id": both, "to": {"published"}})
	b.WantText(".alert", "Articles published: 2.")
}
