package products_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// office is the path below which articles are.
const office = "/shops/test/products/"

// ART-08: an option that adds to the price makes no variants; what each choice adds is typed with it.
func TestExtra(t *testing.T) {
	o := open(t)
	p := article(t, o, "shirt", "Chemise")
	b := o.Browser(t)
	variants := list + "/" + p.ID.String() + "/variants"
	b.Get(variants)
	b.Submit("#option", webtest.Values{"kind": "extra", "option_name": "Impression", "values": "Logo = 3,0125\nCadeau = 10 %\n\nCarte"})
	b.WantStatus(200).WantPath(office + p.ID.String() + "/extras/impression").WantClean()
	got := read(t, o, p.ID)
	want := []catalog.Extra{{Code: "impression", Name: i18n.Text{"fr": "Impression"}, Values: []catalog.ExtraValue{
		{Code: "logo", Name: i18n.Text{"fr": "Logo"}, Fixed: decimal.RequireFromString("3.0125")},
		{Code: "cadeau", Name: i18n.Text{"fr": "Cadeau"}, Percent: decimal.NewFromInt(10)},
		{Code: "carte", Name: i18n.Text{"fr": "Carte"}},
	}}}
	if diff := cmp.Diff(want, got.Extras); diff != "" || len(got.Variants) != 1 || len(got.Options) != 0 {
		t.Fatalf("ART-08 %s; %d variants", diff, len(got.Variants))
	}
	b.Submit("#option .save button", webtest.Values{"required": true, "value.0.order": "9", "value.1.fixed": "2.5", "value.2.name_fr": "", "value.3.name_fr": "Bois",
		"value.3.percent": "12.5"})
	b.WantStatus(200).WantPath(office+p.ID.String()+"/variants").WantText("main", "Bois (+12.5%)").WantClean()
	got = read(t, o, p.ID)
	var codes []string
	for _, v := range got.Extras[0].Values {
		codes = append(codes, v.Code+" "+v.Fixed.String()+" "+v.Percent.String())
	}
	if s := strings.Join(codes, ", "); s != "cadeau 2.5 10, logo 3.0125 0, bois 0 12.5" && s != "cadeau 2.5 10, bois 0 12.5, logo 3.0125 0" || !got.Extras[0].Required {
		t.Errorf("values %s, required %v", s, got.Extras[0].Required)
	}
	b.Get(list + "/" + p.ID.String() + "/extras/impression/delete")
	b.WantClean()
	b.Submit(".confirm form", nil)
	b.WantStatus(200)
	if got = read(t, o, p.ID); len(got.Extras) != 0 {
		t.Errorf("extras %+v", got.Extras)
	}
}

// ART-08: a percentage above 100 was perhaps meant as an amount: it is saved, and said.
func TestExtra_High(t *testing.T) {
	o := open(t)
	p := article(t, o, "shirt", "Chemise")
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String() + "/variants")
	b.Submit("#option", webtest.Values{"kind": "extra", "option_name": "Impression", "values": "Logo = 100 %"})
	b.WantStatus(200).WantNoText("more than doubles")
	b.Submit("#option .save button", webtest.Values{"value.0.percent": "900"})
	b.WantStatus(200).WantText("#main", "“Logo” adds 900% and so more than doubles the price.").WantClean()
	if got := read(t, o, p.ID).Extras[0].Values[0].Percent; !got.Equal(decimal.NewFromInt(900)) {
		t.Errorf("%s", got)
	}
}

// Bad input: what is wrong is said beside its field, and everything typed stays.
func TestExtra_Refused(t *testing.T) {
	o := open(t)
	p := article(t, o, "shirt", "Chemise")
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String() + "/variants")
	for name, values := range map[string]string{
		"five decimals": "Logo = 0.00001", "below zero": "Logo = -1", "no number": "Logo = cheap", "eleven times the price": "Logo = 1001 %", "nothing": " \n",
	} {
		t.Run(name, func(t *testing.T) {
			b.Submit("#option", webtest.Values{"kind": "extra", "option_name": "Impression", "values": values})
			b.WantStatus(422).Want(`#option [name=values][aria-invalid=true]`).WantClean()
			if got := b.Value(`#option [name=option_name]`); got != "Impression" {
				t.Errorf("the name is %q", got)
			}
		})
	}
	b.Submit("#option", webtest.Values{"kind": "extra", "option_name": "Impression", "values": "Logo = 900 %\nlogo = 3"})
	b.WantStatus(422).WantText("#f-values-error", "“logo” is already one of the values.").WantClean()
	b.Submit("#option", webtest.Values{"kind": "extra", "option_name": "Impression", "values": "Logo = 3"})
	b.Submit("#option .save button", webtest.Values{"value.1.name_fr": "LOGO", "value.1.percent": "900"})
	b.WantStatus(422).Want(`[name="value.1.name_fr"][aria-invalid=true]`).WantText("#option", "“LOGO” is already one of the values.").WantClean()
	b.Submit("#option .save button", webtest.Values{"value.1.name_fr": ""})
	b.WantStatus(200).WantNo(".alert-warn")
	b.Get(list + "/" + p.ID.String() + "/extras/impression")
	for field, text := range map[string]string{"value.0.fixed": "1.00001", "value.0.percent": "-5", "value.0.order": "first"} {
		b.Submit("#option .save button", webtest.Values{field: text})
		b.WantStatus(422).Want(`[name="` + field + `"][aria-invalid=true]`).WantClean()
		if got := b.Value(`[name="` + field + `"]`); got != text {
			t.Errorf("%s is %q", field, got)
		}
		b.Get(list + "/" + p.ID.String() + "/extras/impression")
	}
	t.Run("a taken revision", func(t *testing.T) {
		b.Post(list+"/"+p.ID.String()+"/extras/impression", url.Values{"rev": {"1"}, "name.fr": {"X"}, "value.0.name_fr": {"Y"}, "value.0.code": {"logo"}})
		b.WantStatus(409)
	})
}

