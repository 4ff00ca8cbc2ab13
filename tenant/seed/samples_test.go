package seed_test

import (
	"slices"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/blob/fs"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/seed"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/start"
	"echoppe.dev/tenant/transfer"
)

// ART-01 LANG-01: an empty shop gets articles of its trade, in its languages and money, marked as what
// they are; they go without a trace.
func TestSamples(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		answers start.Answers
		only    []i18n.Locale // languages the merchant has kept; nil for all
		n       int
		kind    catalog.Kind
		price   string // of the first
	}{
		"goods in Germany":    {start.Answers{Country: "DE", Trade: start.Physical}, nil, 6, catalog.Physical, "24"},
		"files in Japan":      {start.Answers{Country: "JP", Trade: start.Digital}, []i18n.Locale{i18n.English}, 3, catalog.Digital, "1490"},
		"services in Sweden":  {start.Answers{Country: "SE", Trade: start.Services}, []i18n.Locale{i18n.German, i18n.English}, 3, catalog.Service, "610"},
		"nothing said at all": {start.Answers{}, nil, 6, catalog.Physical, "24"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shop := defaults(t)
			if err := start.Answer(t.Context(), shop, tenant.ByProgram, tt.answers); err != nil {
				t.Fatal(err)
			}
			if tt.only != nil {
				offer(t, shop, tt.only)
			}
			bucket, err := fs.Open(fs.Config{Dir: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			samples := seed.NewSamples(small{media.New(media.Config{Bucket: bucket})}, transfer.New(bucket))
			for range 2 { // pressing the button again changes nothing
				if err := samples.Add(t.Context(), shop, tenant.ByProgram); err != nil {
					t.Fatal(err)
				}
			}
			all, pictures, left := shelf(t, shop, samples)
			if len(all) != tt.n || pictures != tt.n || left != tt.n {
				t.Fatalf("%d articles, %d pictures, %d counted, want %d", len(all), pictures, left, tt.n)
			}
			first := slices.IndexFunc(all, func(p *catalog.Product) bool { return p.Position <= all[0].Position })
			for i, p := range all {
				if p.Position < all[first].Position {
					first = i
				}
				for l, x := range p.Texts {
					if tt.only != nil && !slices.Contains(tt.only, l) || !strings.HasSuffix(x.Name, ")") {
						t.Errorf("%s in %s is called %q", p.Code, l, x.Name)
					}
				}
				if p.Kind != tt.kind || p.State != catalog.Published || p.MainNode.IsZero() {
					t.Errorf("%+v", p)
				}
			}
			if got := all[first].Variants[0].Price.String(); got != tt.price {
				t.Errorf("CUR-01 %s costs %s, want %s", all[first].Code, got, tt.price)
			}
			if err := samples.Remove(t.Context(), shop, tenant.ByProgram); err != nil {
				t.Fatal(err)
			}
			all, pictures, left = shelf(t, shop, samples)
			if len(all)+pictures+left+families(t, shop) != 0 {
				t.Errorf("left: %d articles, %d pictures, %d counted", len(all), pictures, left)
			}
		})
	}
}

// A sample somebody has edited is his.
func TestSamples_edited(t *testing.T) {
	t.Parallel()
	shop := defaults(t)
	bucket, err := fs.Open(fs.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	samples := seed.NewSamples(small{media.New(media.Config{Bucket: bucket})}, transfer.New(bucket))
	if err := samples.Add(t.Context(), shop, tenant.ByProgram); err != nil {
		t.Fatal(err)
	}
	all, _, _ := shelf(t, shop, samples)
	mine := all[0]
	mine.Texts[i18n.French] = catalog.Text{Name: "Ma tasse", Slug: "ma-tasse"}
	if err := catalog.Save(t.Context(), shop, tenant.ByProgram, mine); err != nil {
		t.Fatal(err)
	}
	if err := samples.Remove(t.Context(), shop, tenant.ByProgram); err != nil {
		t.Fatal(err)
	}
	all, pictures, left := shelf(t, shop, samples)
	if len(all) != 1 || all[0].ID != mine.ID || pictures != 1 || left != 0 || families(t, shop) != 1 {
		t.Errorf("left: %d articles, %d pictures, %d counted", len(all), pictures, left)
	}
}

// offer leaves a shop with some languages, the first of them its own.
func offer(t *testing.T, shop *tenant.Shop, offered []i18n.Locale) {
	t.Helper()
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		return settings.SaveIn(tx, tenant.ByProgram, settings.Languages{Default: offered[0], Offered: offered}, s.Rev(settings.NameLanguages))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// shelf is what stands in a shop: its articles, how many pictures it has, how many samples are counted.
func shelf(t *testing.T, shop *tenant.Shop, samples *seed.Samples) (all []*catalog.Product, pictures, left int) {
	t.Helper()
	err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) {
		if all, err = catalog.ListAfter(tx, "", 100); err != nil {
			return err
		}
		library, err := media.List(tx, media.Filter{})
		if err != nil {
			return err
		}
		pictures = library.Total
		left, err = samples.Count(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all, pictures, left
}

func families(t *testing.T, shop *tenant.Shop) (n int) {
	t.Helper()
	err := shop.Read(t.Context(), func(tx tenant.Tx) error { return tx.DB().Raw("select count(*) from nodes").Scan(&n).Error })
	if err != nil {
		t.Fatal(err)
	}
	return n
}
