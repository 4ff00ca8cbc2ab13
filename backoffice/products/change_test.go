package products_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/backoffice/products"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/bulk"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/tax"
	"echoppe.dev/tenant/transfer"
)

// changes is an office whose jobs run when the test says so.
type changes struct {
	*officetest.Office
	importer *transfer.Importer
}

func openChanges(t *testing.T) *changes {
	t.Helper()
	p := &changes{}
	p.Office = officetest.Open(t, []fs.FS{products.Locales, tax.Locales, bulk.Locales}, func(o *officetest.Office) []desk.Desk {
		p.importer = transfer.New(o.Bucket)
		return []desk.Desk{products.New(o.Library, p.importer.Editor(), nil)}
	})
	return p
}

// work does what a job would do for the change whose page b is on, and looks again.
func (p *changes) work(t *testing.T, b *webtest.Browser) {
	t.Helper()
	run, err := id.Parse[transfer.Run](b.Path()[strings.LastIndex(b.Path(), "/")+1:])
	if err != nil {
		t.Fatalf("no change at %s", b.Path())
	}
	if err := p.importer.Run(t.Context(), p.Shop, run); err != nil {
		t.Fatal(err)
	}
	b.Get(b.URL())
}

// ART-06 SEC-03: from ticked articles to the preview, the change and its undoing, without a script.
func TestChange_walk_ART06(t *testing.T) {
	o := openChanges(t)
	vase, mug := article(t, o.Office, "vase", "Vase"), article(t, o.Office, "mug", "Tasse")
	article(t, o.Office, "bowl", "Bol")
	b := o.Browser(t)
	b.Get(list)
	b.Post(list, map[string][]string{"id": {vase.ID.String(), mug.ID.String()}, "to": {"more"}})
	b.WantStatus(200).WantText(".page-head", "Articles chosen: 2").WantCount(".choice", 7).WantNo(".step").WantClean()
	b.Follow(`a[href*="kind=price"]`)
	b.WantStatus(200).Want(`[name=others][checked]`).WantClean()
	b.Submit("#change", webtest.Values{"number": ""})
	b.WantStatus(422).Want(`[name=number][aria-invalid=true]`).WantClean()
	b.Submit("#change", webtest.Values{"number": "−20,5", "ending": "0.90", "toward": "down", "cross": true})
	b.WantStatus(200).WantText("h1", "Prices −20.5%, rounded to ….90").WantText(".badge", "Not changed yet")
	b.WantTexts(".stat-value", "2", "0", "0").WantText(".table", "Tasse").WantText(".table", "€12.00").WantText(".table", "€8.90").WantNoText("Bol").WantClean()
	if got := read(t, o.Office, vase.ID).Variants[0].Price; !got.Equal(d("12")) {
		t.Fatalf("ART-06 the preview wrote %s", got)
	}
	page := b.URL()
	b.Submit(`form[action$="/confirm"]`, nil)
	b.WantText("#progress", "Being changed").Want(`meta[http-equiv=refresh]`).WantClean()
	o.work(t, b)
	b.WantText(".badge", "Changed").WantTexts(".stat-value", "2", "0", "0", "2").WantClean()
	if v := read(t, o.Office, vase.ID).Variants[0]; !v.Price.Equal(d("8.9")) || v.CompareAt == nil || !v.CompareAt.Equal(d("12")) || len(v.Past) != 1 {
		t.Errorf("ART-06 LAW-03 written %+v", v)
	}
	edited := read(t, o.Office, mug.ID)
	edited.Unit = "piece"
	if err := catalog.Save(t.Context(), o.Shop, officetest.Who, edited); err != nil {
		t.Fatal(err)
	}
	b.Get(list + "/changes")
	b.WantText(".table", "Prices −20.5%").WantText(".table", "Changed").WantClean()
	b.Get(page)
	b.Submit(`form[action$="/undo"]`, nil)
	b.WantText("#progress", "Being undone")
	o.work(t, b)
	b.WantText(".badge", "Undone").WantTexts(".stat-value", "2", "0", "0", "2", "1", "1").WantText("body", "edited since").WantClean()
	if v := read(t, o.Office, vase.ID).Variants[0]; !v.Price.Equal(d("12")) || v.CompareAt != nil {
		t.Errorf("SEC-03 undone %+v", v)
	}
	if v := read(t, o.Office, mug.ID).Variants[0]; !v.Price.Equal(d("8.9")) {
		t.Errorf("SEC-03 an edited article was put back to %s", v.Price)
	}
	b.Follow(`.tabs a[href*="show=problems"]`)
	b.WantText(".table", "Tasse").WantText(".table", "Edited since").WantClean()
	b.Get(page + "/report")
	b.WantStatus(200).WantHeader("Content-Type", "text/csv; charset=utf-8")
}

