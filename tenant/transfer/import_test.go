package transfer_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/transfer"
)

const shirts = "code;name.fr;name.de;families;families.de;taxonomy.brand;option1.name.fr;option1.value;sku;price;compare_at;stock;links.similar\n" +
	"chemise;Chemise d’été;Sommerhemd;Femmes > Hauts;Damen > Oberteile;Lune;Taille;S;CH-S;1 019,90;1.200,00;3;robe\n" +
	";;;;;;;M;CH-M;49,90;;0;\n" +
	"robe;Robe;Kleid;Femmes;Damen;Lune;;;RO;79;;5;chemise\n"

// IMP-03: our own format, as a French spreadsheet writes it.
func TestImport_IMP03(t *testing.T) {
	t.Parallel()
	d := open(t)
	r := d.load(shirts)
	if o := r.Options; o.Format != transfer.Own || o.Separator != ";" || o.Decimal != "," || o.Encoding != "utf-8" {
		t.Errorf("detected %+v", o)
	}
	p := d.product("chemise")
	if len(p.Variants) != 2 || p.Variants[0].Price.String() != "1019.9" || p.Variants[0].CompareAt.String() != "1200" || p.Variants[1].CompareAt != nil {
		t.Errorf("%+v", p.Variants)
	}
	if p.Texts["de"].Name != "Sommerhemd" || p.Texts["fr"].Slug != "chemise-dete" || p.State != catalog.Draft || !p.PriceGross {
		t.Errorf("%+v", p)
	}
	if v, ok := p.Find(map[string]string{"taille": "m"}); !ok || v.SKU != "CH-M" || !v.Tracked || v.Buyable(1) {
		t.Errorf("%+v", v)
	}
	t.Run("families and brands are made, in every language given", func(t *testing.T) {
		err := d.shop.Read(t.Context(), func(tx tenant.Tx) error {
			tree, err := catalog.ReadTree(tx)
			if err != nil {
				return err
			}
			n, ok := tree.Node(p.MainNode)
			if !ok || n.Texts["de"].Name != "Oberteile" || n.Depth() != 2 || tree.Size() != 3 {
				t.Errorf("%+v of %d", n, tree.Size())
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	t.Run("ART-12 links to articles further down", func(t *testing.T) {
		if robe := d.product("robe"); len(p.Links) != 1 || p.Links[0].Other != robe.ID || robe.Links[0].Other != p.ID {
			t.Errorf("%+v", p.Links)
		}
	})
	t.Run("the same file again changes nothing", func(t *testing.T) {
		if c := d.check(shirts, transfer.Options{}).Report.Counts; c.Same != 2 || c.Update+c.Create+c.Error != 0 {
			t.Errorf("%+v", c)
		}
	})
	t.Run("a file of numbers and prices", func(t *testing.T) {
		r := d.load("sku,price,stock\nCH-M,45.00,7\nRO,79,5\nCH-S,1019.90,3\n")
		if c := r.Report.Counts; c.Update != 1 || c.Same != 1 || c.Written != 1 {
			t.Errorf("%+v", c)
		}
		p := d.product("chemise")
		if v := p.Variants[1]; v.Price.String() != "45" || v.OnHand != 7 || p.Texts["fr"].Name != "Chemise d’été" {
			t.Errorf("%+v", p)
		}
	})
	t.Run("the diff names row, column, before and after", func(t *testing.T) {
		r := d.check("code,sku,price\nrobe,RO,69.5\n", transfer.Options{})
		if len(r.Report.Rows) != 1 {
			t.Fatalf("%+v", r.Report.Rows)
		}
		if l := r.Report.Rows[0]; l.Row != 2 || l.Column != "price" || l.Before != "79" || l.After != "69.5" || l.SKU != "RO" || l.Action != transfer.Update {
			t.Errorf("%+v", l)
		}
		if text := d.report(r); !strings.Contains(text, "2,update,robe,RO,price,79,69.5,,") {
			t.Errorf("report:\n%s", text)
		}
	})
	t.Run("windows-1252", func(t *testing.T) {
		old, err := charmap.Windows1252.NewEncoder().String("code;name;price;sku\nœuf;Œuf à 5 €;5,00;O-1\n")
		if err != nil {
			t.Fatal(err)
		}
		if r := d.load(old); r.Options.Encoding != "windows-1252" || d.product("œuf").Texts["fr"].Name != "Œuf à 5 €" {
			t.Errorf("%+v", r.Options)
		}
	})
}

// pains: a re-import neither doubles nor deletes variants, whatever was renamed.
func TestImport_Keys_IMP03(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.load(shirts)
	id := d.product("chemise").ID
	t.Run("both numbers changed", func(t *testing.T) {
		d.load("code,option1.value,sku\nchemise,S,NEW-S\nchemise,M,NEW-M\n")
		p := d.product("chemise")
		if len(p.Variants) != 2 || p.Variants[0].SKU != "NEW-S" || p.Variants[1].SKU != "NEW-M" || p.Variants[1].OnHand != 0 {
			t.Errorf("%+v", p.Variants)
		}
	})
	t.Run("the article's code changed", func(t *testing.T) {
		d.load("code,sku\nchemise-bis,NEW-S\n")
		if p := d.product("chemise-bis"); p.ID != id || len(p.Variants) != 2 {
			t.Errorf("%+v", p)
		}
	})
	t.Run("a new choice is added, the others stay", func(t *testing.T) {
		d.load("code,option1.value,sku,price\nchemise-bis,XL,NEW-XL,55\n")
		p := d.product("chemise-bis")
		if v, ok := p.Find(map[string]string{"taille": "xl"}); !ok || len(p.Variants) != 3 || v.SKU != "NEW-XL" || len(p.Options[0].Values) != 3 {
			t.Errorf("%+v", p)
		}
	})
	t.Run("blank numbers find their variant by its options", func(t *testing.T) {
		const rows = "code,name.fr,option1.name.fr,option1.value,sku,price\nsac,Sac,Couleur,Bleu,,10\n,,,Rouge,,12\n"
		d.load(rows)
		const swapped = "code,name.fr,option1.name.fr,option1.value,sku,price\nsac,Sac,Couleur,Rouge,,12\n,,,Bleu,,10\n"
		if c := d.check(swapped, transfer.Options{}).Report.Counts; c.Same != 1 {
			t.Errorf("%+v", c)
		}
		if p := d.product("sac"); p.Variants[0].SKU != "sac-1" || p.Variants[1].SKU != "sac-2" {
			t.Errorf("%+v", p.Variants)
		}
	})
}

// IMP-03: each problem is told by row and column, and costs its own article only.
func TestImport_Problems_IMP03(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.load(shirts)
	const head = "code,name.fr,state,active,available_on,price,weight_g,sku,option1.name.fr,option1.value,pictures,links.similar,colour\n"
	r := d.check(head+
		"a,A,nonsense,,,1,,A-1,,,,,\n"+ // 2
		"b,B,,maybe,,1,,B-1,,,,,\n"+ // 3
		"c,C,,,31-12-2026,1,,C-1,,,,,\n"+ // 4
		"d,D,,,,1.23456,,D-1,,,,,\n"+ // 5
		"e,E,,,,1,1.5,E-1,,,,,\n"+ // 6
		"f,F,,,,,,F-1,,,,,\n"+ // 7
		"g,,,,,1,,G-1,,,,,\n"+ // 8
		"h,H,,,,1,,CH-S,,,,,\n"+ // 9: takes another article's number, and with it the article
		"i,I,,,,1,,I-1,Taille,S,,,\n"+ // 10
		",,,,,1,,I-2,,S,,,\n"+ // 11
		"j,J,,,,1,,A-1,,,,,\n"+ // 12
		"a,A,,,,1,,A-2,,,,,\n"+ // 13
		"k,K,,,,-1,,K-1,,,,,\n"+ // 14
		"l,L,,,,1,,L-1,,,missing.jpg|ftp://x/y.png,nobody,\n"+ // 15
		"m,M,,,,1,,M-1,,,,,\n"+ // 16
		",Other,,,,1,,M-2,,,,,\n", transfer.Options{}) // 17
	for _, want := range []struct {
		row         int
		column, key string
	}{
		{2, "state", "transfer.word"}, {3, "active", "transfer.yes_no"}, {4, "available_on", "transfer.day"},
		{5, "price", "transfer.decimals"}, {6, "weight_g", "transfer.integer"}, {7, "price", "form.required"}, {8, "name", "form.required"},
		{11, "options", "catalog.same_options"}, {12, "sku", "transfer.sku_twice"}, {13, "code", "transfer.article_split"},
		{14, "price", "catalog.price"}, {15, "pictures", "transfer.picture"}, {15, "links.similar", "transfer.link"}, {17, "name.fr", "transfer.two_values"},
	} {
		if got := problem(r, want.row, want.column); got != want.key {
			t.Errorf("row %d, %s: %q, want %q", want.row, want.column, got, want.key)
		}
	}
	if c := r.Report.Counts; c.Create != 1 || c.Warnings != 3 {
		t.Errorf("%+v", c)
	}
	if u := r.Report.Unknown; len(u) != 1 || u[0] != "colour" {
		t.Errorf("unknown columns %v", u)
	}
	before := d.count()
	if r = d.apply(r); r.State != transfer.Done || d.count() != before+1 || r.Report.Counts.Written != 2 {
		t.Errorf("%s, %d articles, %+v", r.State, d.count(), r.Report.Counts)
	}
}

// Addresses that try to be something else: what is written as one is refused by row and column, and
// names make harmless ones.
func TestImport_SlugTricks_IMP03(t *testing.T) {
	t.Parallel()
	d := open(t)
	tricks := []string{"../../etc/passwd", "..", "a/b", "m\u0430g", "ＡＢＣ", "a%2fb", "-a", "<script>", "a?b#c", "\u202egnp.exe", strings.Repeat("a", 5000)}
	var b strings.Builder
	b.WriteString("code,name.fr,slug.fr,sku,price\n")
	for i, trick := range tricks {
		fmt.Fprintf(&b, "s-%d,Tour,%s,S-%d,1\n", i, trick, i)
	}
	r := d.check(b.String(), transfer.Options{})
	for i, trick := range tricks {
		if got := problem(r, i+2, "slug.fr"); got != "form.slug" {
			t.Errorf("%.30q: %q", trick, got)
		}
	}
	if r.Report.Counts.Error != len(tricks) || d.apply(r).Report.Counts.Written != 0 || d.count() != 0 {
		t.Errorf("%+v, %d articles", r.Report.Counts, d.count())
	}

	names := append(tricks[:len(tricks)-1:len(tricks)-1], "admin", "cart", "sitemap.xml", "product", "CON", "½ ♥", "日本語", "mug", "mug")
	b.Reset()
	b.WriteString("code,name.fr,sku,price\n")
	for i, name := range names {
		fmt.Fprintf(&b, "n-%d,%s,N-%d,1\n", i, name, i)
	}
	d.load(b.String())
	taken := map[string]string{}
	for i, name := range names {
		slug := d.product(fmt.Sprintf("n-%d", i)).Texts["fr"].Slug
		if !plainSlug.MatchString(slug) {
			t.Errorf("%q has the address %q", name, slug)
		}
		if other, twice := taken[slug]; twice {
			t.Errorf("%q and %q share the address %q", name, other, slug)
		}
		taken[slug] = name
	}
}

var plainSlug = regexp.MustCompile(`^[a-z0-9]+([-_][a-z0-9]+)*$`)

// ART-01 ART-03 ART-04 ART-11: pictures by the name of an uploaded file, descriptions, secondary
// views, markup made safe, a picture a choice.
func TestImport_Pictures_ART11(t *testing.T) {
	t.Parallel()
	d := open(t)
	library := media.New(media.Config{Bucket: bucket(t)})
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 50))); err != nil {
		t.Fatal(err)
	}
	m, err := library.Upload(t.Context(), d.shop, clerk, media.Incoming{Name: "robe.png", Content: &b})
	if err != nil {
		t.Fatal(err)
	}
	const rows = "code,name.fr,body.fr,pictures,pictures.alt.fr,pictures.option,panel1.title.fr,panel1.body.fr,option1.name.fr,option1.value,option1.swatch,sku,price\n" +
		`robe,Robe,<p onclick=x()>Belle</p><script>x()</script>,robe.png,Une robe,couleur=bleu,Entretien,À la main,Couleur,Bleu,robe.png,R-1,80` + "\n"
	d.load(rows)
	p := d.product("robe")
	if p.Texts["fr"].Body != "<p>Belle</p>" || len(p.Pictures) != 1 || p.Pictures[0].Media != m.ID || p.Pictures[0].Option != "couleur=bleu" {
		t.Errorf("%+v", p)
	}
	if x := p.Options[0].Values[0]; x.Media == nil || *x.Media != m.ID {
		t.Errorf("swatch %+v", x)
	}
	if m, err = media.Find(t.Context(), d.shop, m.ID); err != nil || m.Alt["fr"] != "Une robe" {
		t.Errorf("%v, %+v", err, m.Alt)
	}
	err = d.shop.Read(t.Context(), func(tx tenant.Tx) error {
		panels, err := catalog.Panels(tx, p.Panels)
		if err == nil && (len(panels) != 1 || panels[0].Titles["fr"] != "Entretien" || panels[0].Bodies["fr"] != "<p>À la main</p>") {
			t.Errorf("%+v", panels)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if c := d.check(rows, transfer.Options{}).Report.Counts; c.Same != 1 {
		t.Errorf("again: %+v", c)
	}
}
