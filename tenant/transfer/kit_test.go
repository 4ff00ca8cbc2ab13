package transfer_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/driver/blob/fs"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/tenanttest"
	"echoppe.dev/tenant/transfer"
)

var clerk = tenant.Actor{Kind: tenant.Staff, ID: "1", Name: "Camille"}

// desk is a shop with an importer.
type desk struct {
	*transfer.Importer
	t    testing.TB
	shop *tenant.Shop
}

func open(t testing.TB) *desk {
	t.Helper()
	return &desk{transfer.New(bucket(t)), t, tenanttest.Open(t)}
}

func bucket(t testing.TB) blob.Bucket {
	t.Helper()
	b, err := fs.Open(fs.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (d *desk) check(content string, o transfer.Options) *transfer.Run {
	d.t.Helper()
	r, err := d.Check(context.Background(), d.shop, clerk, transfer.Upload{Name: "file.csv", Content: strings.NewReader(content), Options: o})
	if err != nil {
		d.t.Fatalf("check: %v", err)
	}
	return r
}

func (d *desk) apply(r *transfer.Run) *transfer.Run {
	d.t.Helper()
	done, err := d.Apply(context.Background(), d.shop, clerk, r.ID)
	if err != nil {
		d.t.Fatalf("apply: %v", err)
	}
	return done
}

// load checks and applies a file that must be without problems.
func (d *desk) load(content string) *transfer.Run {
	d.t.Helper()
	r := d.check(content, transfer.Options{})
	if r.State != transfer.Checked || r.Report.Counts.Error > 0 || r.Report.Counts.Warnings > 0 {
		d.t.Fatalf("%s: %+v", r.State, r.Report)
	}
	r = d.apply(r)
	if r.State != transfer.Done || len(r.Report.Failed) > 0 {
		d.t.Fatalf("%s: %+v", r.State, r.Report)
	}
	return r
}

func (d *desk) export(o transfer.ExportOptions) string {
	d.t.Helper()
	var b bytes.Buffer
	if err := transfer.Export(context.Background(), d.shop, &b, o); err != nil {
		d.t.Fatalf("export: %v", err)
	}
	return b.String()
}

func (d *desk) product(code string) *catalog.Product {
	d.t.Helper()
	var p *catalog.Product
	err := d.shop.Read(context.Background(), func(tx tenant.Tx) error {
		found, err := catalog.FindByCodes(tx, []string{code})
		if err != nil {
			return err
		}
		p, err = catalog.FindIn(tx, found[code])
		return err
	})
	if err != nil {
		d.t.Fatalf("find %s: %v", code, err)
	}
	return p
}

func (d *desk) count() (n int) {
	d.t.Helper()
	err := d.shop.Read(context.Background(), func(tx tenant.Tx) error {
		return tx.DB().Raw("select count(*) from products").Scan(&n).Error
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}

func (d *desk) report(r *transfer.Run) string {
	d.t.Helper()
	in, err := d.OpenReport(context.Background(), d.shop, r.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	defer in.Close()
	b, err := io.ReadAll(in)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(b)
}

func file(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// problem is the message key reported for a row and column, "" for none.
func problem(r *transfer.Run, row int, column string) string {
	for _, l := range r.Report.Rows {
		if l.Row == row && l.Column == column && l.Problem != "" {
			return l.Problem
		}
	}
	return ""
}

// LANG-01
func TestWords_Complete(t *testing.T) {
	c := i18ntest.Complete(t, os.DirFS("."), "locales")
	i18ntest.Used(t, c, transfer.Keys()...)
}
