package products_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

func TestVariants_ART07(t *testing.T) {
	o := open(t)
	p := article(t, o, "shirt", "Chemise")
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String() + "/variants")
	b.WantClean()
	b.Submit("#option", webtest.Values{"option_name": "Taille", "values": "S, M, L"})
	b.WantStatus(200).WantClean()
	b.Submit("#option", webtest.Values{"option_name": "Couleur", "values": "rouge\nbleu"})
	got := read(t, o, p.ID)
	if len(got.Variants) != 6 || len(got.Options) != 2 || got.Variants[0].OnHand != 10 {
		t.Fatalf("variants %+v", got.Variants)
	}
	b.WantCount("#variants tbody tr", 6).WantClean()
	b.Submit("#variants", webtest.Values{"v.0.price": "15", "v.1.stock": "4", "v.2.active": false, "stock_note": "count"})
	b.WantStatus(200)
	got = read(t, o, p.ID)
	if !got.Variants[0].Price.Equal(decimal.NewFromInt(15)) || got.Variants[1].OnHand != 4 || got.Variants[2].Active {
		t.Errorf("variants %+v", got.Variants[:3])
	}
	b.Submit("#variants", webtest.Values{"v.3.price": "-3", "v.4.sku": ""})
	b.WantStatus(422).Want(`[name="v.3.price"][aria-invalid=true]`).Want(`[name="v.4.sku"][aria-invalid=true]`).WantClean()
	b.Get(list + "/" + p.ID.String() + "/variants?tab=goods")
	b.WantClean()
	b.Submit("#variants", webtest.Values{"v.0.weight": "200", "v.0.barcode": "3760000000000"})
	got = read(t, o, p.ID)
	if got.Variants[0].WeightG != 200 || got.Variants[0].Barcode == "" || got.Variants[2].Active {
		t.Errorf("variant %+v", got.Variants[0])
	}
	b.Submit("#fill", webtest.Values{"scope": "couleur=bleu", "fill_price": "9.90", "fill_active": "1"})
	got = read(t, o, p.ID)
	for _, v := range got.Variants {
		if blue := v.Options["couleur"] == "bleu"; blue != v.Price.Equal(decimal.RequireFromString("9.9")) {
			t.Errorf("ART-06 %s costs %s", v.SKU, v.Price)
		}
	}
	b.Get(list + "/" + p.ID.String())
	b.WantStatus(200).WantNo("input[name=price]").WantClean()
	b.Submit(saveBar, webtest.Values{"name.fr": "Chemise d’été"})
	b.WantStatus(200)
	if after := read(t, o, p.ID); len(after.Variants) != 6 || after.Variants[1].OnHand != 4 {
		t.Errorf("saving the article changed its variants: %+v", after.Variants)
	}
}

// LAW-03: a crossed-out price that is not above its price is saved, and said, in the table and where many are set.
func TestVariants_uncrossed(t *testing.T) {
	o := open(t)
	p := article(t, o, "shirt", "Chemise")
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String() + "/variants")
	b.Submit("#option", webtest.Values{"option_name": "Taille", "values": "S, M, L, XL"})
	b.Submit("#variants", webtest.Values{"v.0.compare_at": "40", "v.1.compare_at": "10"})
	got := read(t, o, p.ID)
	b.WantText(".alert", "never be shown: "+got.Variants[1].SKU+".").WantText("#variants tr:nth-child(2)", "Not above the price").WantClean()
	if text := b.Text("#variants tbody tr:first-child"); strings.Contains(text, "Not above the price") {
		t.Errorf("40.00 beside 12.00: %s", text)
	}
	b.Submit("#variants", webtest.Values{"v.1.compare_at": ""})
	b.WantNoText("never be shown")
	b.Submit("#fill", webtest.Values{"fill_compare_at": "12"})
	b.WantText(".alert", "never be shown: "+got.Variants[0].SKU).WantText(".alert", got.Variants[2].SKU+", ….")
}