// ART-09: the merchant says how buyers order; the variants stay as they are.
func TestArrange(t *testing.T) {
	o := open(t)
	p := article(t, o, "shirt", "Chemise")
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String() + "/variants")
	b.Submit("#option", webtest.Values{"option_name": "Taille", "values": "S, M"})
	b.Submit("#option", webtest.Values{"option_name": "Couleur", "values": "rouge, bleu"})
	for choice, want := range map[string][2]catalog.Place{
		"list": {catalog.Rows, catalog.Rows}, "across:taille": {catalog.Columns, catalog.Rows}, "": {catalog.NoPlace, catalog.NoPlace},
	} {
		b.Submit("#arrange", webtest.Values{"table": choice})
		b.WantStatus(200).WantClean()
		got := read(t, o, p.ID)
		if places := [2]catalog.Place{got.Options[0].Place, got.Options[1].Place}; places != want || len(got.Variants) != 4 {
			t.Errorf("%q: %v", choice, places)
		}
		if shown := b.Value("#arrange [name=table]"); shown != choice {
			t.Errorf("the page shows %q for %q", shown, choice)
		}
	}
}

// Bad input: the form of a new article that is sent twice makes one article.
func TestNew_SentTwice(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(list + "/new")
	key := b.Value("[name=key]")
	fields := url.Values{"key": {key}, "state": {"published"}, "name.fr": {"Vase"}, "price": {"12,0125"}, "gross": {"1"}, "stock": {"3"}}
	for range 2 {
		b.Post(list+"/new", fields)
		b.WantStatus(200).WantPath(office + key)
	}
	made, err := id.Parse[catalog.Product](key)
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, o, made); !got.Variants[0].Price.Equal(decimal.RequireFromString("12.0125")) || got.CreatedAt.IsZero() {
		t.Errorf("four decimals: %s, made %v", got.Variants[0].Price, got.CreatedAt)
	}
	var n int
	err = o.Shop.Read(t.Context(), func(tx tenant.Tx) error { return tx.DB().Raw("select count(*) from products").Scan(&n).Error })
	if err != nil || n != 1 {
		t.Errorf("%d articles, %v", n, err)
	}
}

// Bad input: prices of an article are read as people of a language type them, never with a digit lost.
func TestPrice_Typed(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	for _, tt := range []struct {
		language, typed, want string // want "" for a refusal
	}{
		{"fr", "0,0125", "0.0125"}, {"fr", "0.0125", "0.0125"}, {"fr", "1 234,5", "1234.5"}, {"fr", "0,01255", ""},
		{"en", "0.0125", "0.0125"}, {"en", "0,0125", "0.0125"}, {"en", "1,234.50", "1234.5"}, {"en", "0.01255", ""},
		{"de", "1.234,5", "1234.5"}, {"es", "0,125", "0.125"}, {"en", "-3", ""}, {"en", "1e9", ""}, {"en", "9999999999999999", ""}, {"en", "∞", ""},
	} {
		t.Run(tt.language+" "+tt.typed, func(t *testing.T) {
			b := b.In(t)
			b.Language = tt.language
			b.Get(list + "/new")
			b.Submit("#article", webtest.Values{"name.fr": "Vase " + tt.language + tt.typed, "price": tt.typed})
			if tt.want == "" {
				b.WantStatus(422).Want("[name=price][aria-invalid=true]")
				if got := b.Value("[name=price]"); got != tt.typed {
					t.Errorf("the field holds %q", got)
				}
				return
			}
			b.WantStatus(200)
			made, err := id.Parse[catalog.Product](b.Path()[strings.LastIndex(b.Path(), "/")+1:])
			if err != nil {
				t.Fatal(err)
			}
			if got := read(t, o, made).Variants[0].Price; !got.Equal(decimal.RequireFromString(tt.want)) {
				t.Errorf("got %s", got)
			}
		})
	}
}
