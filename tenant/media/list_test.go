package media_test

import (
	"errors"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/tenanttest"
)

// ART-01 ART-11: a picture that is shown somewhere stays, and what lacks a description is listed.
func TestLibrary_Delete_ART01(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	l := media.New(media.Config{Bucket: bucket(t)})
	add := func(w int) *media.Media {
		m, err := upload(t, l, shop, "x.png", pngOf(t, corners(w, 40)))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	cover, swatch, free := add(41), add(42), add(43)
	p := &catalog.Product{
		Code: "mug", State: catalog.Draft, Kind: catalog.Physical, TaxClass: "standard",
		Texts:    map[i18n.Locale]catalog.Text{"fr": {Name: "Tasse"}},
		Pictures: []catalog.Picture{{Media: cover.ID}},
		Options: []catalog.Option{{Code: "c", Name: i18n.Text{"fr": "Couleur"},
			Values: []catalog.OptionValue{{Code: "r", Name: i18n.Text{"fr": "Rouge"}, Media: &swatch.ID}}}},
		Variants: []catalog.Variant{{SKU: "mug-r", Options: map[string]string{"c": "r"}, Price: decimal.NewFromInt(9), Active: true}},
	}
	if err := catalog.Save(t.Context(), shop, clerk, p); err != nil {
		t.Fatal(err)
	}
	for _, m := range []*media.Media{cover, swatch} {
		err := l.Delete(t.Context(), shop, clerk, m.ID)
		if !errors.Is(err, media.ErrInUse) || fault.ArgsOf(err)["name"] != "mug" {
			t.Errorf("got %v", err)
		}
	}
	if err := l.Delete(t.Context(), shop, clerk, free.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := l.Open(t.Context(), shop.ID(), free.Sizes[0].Key); !fault.Is(err, fault.NotFound) {
		t.Errorf("the copy outlived the picture: %v", err)
	}
	if err := media.Describe(t.Context(), shop, clerk, swatch.ID, i18n.Text{"fr": "Rouge", "en": "Red"}); err != nil {
		t.Fatal(err)
	}
	err := shop.Read(t.Context(), func(tx tenant.Tx) error {
		page, err := media.List(tx, media.Filter{State: media.Ready, Search: "X.p"})
		if err != nil || page.Total != 2 || len(page.Items) != 2 {
			t.Errorf("%v, %+v", err, page)
		}
		if unused, err := media.List(tx, media.Filter{Unused: true}); err != nil || unused.Total != 0 {
			t.Errorf("unused: %v, %+v", err, unused)
		}
		missing, err := media.ListMissingAlt(tx, []i18n.Locale{"fr", "en"}, 10)
		if err != nil || len(missing) != 1 || missing[0].ID != cover.ID {
			t.Errorf("missing: %v, %+v", err, missing)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