func TestOption(t *testing.T) {
	o := open(t)
	p := article(t, o, "shirt", "Chemise")
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String() + "/variants")
	b.Submit("#option", webtest.Values{"option_name": "Taille", "values": "S, M, L"})
	b.Get(list + "/" + p.ID.String() + "/options/taille")
	b.WantStatus(200).WantClean()
	b.Submit("#option .save button", webtest.Values{"name.en": "Size", "value.0.name_en": "Small", "value.0.order": "9", "value.3.name_fr": "XL"})
	b.WantStatus(200)
	got := read(t, o, p.ID)
	if vs := got.Options[0].Values; len(vs) != 4 || vs[2].Name[i18n.English] != "Small" || vs[3].Code != "xl" || len(got.Variants) != 3 {
		t.Errorf("values %+v", vs)
	}
	b.WantText("#generate", "One combination")
	b.Get(list + "/" + p.ID.String() + "/options/taille")
	b.Submit("#option .save button", webtest.Values{"value.0.name_fr": ""})
	b.WantStatus(422).WantText("#option", "Remove the variant as well").WantClean()
	b.Submit("#option .save button", webtest.Values{"drop": true})
	b.WantStatus(200)
	if got = read(t, o, p.ID); len(got.Variants) != 2 {
		t.Errorf("%d variants", len(got.Variants))
	}
	b.Get(list + "/" + p.ID.String() + "/options/taille/delete")
	b.WantClean()
	b.Submit(".confirm form", nil)
	if got = read(t, o, p.ID); len(got.Variants) != 1 || len(got.Options) != 0 {
		t.Errorf("%d variants, %d options", len(got.Variants), len(got.Options))
	}
}

// An article with very many variants stays usable: its page shows a few of them, and can be narrowed.
func TestVariants_CAT06(t *testing.T) {
	o := open(t)
	p := article(t, o, "cable", "Câble")
	err := o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		defer tx.Touch()
		err := tx.DB().Exec(`update products set options = jsonb_build_array(
				jsonb_build_object('code', 'a', 'name', '{"fr": "Longueur"}'::jsonb, 'values', (select jsonb_agg(jsonb_build_object('code', 'a' || n, 'name', jsonb_build_object('fr', n || ' cm'))) from generate_series(1, 200) n)),
				jsonb_build_object('code', 'b', 'name', '{"fr": "Couleur"}'::jsonb, 'values', (select jsonb_agg(jsonb_build_object('code', 'b' || n, 'name', jsonb_build_object('fr', 'Ton ' || n))) from generate_series(1, 250) n)))
			where id = ?`, p.ID).Error
		if err != nil {
			return err
		}
		if err := tx.DB().Exec("delete from variants where product_id = ?", p.ID).Error; err != nil {
			return err
		}
		return tx.DB().Exec(`insert into variants (id, product_id, sku, options, option_key, price, position, created_at, updated_at)
			select gen_random_uuid(), ?, 'C-' || a || '-' || b, jsonb_build_object('a', 'a' || a, 'b', 'b' || b), 'a=a' || a || ';b=b' || b, 5, a * 250 + b, now(), now()
			from generate_series(1, 200) a, generate_series(1, 250) b`, p.ID).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	at := list + "/" + p.ID.String() + "/variants"
	b.Get(at)
	b.WantStatus(200).WantCount("#variants tbody tr", 50).WantText(".page-head", "50,000 variants")
	if size := len(b.Page().Body); size > 1<<20 {
		t.Errorf("%d bytes", size)
	}
	b.Get(at + "?o.a=a7&page=2")
	b.WantCount("#variants tbody tr", 50).WantText("#variants", "7 cm, Ton 51").WantText(".chips", "7 cm").WantClean()

	t.Run("saving a page writes its variants only", func(t *testing.T) {
		b.Submit("#variants", webtest.Values{"v.0.price": "7.50", "v.1.sku": "SPECIAL", "v.2.stock": "4"})
		b.WantStatus(200).WantText("#variants", "7 cm, Ton 51")
		var n struct {
			Written, Cheap, Rev int
			High                decimal.Decimal
			Found               bool
		}
		err := o.Shop.Read(t.Context(), func(tx tenant.Tx) error {
			return tx.DB().Raw(`select count(*) filter (where v.updated_at = p.updated_at) as written, count(*) filter (where v.price = 7.5) as cheap,
				max(p.rev) as rev, max(p.price_max) as high,
				(select bool_or(folded like '% special %') from product_texts where product_id = ?) as found
				from products p join variants v on v.product_id = p.id where p.id = ?`, p.ID, p.ID).Scan(&n).Error
		})
		if err != nil || n.Written > 3 || n.Cheap != 1 || n.Rev != p.Rev+1 || !n.High.Equal(decimal.RequireFromString("7.5")) || !n.Found {
			t.Errorf("%v, %+v", err, n)
		}
	})
	t.Run("a number that another variant of another page has", func(t *testing.T) {
		b.Submit("#variants", webtest.Values{"v.0.sku": "C-1-1"})
		b.WantStatus(409).WantClean()
	})
	t.Run("the last page", func(t *testing.T) {
		b.Get(at + "?page=1000")
		b.WantStatus(200).WantCount("#variants tbody tr", 50)
	})
}
