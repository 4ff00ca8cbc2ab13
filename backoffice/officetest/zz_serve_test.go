package officetest_test

import (
	"bytes"
	"io/fs"
	"net/http"
	"net"
	"os"
	"testing"
	"time"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/families"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/backoffice/products"
	"echoppe.dev/backoffice/transfers"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/tax"
	"echoppe.dev/tenant/transfer"
)

func TestServe(t *testing.T) {
	var imp *transfer.Importer
	o := officetest.Open(t, []fs.FS{products.Locales, families.Locales, transfers.Locales, tax.Locales}, func(o *officetest.Office) []desk.Desk {
		imp = transfer.New(o.Bucket)
		return []desk.Desk{products.New(o.Library), families.New(o.Library), transfers.New(imp, o.Library)}
	})
	for _, n := range []string{"apparel.csv", "jewelery.csv"} {
		f, _ := os.Open("/work/shared/data/" + n)
		r, err := imp.Check(t.Context(), o.Shop, officetest.Who, transfer.Upload{Name: n, Content: f})
		if err != nil {
			t.Fatal(err)
		}
		if n == "apparel.csv" {
			if _, err := imp.Apply(t.Context(), o.Shop, officetest.Who, r.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	_, err := imp.Check(t.Context(), o.Shop, officetest.Who, transfer.Upload{Name: "erreurs.csv", Content: bytes.NewReader([]byte("code;sku;name;price\na;A1;Vase;12,40\nb;B1;Bol;cher\n;;;\n"))})
	if err != nil {
		t.Fatal(err)
	}
	o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Exec("update media set state='failed', problem='media.unreachable'").Error
	})
	var ids []catalog.ProductID
	o.Shop.Read(t.Context(), func(tx tenant.Tx) error { return tx.DB().Raw("select id from products order by code").Scan(&ids).Error })
	for i, p := range ids {
		if i > 6 {
			break
		}
		prod, err := catalog.Find(t.Context(), o.Shop, p)
		if err != nil {
			t.Fatal(err)
		}
		prod.Pictures = nil
		for n := range 3 {
			m, err := o.Library.Upload(t.Context(), o.Shop, officetest.Who, media.Incoming{Name: "photo.png", Content: bytes.NewReader(officetest.Picture(t, i*5+n, 800, 600))})
			if err != nil {
				t.Fatal(err)
			}
			prod.Pictures = append(prod.Pictures, catalog.Picture{Media: m.ID})
		}
		if err := catalog.Save(t.Context(), o.Shop, officetest.Who, prod); err != nil {
			t.Fatal(err)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile("/tmp/serve.addr", []byte("http://"+l.Addr().String()), 0o644)
	go http.Serve(l, o.Handler())
	for {
		if _, err := os.Stat("/tmp/serve.addr"); err != nil {
			return
		}
		time.Sleep(300 * time.Millisecond)
	}
}
