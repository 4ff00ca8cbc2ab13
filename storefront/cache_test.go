package storefront_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
)

// A cold page is one unit of work of at most six queries, a page from memory none. So is the first
// page after a change of the shop, which also reads what frames every page.
func TestCache_Queries(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	for _, path := range []string{"/", "/product/tasse-en-gres", "/product/chemise-dete?o_colour=red", "/family/table", "/c/brand/poterie-loire",
		"/search?q=tasse", "/search?q=chemize", "/search?q=zzz", "/page/conditions", "/contact", "/c/brand", "/sitemap.xml", "/sitemap-fr-1.xml", "/de/"} {
		b.Get(h.at("/robots.txt?" + "q=" + path[1:])) // the frame is known
		queries, units, text := h.queries.during(func() { b.Get(h.at(path)) })
		if queries > 6 || units != 1 {
			t.Errorf("cold %s: %d queries in %d units of work\n%s", path, queries, units, strings.Join(text, "\n---\n"))
		}
		queries, units, _ = h.queries.during(func() { b.Get(h.at(path)) })
		if queries != 0 || units != 0 {
			t.Errorf("hot %s: %d queries in %d units of work", path, queries, units)
		}
	}
	for i, path := range []string{"/family/table", "/product/tasse-en-gres"} {
		h.save(mug("NEXT"+strconv.Itoa(i), "Suivant", "1.00"))
		queries, units, text := h.queries.during(func() { b.Get(h.at(path)) })
		if queries > 6 || units != 1 {
			t.Errorf("%s after a change: %d queries in %d units of work\n%s", path, queries, units, strings.Join(text, "\n---\n"))
		}
	}
}

// SPD-01: a committed write is on the next page; everybody else's pages stay as they are.
func TestCache_NextPageIsNew(t *testing.T) {
	t.Parallel()
	s := openStage(t)
	one, two := s.open("lune"), s.open("soleil")
	one.save(mug("A", "Tasse", "10.00"))
	two.save(mug("A", "Tasse", "20.00"))
	b := s.browser(t)
	for _, step := range []struct {
		h    *house
		text string
	}{{one, "10,00"}, {two, "20,00"}, {one, "10,00"}} {
		b.Get(step.h.at("/product/tasse"))
		b.WantText(".price", step.text)
	}
	p := find(t, one, "A")
	p.Variants[0].Price = dec("11.00")
	one.save(p)
	b.Get(one.at("/product/tasse"))
	b.WantText(".price", "11,00")
	_, _, text := s.queries.during(func() { b.Get(two.at("/product/tasse")) })
	if len(text) != 0 {
		t.Errorf("the other shop's page was read again: %v", text)
	}
	stock := settings.Defaults().Stock
	stock.Show = settings.ShowExact
	one.set(stock)
	b.Get(one.at("/product/tasse"))
	b.WantText(".stock", "20")
}

