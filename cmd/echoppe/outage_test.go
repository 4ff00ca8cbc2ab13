package main_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/platform/driver/web/webtest"
)

// Without Redis the shop is slower and nothing is lost: pages, cart, order, payment, office.
func TestOutage_Redis(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "sansredis")
	shop.Stock(t, "Tasse", "24.00", 10)
	m.Redis.Cut()
	defer m.Redis.Mend()
	b := shopper(t, shop, m.Visitor(t, "fr"), "Tasse", "1")
	number := order(t, shop, b, byCard)
	payLater(t, b)
	wantPaid(t, shop, number)
	office := m.Visitor(t, "fr")
	office.Get(shop.OfficeLink(t))
	office.Get(shop.Office() + "/orders")
	office.WantStatus(200).WantText("main", number)
	shop.Stock(t, "Vase", "30.00", 1) // seen at once, though nobody was told
	b.Get(shop.URL + "/product/vase")
	b.WantStatus(200).WantText("h1", "Vase")
}

// Without Postgres whoever needs it is told to come back, with a number to quote; when it is back
// everything goes on, and nothing was done twice.
func TestOutage_Postgres(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "sanspostgres")
	shop.Stock(t, "Tasse", "24.00", 10)
	b, fields := atCheckout(t, shop, m, "Tasse", "patiente@example.org")
	office := m.Visitor(t, "fr")
	office.Get(shop.OfficeLink(t))
	mark := m.Log.Mark()

	m.Postgres.Cut()
	mended := false
	defer func() {
		if !mended {
			m.Postgres.Mend()
		}
	}()
	for _, page := range []*webtest.Page{
		b.Get(shop.URL + "/cart"),
		b.Do(press(b, shop.URL+"/checkout", fields)),
		office.Get(shop.Office() + "/orders"),
		m.Visitor(t, "de").Get(shop.URL + "/de/search?q=nobody-asked-before"),
	} {
		apptest.WantAnswer(t, page)
		wantLater(t, m, page, mark)
	}
	if got := m.Visitor(t, "en").Get("http://" + m.Addr + "/readyz").Status; got != http.StatusServiceUnavailable {
		t.Errorf("/readyz answers %d", got)
	}
	if got := m.Visitor(t, "en").Get("http://" + m.Addr + "/healthz").Status; got != http.StatusOK {
		t.Errorf("/healthz answers %d: the process is alive", got)
	}
	m.Postgres.Mend()
	mended = true

	apptest.Eventually(t, "the cart", func() bool { return b.Get(shop.URL+"/cart").Status == http.StatusOK })
	page := b.Do(press(b, shop.URL+"/checkout", fields))
	if page.Status != http.StatusSeeOther || !strings.Contains(page.Header.Get("Location"), "/order/") {
		t.Errorf("ordered afterwards: %d %s", page.Status, page.Header.Get("Location"))
	}
	if n := shop.Count(t, "select count(*) from orders"); n != 1 {
		t.Errorf("%d orders", n)
	}
	m.Letter(t, "patiente@example.org", "")
}

// wantLater: 503, when to come back, and the reference under which the log has the cause.
func wantLater(t *testing.T, m *apptest.Machine, page *webtest.Page, mark int) {
	t.Helper()
	if page.Status != http.StatusServiceUnavailable {
		t.Errorf("%s: status %d", page.URL, page.Status)
		return
	}
	if after, err := strconv.Atoi(page.Header.Get("Retry-After")); err != nil || after < 1 {
		t.Errorf("%s: Retry-After %q", page.URL, page.Header.Get("Retry-After"))
	}
	reference := page.Header.Get("X-Request-Id")
	if reference == "" || !strings.Contains(string(page.Body), reference) {
		t.Errorf("%s: no reference %q on the page: %.400s", page.URL, reference, page.Body)
	}
	if len(m.Log.Since(mark, reference)) == 0 {
		t.Errorf("%s: the log does not know %s", page.URL, reference)
	}
}

// Without the object store the shop sells on; a picture that cannot be had is a 5xx with a reference, one
// that cannot be kept is refused in words, and afterwards both work.
func TestOutage_ObjectStore(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "sansimages")
	shop.Stock(t, "Tasse", "24.00", 10)
	picture := shop.Picture(t, photo(t))
	m.Objects.Cut()
	mended := false
	defer func() {
		if !mended {
			m.Objects.Mend()
		}
	}()
	mark := m.Log.Mark()
	b := shopper(t, shop, m.Visitor(t, "fr"), "Tasse", "1")
	order(t, shop, b, byCheque)
	page := m.Visitor(t, "fr").Get(picture)
	if page.Status != http.StatusBadGateway && page.Status != http.StatusServiceUnavailable {
		t.Errorf("picture: status %d", page.Status)
	}
	reference := page.Header.Get("X-Request-Id")
	if reference == "" || len(m.Log.Since(mark, reference)) == 0 {
		t.Errorf("no log line for %q", reference)
	}
	for range 20 {
		m.Visitor(t, "fr").Get(picture)
	}
	if lines := m.Log.Since(mark, "level=ERROR"); len(lines) != 1 {
		t.Errorf("%d lines for one outage:\n%s", len(lines), strings.Join(lines, "\n"))
	}
	m.Objects.Mend()
	mended = true
	if page := m.Visitor(t, "fr").Get(picture); page.Status != http.StatusOK {
		t.Errorf("picture afterwards: status %d", page.Status)
	}
}

// ORD-11: a mail server that is gone delays letters and loses none; each arrives once.
func TestOutage_Mail(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "sansmail")
	shop.Stock(t, "Tasse", "24.00", 10)
	b, fields := atCheckout(t, shop, m, "Tasse", "attend@example.org")
	m.Mail.Cut()
	mended := false
	defer func() {
		if !mended {
			m.Mail.Mend()
		}
	}()
	if page := b.Do(press(b, shop.URL+"/checkout", fields)); page.Status != http.StatusSeeOther {
		t.Fatalf("not ordered: %d", page.Status)
	}
	number := apptest.Ask[string](t, shop, "select number from orders")
	apptest.Eventually(t, "letters that were tried in vain", func() bool { return m.Waiting(t, shop) >= 2 })
	if letters := m.Letters(t, "attend@example.org", number); len(letters) != 0 {
		t.Fatalf("%d letters without a mail server", len(letters))
	}
	m.Mail.Mend()
	mended = true
	m.Settled(t, shop)
	for _, to := range []string{"attend@example.org", shop.Owner} {
		if letters := m.Letters(t, to, number); len(letters) != 1 {
			t.Errorf("%d letters to %s about order %s", len(letters), to, number)
		}
	}
}

// photo is a small picture.
func photo(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewRGBA(image.Rect(0, 0, 600, 400))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
