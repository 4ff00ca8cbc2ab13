package storefront_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/discount"
)

type tenantTx = tenant.Tx

// discard is a writer that costs nothing, so that what is measured is the handler.
type discard struct {
	header http.Header
	n      int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(int)             {}
func (d *discard) Write(b []byte) (int, error) { d.n += len(b); return len(b), nil }

// BenchmarkHit is a page from memory through the whole stack; BenchmarkHit_Bare is a handler that
// writes the same bytes.
func BenchmarkHit(b *testing.B) {
	h := full(b)
	for _, path := range []string{"/product/tasse-1", "/family/tasses"} {
		b.Run(path[1:5], func(b *testing.B) { serve(b, h.front, h.at(path)) })
	}
}

func BenchmarkHit_Bare(b *testing.B) {
	h := full(b)
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", h.at("/family/tasses"), nil)
	r.Header.Set("Accept-Encoding", "gzip")
	h.front.ServeHTTP(w, r)
	body := w.Body.Bytes()
	bare := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.Write(body) //nolint:errcheck // it cannot fail
	})
	serve(b, bare, h.at("/"))
}

// BenchmarkCold makes the page anew each time: read, draw, compress, keep.
func BenchmarkCold(b *testing.B) {
	h := full(b)
	for _, path := range []string{"/product/tasse-1?o_x=", "/family/tasses?o_x="} {
		b.Run(path[1:5], func(b *testing.B) {
			n := 0
			for b.Loop() {
				n++
				r := httptest.NewRequest("GET", h.at(path+strconv.Itoa(n)), nil)
				if path[1] == 'f' {
					r = httptest.NewRequest("GET", h.at("/family/tasses?price_max="+strconv.Itoa(1000+n)), nil)
				}
				w := httptest.NewRecorder()
				h.front.ServeHTTP(w, r)
				if w.Code != 200 {
					b.Fatal(w.Code)
				}
			}
		})
	}
}

func serve(b *testing.B, h http.Handler, address string) {
	r := httptest.NewRequest("GET", address, nil)
	r.Header.Set("Accept-Encoding", "gzip, br")
	r.Header.Set("Cookie", "cart_count=2; session=abc")
	h.ServeHTTP(&discard{header: http.Header{}}, r.Clone(b.Context()))
	b.ReportAllocs()
	for b.Loop() {
		w := &discard{header: make(http.Header, 16)}
		h.ServeHTTP(w, r.Clone(b.Context()))
		if w.n == 0 {
			b.Fatal("nothing was written")
		}
	}
}

// full is a shop whose lists are full.
func full(b *testing.B) *house {
	h := stocked(b)
	cups := find(b, h, "MUG").Nodes
	var all []*catalog.Product
	for i := range 60 {
		p := mug("C"+strconv.Itoa(i), "Tasse "+strconv.Itoa(i), "10.00")
		p.Variants[0].CompareAt = ptr(decimal.NewFromInt(int64(11 + i)))
		p.Nodes = cups
		all = append(all, p)
	}
	h.save(all...)
	return h
}

// BenchmarkChanged makes the first page after a change of the shop: nothing kept from before holds.
func BenchmarkChanged(b *testing.B) {
	h := full(b)
	for _, path := range []string{"/product/tasse-1", "/family/tasses"} {
		b.Run(path[1:5], func(b *testing.B) {
			for b.Loop() {
				must(b, h.shop.Write(b.Context(), func(tx tenantTx) error { tx.Touch(); return nil }))
				w := httptest.NewRecorder()
				h.front.ServeHTTP(w, httptest.NewRequest("GET", h.at(path), nil))
				if w.Code != 200 {
					b.Fatal(w.Code)
				}
			}
		})
	}
}

// BenchmarkCold_Variants makes the page of an article of as many variants as a page carries, all of them reduced.
func BenchmarkCold_Variants(b *testing.B) {
	h := stocked(b)
	p := shirt("PULL", "Pull")
	p.Variants, p.Options[0].Values = nil, nil
	for i := range 20 {
		code := "c" + strconv.Itoa(i)
		p.Options[0].Values = append(p.Options[0].Values, catalog.OptionValue{Code: code})
		for _, size := range []string{"s", "m"} {
			p.Variants = append(p.Variants, catalog.Variant{SKU: code + size, Active: true, Price: decimal.NewFromInt(int64(20 + i)),
				Options: map[string]string{"colour": code, "size": size}})
		}
	}
	h.save(p)
	h.reduce(discount.Rule{Name: i18n.Text{"fr": "Soldes"}, Off: rate("10"),
		Scope: discount.Scope{Of: discount.Articles, Members: []string{find(b, h, "PULL").ID.String()}}})
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		w := httptest.NewRecorder()
		h.front.ServeHTTP(w, httptest.NewRequest("GET", h.at("/product/pull?o_x="+strconv.Itoa(n)), nil))
		if w.Code != 200 {
			b.Fatal(w.Code)
		}
	}
}