// ART-06: before prices become zero it is said of how many articles.
func TestChange_free(t *testing.T) {
	o := openChanges(t)
	vase, mug := article(t, o.Office, "vase", "Vase"), article(t, o.Office, "mug", "Tasse")
	b := o.Browser(t)
	b.Post(list, map[string][]string{"id": {vase.ID.String(), mug.ID.String()}, "to": {"more"}})
	b.Follow(`a[href*="kind=price"]`)
	form := b.URL()
	b.Submit("#change", webtest.Values{"number": "3"})
	b.WantStatus(200).WantText(".badge", "Not changed yet").WantNoText("cost nothing")
	b.Get(form)
	b.Submit("#change", webtest.Values{"number": "-100"})
	b.WantStatus(200).WantText(".alert", "2 articles will cost nothing: their prices become €0.00.").WantClean()
}

// ART-06: all that a search finds, whatever the page; the preview has pages of its own.
func TestChange_all(t *testing.T) {
	o := openChanges(t)
	for i := range 70 {
		article(t, o.Office, fmt.Sprintf("cup-%02d", i), fmt.Sprintf("Tasse %02d", i))
	}
	article(t, o.Office, "vase", "Vase")
	b := o.Browser(t)
	b.Get(list + "?q=tasse")
	b.Follow(`a[href*="changes/new?q=tasse"]`)
	b.WantText(".page-head", "Articles chosen: 70").WantClean()
	b.Follow(`a[href*="kind=stock"]`)
	b.Submit("#change", webtest.Values{"number": "2"})
	b.WantTexts(".stat-value", "70", "0", "0").WantText(".pager", "70").WantText("h1", "Stock +2").WantClean()
	b.Follow(`.pager a[rel=next]`)
	b.WantText(".table", "Tasse 69").WantClean()
	b.Submit(`form[action$="/cancel"]`, nil)
	b.WantText(".badge", "Stopped")
	b.Get(list + "/changes/new?kind=state")
	b.Submit("#change", webtest.Values{"to": "published"})
	b.WantTexts(".stat-value", "0", "71", "0").WantText("body", "There is nothing to change.").WantNo(`form[action$="/confirm"]`).WantClean()
	for _, kind := range []string{"cross", "low_at", "tax", "family"} {
		b.Get(list + "/changes/new?kind=" + kind)
		b.WantStatus(200).WantClean()
	}
	b.Submit("#change", webtest.Values{"how": "add"})
	b.WantStatus(422).Want(`[name=node][aria-invalid=true]`).WantClean()
}

// Who may only look makes no changes, and who may not archive does not archive many articles.
func TestChange_permissions(t *testing.T) {
	o := openChanges(t)
	p := article(t, o.Office, "vase", "Vase")
	b := o.Browser(t)
	b.Get(list + "/changes")
	b.WantText(".empty-title", "No bulk changes yet").WantClean()
	b.Get(list + "/changes/new?kind=state")
	b.Submit("#change", webtest.Values{"to": "archived"})
	archived := b.URL()
	o.Role = authz.Simple
	b.Get(list + "/changes/new?kind=state")
	b.WantStatus(200).WantNo(`input[value=archived]`).WantClean()
	b.Post(archived+"/confirm", nil)
	b.WantStatus(403)
	b.Post(list+"/changes/new", map[string][]string{"ids": {p.ID.String()}, "kind": {"state"}, "to": {"archived"}})
	b.WantStatus(403)
	b.Get(list + "/changes/" + p.ID.String())
	b.WantStatus(404)
	o.Role = authz.ReadOnly
	for _, page := range []string{"/changes", "/changes/new", archived[strings.LastIndex(archived, "/changes"):]} {
		b.Get(list + page)
		b.WantStatus(403)
	}
}
