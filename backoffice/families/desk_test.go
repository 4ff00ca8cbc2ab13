package families_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/families"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

func open(t *testing.T) *officetest.Office {
	t.Helper()
	return officetest.Open(t, []fs.FS{families.Locales}, func(o *officetest.Office) []desk.Desk {
		return []desk.Desk{families.New(o.Library)}
	})
}

func tree(t *testing.T, o *officetest.Office) *catalog.Tree {
	t.Helper()
	var found *catalog.Tree
	err := o.Shop.Read(t.Context(), func(tx tenant.Tx) (err error) {
		found, err = catalog.ReadTree(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// named finds the entry of a French name.
func named(t *testing.T, o *officetest.Office, name string) *catalog.Node {
	t.Helper()
	found := tree(t, o)
	var walk func([]*catalog.Node) *catalog.Node
	walk = func(nodes []*catalog.Node) *catalog.Node {
		for _, n := range nodes {
			if n.Texts[i18n.French].Name == name {
				return n
			}
			if below := walk(found.Children(n.ID)); below != nil {
				return below
			}
		}
		return nil
	}
	for _, x := range found.Taxonomies {
		if n := walk(found.Top(x.ID)); n != nil {
			return n
		}
	}
	t.Fatalf("no entry %q", name)
	return nil
}

const (
	home = officetest.Base + "families"
	save = "#entry .save button"
)

// create adds an entry by the form.
func create(t *testing.T, o *officetest.Office, b *webtest.Browser, name, under string) *catalog.Node {
	t.Helper()
	address := home + "/new"
	if under != "" {
		address += "?under=" + named(t, o, under).ID.String()
	}
	b.Get(address)
	b.WantStatus(200)
	b.Submit(save, webtest.Values{"name.fr": name})
	b.WantStatus(200).WantText(".alert", "“"+name+"” is saved.")
	return named(t, o, name)
}

func TestRoutes_guarded(t *testing.T) {
	o := open(t)
	webtest.WantGuarded(t, o.Routes, o.Policy.Permissions(authz.KindShop))
}

func TestTree_CAT01(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(home)
	b.WantStatus(200).WantText(".empty-title", "No entry yet").WantClean()
	way := []string{"Maison", "Cuisine", "Vaisselle", "Tasses", "Café", "Espresso"}
	for i, name := range way {
		under := ""
		if i > 0 {
			under = way[i-1]
		}
		create(t, o, b, name, under)
	}
	if deep := named(t, o, "Espresso"); deep.Depth() != 6 {
		t.Errorf("depth %d, want 6", deep.Depth())
	}
	b.Get(home)
	b.WantText(".table", "Maison").WantNoText("Cuisine")
	for range way[1:] {
		b.Follow("#tree tbody tr:last-child a[id^=open-]")
		b.WantStatus(200).WantClean()
	}
	b.WantText(".table", "Espresso")
	b.Get(home + "?q=espr")
	b.WantText(".table", "Maison › Cuisine › Vaisselle › Tasses › Café › Espresso").WantClean()

	// A branch moves with what lies below it, and never into itself.
	b.Get(home + "/" + named(t, o, "Tasses").ID.String())
	b.WantClean()
	b.Submit(save, webtest.Values{"parent": ""})
	if deep := named(t, o, "Espresso"); deep.Depth() != 3 {
		t.Errorf("depth %d after the move, want 3", deep.Depth())
	}
	b.Get(home + "/" + named(t, o, "Maison").ID.String())
	inside := named(t, o, "Cuisine").ID.String()
	b.WantNo(`select[name=parent] option[value="` + inside + `"]`)
	b.Post(home+"/"+named(t, o, "Maison").ID.String(), map[string][]string{"rev": {"1"}, "name.fr": {"Maison"}, "parent": {inside}})
	b.WantStatus(409).WantText("#f-parent-error", "inside itself")
}

func TestEntry(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	n := create(t, o, b, "Maison", "")
	at := home + "/" + n.ID.String()
	b.Get(at)
	b.Submit(save, webtest.Values{"name.de": "Haus", "body.fr": "<p>x<script>y</script></p>", "visible": false, "photo": officetest.Photo(t, "a.png", 1), "seo_title.fr": "Tout pour la maison"})
	b.WantStatus(200).WantText(".table", "Hidden")
	n = named(t, o, "Maison")
	if n.Visible || n.Media == nil || n.Texts[i18n.German].Name != "Haus" || strings.Contains(n.Texts[i18n.French].Body, "script") || n.Texts[i18n.French].SEOTitle == "" {
		t.Errorf("saved %+v", n)
	}
	b.Get(at)
	b.WantClean()
	b.Get(b.Attr(`#entry img`, "src"))
	b.WantStatus(200).WantHeader("Content-Type", "image/webp")
	b.Get(at)
	b.Submit(save, webtest.Values{"no_picture": true})
	if named(t, o, "Maison").Media != nil {
		t.Error("the picture stayed")
	}
	for _, test := range []struct{ field, typed string }{{"name.fr", ""}, {"slug.fr", "../etc"}, {"name.fr", strings.Repeat("x", 300)}} {
		b.Get(at)
		values := webtest.Values{test.field: test.typed}
		if test.field == "name.fr" && test.typed == "" {
			values["name.de"] = ""
		}
		b.Submit(save, values)
		b.WantStatus(422).Want(`[name="` + test.field + `"][aria-invalid=true]`).WantClean()
	}
	b.Get(at)
	b.Submit(save, webtest.Values{"photo": webtest.File{Name: "x.svg", Type: "image/svg+xml", Content: []byte("<svg/>")}})
	b.WantStatus(422).WantText("#f-photo-error", "x.svg")
}

func TestEntry_stale(t *testing.T) {
	o := open(t)
	b, other := o.Browser(t), o.Browser(t)
	at := home + "/" + create(t, o, b, "Maison", "").ID.String()
	b.Get(at)
	other.Get(at)
	other.Submit(save, webtest.Values{"name.fr": "Logis"})
	b.Submit(save, webtest.Values{"name.fr": "Foyer"})
	b.WantStatus(409).WantText(".terms", "Logis").WantText(".terms", "Foyer").WantClean()
	b.Submit(save, nil)
	b.WantStatus(200)
	named(t, o, "Foyer")
}

func TestPlace(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	for _, name := range []string{"A", "B", "C"} {
		create(t, o, b, name, "")
	}
	order := func() string { return strings.Join(b.Texts("#tree tbody .title-line > a"), "") }
	b.Get(home)
	b.Submit(`form[action$="`+named(t, o, "C").ID.String()+`/place"] button[value=up]`, nil)
	if got := order(); got != "ACB" {
		t.Errorf("order %s", got)
	}
	b.Submit(`form[action$="`+named(t, o, "A").ID.String()+`/place"] button[value=down]`, nil)
	if got := order(); got != "CAB" {
		t.Errorf("order %s", got)
	}
	b.Submit(`form[action$="`+named(t, o, "A").ID.String()+`/place"] button[value=hide]`, nil)
	if named(t, o, "A").Visible {
		t.Error("still visible")
	}
	o.Role = authz.ReadOnly
	b.Get(home)
	b.WantNo("#tree form")
	b.Post(home+"/"+named(t, o, "A").ID.String()+"/place", map[string][]string{"do": {"show"}})
	b.WantStatus(403)
}

func TestDelete(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	create(t, o, b, "Maison", "")
	create(t, o, b, "Cuisine", "Maison")
	b.Get(home + "/" + named(t, o, "Maison").ID.String() + "/delete")
	b.WantStatus(200).WantClean()
	b.Submit(".confirm form", nil)
	b.WantText(".alert", "sub-families")
	b.Get(home + "/" + named(t, o, "Cuisine").ID.String() + "/delete")
	b.Submit(".confirm form", nil)
	b.WantText(".alert", "“Cuisine” is deleted.")
	if n := tree(t, o).Size(); n != 1 {
		t.Errorf("%d entries", n)
	}
}

// The merchant makes "Authors" without code.
func TestLists_CAT03(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	create(t, o, b, "Maison", "")
	b.Get(home + "/lists/new")
	b.WantClean()
	b.Submit("#list .save button", webtest.Values{"name.fr": ""})
	b.WantStatus(422).WantClean()
	b.Submit("#list .save button", webtest.Values{"name.fr": "Auteurs", "name.en": "Authors"})
	b.WantStatus(200).WantText(".tabs [aria-current]", "Authors")
	b.Get(home + "/lists/auteurs/delete")
	b.WantText(".confirm", "It has no entries yet.").WantClean()
	b.Get(home + "/new?list=auteurs")
	b.WantNo("select[name=parent]")
	b.Submit(save, webtest.Values{"name.fr": "Colette"})
	b.WantStatus(200).WantText(".table", "Colette").WantText(".tabs [aria-current]", "Authors").WantClean()
	b.Get(home + "/lists")
	b.WantText(".table", "Authors").WantClean()
	b.Get(home + "/lists/auteurs")
	b.Submit("#list .save button", webtest.Values{"facet": false, "code": "family"})
	b.WantStatus(409).Want("input[name=code][aria-invalid=true]")
	b.Get(home + "?list=nothing")
	b.WantStatus(404)

	b.Get(home + "/lists/auteurs")
	b.Follow(`a[href$="/lists/auteurs/delete"]`)
	b.WantText(".confirm", "Its one entry goes with it").WantClean()
	b.Submit(".confirm form", nil)
	b.WantStatus(200).WantText(".alert", "“Authors” is deleted.").WantClean()
	if n := tree(t, o).Size(); n != 1 {
		t.Errorf("%d entries are left", n)
	}
	b.Get(home + "/lists/family/delete")
	b.WantStatus(404)
}

// CAT-02: of 10,000 entries the tree carries those that are opened, and says how many more there are.
func TestTree_CAT02(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	root := create(t, o, b, "Maison", "")
	err := o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		defer tx.Touch()
		for _, statement := range []string{
			`insert into nodes (id, taxonomy_id, parent_id, path, position, code, created_at, updated_at)
			select ('0197a000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, ?, ?, array[?::uuid, ('0197a000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid], n, 'n' || n, now(), now()
			from generate_series(1, 9999) n`,
		} {
			if err := tx.DB().Exec(statement, root.Taxonomy, root.ID, root.ID).Error; err != nil {
				return err
			}
		}
		return tx.DB().Exec(`insert into node_texts (node_id, locale, name, slug) select id, 'fr', 'Rayon ' || code, 'rayon-' || code from nodes where parent_id = ?`, root.ID).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Get(home + "?at=" + root.ID.String())
	b.WantStatus(200).WantText("#tree", "9,699 more are not shown").WantClean()
	if size := len(b.Page().Body); size > 1<<20 {
		t.Errorf("%d bytes", size)
	}
	b.Get(home + "?q=n9876")
	b.WantText(".table", "Maison › Rayon n9876")
	b.Get(home + "/0197a000-0000-7000-8000-000000009876")
	b.WantStatus(200).Want("input[name=parent_q]")
	if n := b.Count("select[name=parent] option"); n > 10 {
		t.Errorf("%d places offered", n)
	}
	b.Submit(`button[value=find]`, webtest.Values{"parent_q": "n42"})
	b.WantText("select[name=parent]", fmt.Sprintf("Rayon n%d", 42))
}