func find(t testing.TB, h *house, code string) *catalog.Product {
	t.Helper()
	var found *catalog.Product
	err := h.shop.Read(t.Context(), func(tx tenantTx) error {
		list, err := catalog.List(tx, catalog.Query{Locale: "fr", Fallback: "fr", Search: code, PerPage: 1, Page: 1})
		if err == nil {
			found, err = catalog.FindIn(tx, list.Cards[0].ID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Readers and a writer at once: a page read after the commit was announced never shows what was
// before it.
func TestCache_VersionRace(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := mug("R", "Course", "1.00")
	h.save(p)
	stop, wait := make(chan struct{}), sync.WaitGroup{}
	for range 3 {
		wait.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					h.front.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", h.at("/product/course"), nil))
				}
			}
		})
	}
	for i := range 20 {
		p.Variants[0].Price = dec("1.00").Add(dec("1").Mul(dec(string(rune('0' + i%10)))))
		h.save(p)
		w := httptest.NewRecorder()
		h.front.ServeHTTP(w, httptest.NewRequest("GET", h.at("/product/course"), nil))
		want := p.Variants[0].Price.StringFixed(2)
		if !strings.Contains(w.Body.String(), `"price":"`+want+`"`) {
			t.Fatalf("round %d: the page after the commit does not cost %s", i, want)
		}
	}
	close(stop)
	wait.Wait()
}

func mustAllow(t *testing.T, text string) []netip.Prefix {
	t.Helper()
	list, err := registry.ParseAllow(text)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// The same bytes for everybody, compressed or not, 304 for who has them; cookies and campaigns do not
// matter, what asks for a page does.
func TestCache_SameBytesForEverybody(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	get := func(path string, header ...string) *http.Response {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", h.at(path), nil)
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		h.front.ServeHTTP(w, r)
		return w.Result()
	}
	first := get("/product/tasse-en-gres")
	body, _ := io.ReadAll(first.Body)
	tag := first.Header.Get("ETag")
	if tag == "" || first.Header.Get("Vary") != "Accept-Encoding" || first.Header.Get("Cache-Control") != "public, max-age=0, s-maxage=10, must-revalidate" {
		t.Errorf("headers %v", first.Header)
	}
	if first.Header.Get("Set-Cookie") != "" {
		t.Error("a page for everybody sets a cookie")
	}
	for _, other := range []*http.Response{get("/product/tasse-en-gres?utm_source=x&fbclid=y"), get("/product/tasse-en-gres", "Cookie", "cart=x; session=y; currency=ZZZ; cart_count=3")} {
		again, _ := io.ReadAll(other.Body)
		if diff := cmp.Diff(string(body), string(again)); diff != "" || other.Header.Get("ETag") != tag {
			t.Errorf("other bytes: %s", diff)
		}
	}
	packed := get("/product/tasse-en-gres", "Accept-Encoding", "gzip")
	if packed.Header.Get("Content-Encoding") != "gzip" || packed.ContentLength == 0 {
		t.Errorf("not compressed: %v", packed.Header)
	}
	if got := get("/product/tasse-en-gres", "If-None-Match", tag); got.StatusCode != 304 {
		t.Errorf("with its tag: %d", got.StatusCode)
	}
	head := httptest.NewRecorder()
	h.front.ServeHTTP(head, httptest.NewRequest("HEAD", h.at("/product/tasse-en-gres"), nil))
	if head.Code != 200 || head.Body.Len() != 0 || head.Header().Get("ETag") != tag {
		t.Errorf("HEAD: %d, %d bytes", head.Code, head.Body.Len())
	}
	drained := *h.row
	drained.Mode, drained.ModeSince, drained.Rev = registry.Draining, noon, 2
	drained.Maintenance.Allow = mustAllow(t, "192.0.2.1")
	h.shops.put(&drained)
	if got := get("/product/tasse-en-gres").Header.Get("Cache-Control"); got != "private, no-cache" {
		t.Errorf("a draining shop's page may be kept by an edge: %q", got)
	}
}

// ART-02: a page is not kept beyond the end of a mark on it.
func TestCache_EndsWithTheMark(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := mug("M", "Marque", "1.00")
	end := noon.Add(time.Minute)
	p.Flags.New = catalog.Flag{On: true, Until: &end}
	h.save(p)
	b := h.browser(t)
	b.Get(h.at("/search?q=marque"))
	b.Want(".badge.new")
	h.clock.Advance(time.Minute)
	b.Get(h.at("/search?q=marque"))
	b.WantNo(".badge.new")
}

// A language that is taken away is gone at once, one that is added is there.
func TestCache_Languages(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	b.Get(h.at("/es/"))
	b.WantStatus(200)
	h.set(settings.Languages{Default: "de", Offered: []i18n.Locale{"de", "fr"}})
	b.Get(h.at("/es/"))
	b.WantStatus(404)
	b.Get(h.at("/product/tasse-en-gres-auf-deutsch"))
	b.WantStatus(200)
	if lang := b.Attr("html", "lang"); lang != "de" {
		t.Errorf("the main page is in %q", lang)
	}
}
