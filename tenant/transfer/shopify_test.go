package transfer_test

import (
	"context"
	"testing"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/transfer"
)

// MIG-01 IMP-03: the files Shopify publishes as samples, as they are.
func TestShopify_MIG01(t *testing.T) {
	t.Parallel()
	d := open(t)
	for _, tt := range []struct {
		name           string
		articles, rows int
	}{{"apparel.csv", 20, 22}, {"jewelery.csv", 20, 23}} {
		t.Run(tt.name, func(t *testing.T) {
			before := d.count()
			r := d.check(file(t, tt.name), transfer.Options{})
			if c := r.Report.Counts; r.Options.Format != transfer.Shopify || c.Create != tt.articles || c.Error != 0 || c.Rows != tt.rows {
				t.Fatalf("%+v %+v", r.Options, r.Report)
			}
			if len(r.Report.Unknown) > 0 {
				t.Errorf("unknown columns %v", r.Report.Unknown)
			}
			if n := d.count(); n != before {
				t.Fatalf("the dry run wrote %d articles", n-before)
			}
			r = d.apply(r)
			if r.State != transfer.Done || d.count() != before+tt.articles || r.Pictures.Pending == 0 {
				t.Fatalf("%s, %d articles, pictures %+v", r.State, d.count(), r.Pictures)
			}
			again := d.check(file(t, tt.name), transfer.Options{})
			if c := again.Report.Counts; c.Same != tt.articles || c.Create+c.Update+c.Error != 0 {
				t.Errorf("a second import would change something: %+v", again.Report)
			}
		})
	}
	t.Run("an article without options", func(t *testing.T) {
		p := d.product("ocean-blue-shirt")
		if len(p.Variants) != 1 || len(p.Options) != 0 || p.Variants[0].SKU != "ocean-blue-shirt-1" || p.State != catalog.Published {
			t.Errorf("%+v", p)
		}
		if got := p.Texts["fr"].Body; got != "<p>Ocean blue cotton shirt with a narrow collar and buttons down the front and long sleeves. Comfortable fit and tiled kalidoscope patterns.</p>" {
			t.Errorf("body %q", got)
		}
	})
	t.Run("options, prices, a picture a variant", func(t *testing.T) {
		p := d.product("leather-anchor")
		if len(p.Variants) != 2 || p.Options[0].Code != "color" || p.Options[0].Values[1].Name["fr"] != "Silver" {
			t.Fatalf("%+v", p)
		}
		v, ok := p.Find(map[string]string{"color": "silver"})
		if !ok || v.Price.String() != "55" || v.CompareAt == nil || v.CompareAt.String() != "85" || v.Picture == nil || len(p.Pictures) != 3 {
			t.Errorf("%+v", v)
		}
		if !v.Buyable(1) {
			t.Error("Shopify counts nothing without an inventory tracker; neither do we")
		}
	})
	t.Run("vendor, type and tags become classifications", func(t *testing.T) {
		err := d.shop.Read(context.Background(), func(tx tenant.Tx) error {
			tree, err := catalog.ReadTree(tx)
			if err != nil {
				return err
			}
			p := d.product("leather-anchor")
			family, _ := tree.Node(p.MainNode)
			if family == nil || family.Text("fr", "fr").Name != "Bracelet" || len(p.Nodes) != 6 {
				t.Errorf("family %+v of %d", family, len(p.Nodes))
			}
			if x, ok := tree.Taxonomy("brand"); !ok || len(tree.Top(x.ID)) != 3 {
				t.Errorf("brands: %v", ok)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	t.Run("pictures wait for a job, and a retry is offered", func(t *testing.T) {
		p := d.product("leather-anchor")
		m, err := media.Find(context.Background(), d.shop, p.Pictures[0].Media)
		if err != nil || m.State != media.Pending || m.SourceURL == "" {
			t.Errorf("%v, %+v", err, m)
		}
	})
}

func TestShopify_Quirks_MIG01(t *testing.T) {
	t.Parallel()
	d := open(t)
	const head = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Taxable,Variant Requires Shipping,Gift Card,Status\n"
	r := d.check(head+
		"card,Gift,,,,,true,Title,Default Title,,0,,,deny,10,true,false,true,active\n"+
		"mug,Mug,<b onclick=x()>Big</b><script>x()</script>,Potier,Kitchen > Mugs,\"a, b\",true,Colour,Sky Blue,M-1,350,shopify,4,continue,12.50,true,true,false,active\n"+
		"mug,,,,,,,,Red,,350,shopify,0,deny,,,,,\n"+
		"book,E-book,,,,,false,Title,Default Title,B-1,0,,,deny,5,false,false,false,draft\n"+
		"bad,Bad,,,,,true,Title,Default Title,B-2,0,,,deny,cheap,true,true,false,active\n", transfer.Options{})
	if c := r.Report.Counts; c.Create != 2 || c.Error != 2 {
		t.Fatalf("%+v", r.Report)
	}
	if got := problem(r, 2, "Gift Card"); got != "transfer.gift_card" {
		t.Errorf("gift card: %q", got)
	}
	if got := problem(r, 6, "price"); got != "transfer.number" {
		t.Errorf("price: %q", got)
	}
	if r = d.apply(r); r.State != transfer.Done || len(r.Report.Failed) == 0 {
		t.Fatalf("%s %+v", r.State, r.Report)
	}
	p := d.product("mug")
	blue, _ := p.Find(map[string]string{"colour": "sky-blue"})
	red, ok := p.Find(map[string]string{"colour": "red"})
	if !ok || blue.OnHand != 4 || !blue.Backorder || !blue.Tracked || red.Price.String() != "12.5" || red.SKU != "mug-2" || red.Buyable(1) || red.WeightG != 350 {
		t.Errorf("%+v\n%+v", blue, red)
	}
	if got := p.Texts["fr"].Body; got != "<b>Big</b>" {
		t.Errorf("body %q", got)
	}
	book := d.product("book")
	if book.Kind != catalog.Digital || book.TaxClass != "exempt" || book.State != catalog.Draft {
		t.Errorf("%+v", book)
	}
}
