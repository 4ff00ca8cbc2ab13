package transfers_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/backoffice/transfers"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/transfer"
)

// place is an office whose jobs run when the test says so.
type place struct {
	*officetest.Office
	importer *transfer.Importer
}

func open(t *testing.T) *place {
	t.Helper()
	p := &place{}
	p.Office = officetest.Open(t, []fs.FS{transfers.Locales}, func(o *officetest.Office) []desk.Desk {
		p.importer = transfer.New(o.Bucket)
		return []desk.Desk{transfers.New(p.importer, o.Library)}
	})
	return p
}

// work does what a job would do for the import whose page b is on, and looks again.
func (p *place) work(t *testing.T, b *webtest.Browser) {
	t.Helper()
	path := strings.Split(strings.Trim(b.Path(), "/"), "/")
	run, err := id.Parse[transfer.Run](path[len(path)-1])
	if err != nil {
		t.Fatalf("no import at %s", b.Path())
	}
	if err := p.importer.Run(t.Context(), p.Shop, run); err != nil {
		t.Fatal(err)
	}
	b.Get(b.URL())
}

func (p *place) articles(t *testing.T, state string) (n int) {
	t.Helper()
	err := p.Shop.Read(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Raw("select count(*) from products where state = ?", state).Scan(&n).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func file(name, content string) webtest.Values {
	return webtest.Values{"file": webtest.File{Name: name, Type: "text/csv", Content: []byte(content)}}
}

const home = officetest.Base + "transfer"

func TestRoutes_guarded(t *testing.T) {
	p := open(t)
	webtest.WantGuarded(t, p.Routes, p.Policy.Permissions(authz.KindShop))
}

func TestImport_IMP03(t *testing.T) {
	p := open(t)
	b := p.Browser(t)
	b.Get(home)
	b.WantStatus(200).WantClean()
	b.Submit("#import", file("goods.csv", "code;state;name;sku;price\nvase;published;Vase;V1;12,40\nmug;published;Tasse;M1;5,00\nbad;published;Rien;B1;cheap\n"))
	b.WantStatus(200).WantText("#progress", "Being checked").Want(`meta[http-equiv=refresh]`).Want(`#progress[hx-get]`).WantClean()
	p.work(t, b)
	if n := p.articles(t, "published"); n != 0 {
		t.Fatalf("the dry run wrote %d articles", n)
	}
	b.WantStatus(200).WantText(".badge", "Checked, not imported").WantText(".terms", "Semicolon ;").WantText(".terms", "Comma (12,40)")
	b.WantTexts(".stat-value", "2", "0", "0", "1").WantText(".table", "“cheap” is not a number.").WantClean()
	b.Follow(`.tabs a[href*="show=changes"]`)
	b.WantText(".table", "Vase").WantClean()
	if text, err := b.One("tbody tr:first-child td[data-label=Before]").Html(); err != nil || text != "" {
		t.Errorf("what was not there before: %q", text) // a phone hides the label of an empty cell only
	}
	b.Get(home + b.Path()[strings.LastIndex(b.Path(), "/"):])
	b.Submit(`form[action$="/confirm"]`, nil)
	b.WantText("#progress", "Being imported")
	p.work(t, b)
	b.WantText(".badge", "Imported").WantClean()
	if n := p.articles(t, "published"); n != 2 {
		t.Errorf("%d articles", n)
	}
	page := b.URL()
	b.Follow(`a[href$="/undo"]`)
	b.WantClean()
	b.Submit(".confirm form", nil)
	b.WantText("#progress", "Being undone")
	p.work(t, b)
	b.WantText(".badge", "Undone")
	if n := p.articles(t, "archived"); n != 2 {
		t.Errorf("%d articles in the archive", n)
	}
	b.Get(page + "/report")
	b.WantStatus(200).WantHeader("Content-Type", "text/csv; charset=utf-8")
	b.Get(home)
	b.WantText(".table", "goods.csv").WantText(".table", "Undone").WantClean()
}

func TestImport_refused(t *testing.T) {
	p := open(t)
	b := p.Browser(t)
	for _, test := range []struct{ name, content, words string }{
		{"nothing chosen", "", ""}, {"goods.xlsx", "PK\x03\x04 not a workbook", "workbook"}, {"goods.csv", "\x00\x01\x02binary\x00", "neither"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := b.In(t)
			b.Get(home)
			values := file(test.name, test.content)
			if test.content == "" {
				values = nil
			}
			b.Submit("#import", values)
			b.WantStatus(422).Want("input[name=file][aria-invalid=true]").WantText("#f-file-error", test.words).WantClean()
		})
	}
	b.Get(home)
	b.Submit("#import", file("goods.csv", "colour,size\nred,m\n"))
	p.work(t, b)
	b.WantText(".alert", "“code” or “sku” is missing").WantClean()
}

// A file that was read wrongly is checked again without another upload.
func TestImport_reread_IMP03(t *testing.T) {
	p := open(t)
	b := p.Browser(t)
	b.Get(home)
	values := file("goods.csv", "code;name;sku;price\nvase;Vase;V1;1.500\n")
	values["separator"] = ","
	b.Submit("#import", values)
	p.work(t, b)
	b.WantText(".alert", "“code” or “sku” is missing").WantClean()
	b.Submit("#reread", webtest.Values{"separator": ";", "decimal": "."})
	b.WantText("#progress", "Being checked")
	p.work(t, b)
	b.WantText(".badge", "Checked, not imported").WantText(".terms", "Semicolon ;").WantClean()
	b.Submit("#reread", webtest.Values{"decimal": ","})
	p.work(t, b)
	b.WantText(".badge", "Checked, not imported").WantText(".terms", "Comma (12,40)")
	b.Submit(`form[action$="/confirm"]`, nil)
	p.work(t, b)
	b.Post(b.URL()+"/recheck", nil)
	b.WantText(".alert", "not possible at this stage")
}

func TestImport_stop(t *testing.T) {
	p := open(t)
	b := p.Browser(t)
	b.Get(home)
	b.Submit("#import", file("goods.csv", "code,sku,name,price\nvase,V1,Vase,1\n"))
	b.Submit(`form[action$="/cancel"]`, nil)
	b.WantText(".alert", "stopped").WantText(".badge", "Stopped")
	run := b.URL()
	b.Post(run+"/confirm", nil)
	b.WantText(".alert", "not possible at this stage")
	b.Get(run + "/progress")
	b.WantStatus(200).WantHeader("HX-Refresh", "true")
}

// IMP-03: a file that would write nothing says why, for it is mended in different ways.
func TestImport_nothing(t *testing.T) {
	p := open(t)
	b := p.Browser(t)
	const head, vase, bad = "code,sku,name,price\n", "vase,V1,Vase,1\n", "bad,B1,Rien,cheap\n"
	b.Get(home)
	b.Submit("#import", file("goods.csv", head+vase))
	p.work(t, b)
	b.Submit(`form[action$="/confirm"]`, nil)
	p.work(t, b)
	for rows, want := range map[string]string{vase: "is in the shop already", bad: "every article is refused", vase + bad: "some articles are refused"} {
		b.Get(home)
		b.Submit("#import", file("goods.csv", head+rows))
		p.work(t, b)
		b.WantClean().WantText("main", want).WantNo(`form[action$="/confirm"]`)
	}
}

// Pictures that cannot be had are reported, and asked for again.
func TestImport_pictures(t *testing.T) {
	p := open(t)
	b := p.Browser(t)
	b.Get(home)
	b.Submit("#import", file("goods.csv", "code,sku,name,price,pictures\nvase,V1,Vase,1,https://127.0.0.1/a.jpg\n"))
	p.work(t, b)
	b.Submit(`form[action$="/confirm"]`, nil)
	p.work(t, b)
	err := p.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Exec("update media set state = 'failed', problem = 'media.unreachable'").Error
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Get(b.URL())
	b.WantText(".table", "https://127.0.0.1/a.jpg").WantClean()
	b.Submit(`form[action$="/pictures"]`, nil)
	b.WantText(".alert", "fetched again").WantText(".alert", "One picture is still being fetched")
}

func TestExport_IMP02(t *testing.T) {
	p := open(t)
	b := p.Browser(t)
	b.Get(home)
	b.Submit("#import", file("goods.csv", "code,sku,name,price\nvase,V1,Vase,12.45\n"))
	p.work(t, b)
	b.Submit(`form[action$="/confirm"]`, nil)
	p.work(t, b)
	for _, test := range []struct{ query, kind, name, has string }{
		{"", "text/csv; charset=utf-8", "test.csv", ",12.45,"},
		{"?separator=%3B&decimal=%2C&bom=1", "text/csv; charset=utf-8", "test.csv", "12,45;"},
		{"?separator=tab", "text/csv; charset=utf-8", "test.csv", "\t12.45\t"},
		{"?xlsx=1", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "test.xlsx", "PK"},
	} {
		t.Run(test.query, func(t *testing.T) {
			b := b.In(t)
			b.Get(home + "/export" + test.query)
			b.WantStatus(200).WantHeader("Content-Type", test.kind).WantHeader("Content-Disposition", "attachment; filename="+test.name)
			if !strings.Contains(string(b.Page().Body), test.has) {
				t.Errorf("%q lacks %q", fmt.Sprintf("%.400s", b.Page().Body), test.has)
			}
		})
	}
	b.Get(home + "/export?separator=x")
	b.WantStatus(422)
	p.Role = authz.ReadOnly
	b.Get(home + "/export")
	b.WantStatus(403)
}
