package main_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/platform/driver/web/webtest"
)

const password = "a long enough phrase"

// register makes a customer of a shop.
func register(t *testing.T, s *apptest.Shop, b *webtest.Browser, name, email string) {
	t.Helper()
	b.Get(s.URL + "/account/register")
	b.Submit(`form[action$="/account/register"]`, webtest.Values{"name": name, "email": email, "password": password})
	b.WantStatus(200)
	b.Get(s.URL + "/account")
	b.WantStatus(200).WantText("h1", name)
}

// FLT-01: on the shared host a session, a cart and an order's link of one shop mean nothing in another.
func TestIsolation_Sessions(t *testing.T) {
	m := apptest.Open(t)
	a, b := m.NewShop(t, "isole-a"), m.NewShop(t, "isole-b")
	a.Stock(t, "Tasse", "24.00", 10)
	b.Stock(t, "Vase", "30.00", 10)
	anna := m.Visitor(t, "fr")
	register(t, a, anna, "Anna Secret", "anna.secret@example.org")
	shopper(t, a, anna, "Tasse", "1")
	fields := claire()
	delete(fields, "email")
	fields["payment"] = wayOf(t, anna, byCheque)
	fields["terms"] = true
	anna.Submit(placeButton, fields)
	anna.WantStatus(200)
	orderPage := anna.URL()

	// The browser itself sends nothing of A to B.
	anna.Get(b.URL + "/account")
	if !strings.HasSuffix(anna.Path(), "/account/sign-in") {
		t.Errorf("signed in at the neighbour: %s", anna.URL())
	}
	// Somebody who copies the cookies over by hand gets no further.
	anna.Get(a.URL + "/account")
	anna.WantStatus(200)
	var stolen []*http.Cookie
	for _, name := range []string{"session", "cart"} {
		if c := anna.Cookie(name); c != nil {
			stolen = append(stolen, c)
		}
	}
	if len(stolen) == 0 {
		t.Fatal("no cookie to steal")
	}
	for _, path := range []string{"/account", "/account/orders", "/account/addresses", "/cart", "/checkout"} {
		r := httptest.NewRequest(http.MethodGet, b.URL+path, nil)
		for _, c := range stolen {
			r.AddCookie(c)
		}
		page := m.Visitor(t, "fr").Do(r)
		if strings.Contains(string(page.Body), "Anna") || strings.Contains(string(page.Body), "Tasse") || strings.HasPrefix(path, "/account") && page.Status != http.StatusSeeOther {
			t.Errorf("%s: %d, and it knows Anna", path, page.Status)
		}
	}
	link := orderPage[strings.LastIndex(orderPage, "/order/"):]
	if page := m.Visitor(t, "fr").Get(b.URL + link); page.Status != http.StatusNotFound {
		t.Errorf("an order of A shows in B: %d", page.Status)
	}
}

// FLT-01 HST-01: no way of writing an address or a host leads from one shop into another.
func TestIsolation_Addresses(t *testing.T) {
	m := apptest.Open(t)
	a, b := m.NewShop(t, "voisin-a"), m.NewShop(t, "voisin-b")
	a.Stock(t, "Secret-A", "24.00", 10)
	b.Stock(t, "Vase", "30.00", 10)
	platform := m.App.Out.Sites.Platform()
	for _, path := range []string{
		"/" + b.Slug() + ".shop/../" + a.Slug() + ".shop/product/secret-a",
		"/" + b.Slug() + ".shop/%2e%2e/" + a.Slug() + ".shop/product/secret-a",
		"/" + b.Slug() + ".shop/..%2f" + a.Slug() + ".shop/product/secret-a",
		"/" + b.Slug() + ".shop//" + a.Slug() + ".shop/product/secret-a",
		"/" + b.Slug() + ".shop/product/secret-a",
		"/" + b.Slug() + ".shop/product/secret-a%00",
		"/" + b.Slug() + ".shop/search?q=secret",
		"/" + b.Slug() + ".shop/media/../../" + a.ID().String() + "/media/x",
		"/" + b.Slug() + ".shop/media/%2e%2e%2f" + a.ID().String(),
		"/" + a.Slug() + "%2eshop%2f../" + b.Slug() + ".shop/product/secret-a",
	} {
		page := m.Visitor(t, "fr").Do(httptest.NewRequest(http.MethodGet, platform+path, nil))
		if page.Status == http.StatusOK && strings.Contains(string(page.Body), "/product/secret-a") || page.Status >= 500 {
			t.Errorf("%s: %d", path, page.Status)
		}
	}
	for name, dress := range map[string]func(*http.Request){
		"X-Forwarded-Host": func(r *http.Request) { r.Header.Set("X-Forwarded-Host", strings.TrimPrefix(a.Own(), "http://")) },
		"Forwarded":        func(r *http.Request) { r.Header.Set("Forwarded", "host="+strings.TrimPrefix(a.Own(), "http://")) },
		"X-Original-URL":   func(r *http.Request) { r.Header.Set("X-Original-URL", "/product/secret-a") },
		"dot at the end":   func(r *http.Request) { r.Host = b.Slug() + ".localhost." },
		"upper case":       func(r *http.Request) { r.Host = strings.ToUpper(r.Host) },
		"two labels":       func(r *http.Request) { r.Host = a.Slug() + "." + r.Host },
		"user":             func(r *http.Request) { r.Host = a.Slug() + ".localhost@" + r.Host },
		"path":             func(r *http.Request) { r.Host = r.Host + "/" + a.Slug() + ".shop" },
		"nobody":           func(r *http.Request) { r.Host = "evil.example" },
		"empty":            func(r *http.Request) { r.Host = "" },
	} {
		r := httptest.NewRequest(http.MethodGet, b.Own()+"/product/secret-a", nil)
		dress(r)
		page := m.Visitor(t, "fr").Do(r)
		body := string(page.Body)
		if page.Status == http.StatusOK && strings.Contains(body, "Secret-A") || page.Status >= 500 && page.Header.Get(apptest.Broken) == "" {
			t.Errorf("%s: %d", name, page.Status)
		}
		if strings.Contains(page.Header.Get("Location")+body, "evil.example") {
			t.Errorf("%s: what a stranger says about the host comes back", name)
		}
	}
}

// A merchant without a role in a shop is answered as if it did not exist, in the office too.
func TestIsolation_Office(t *testing.T) {
	m := apptest.Open(t)
	a, b := m.NewShop(t, "bureau-a"), m.NewShop(t, "bureau-b")
	a.Stock(t, "Tasse", "24.00", 10)
	office := m.Visitor(t, "fr")
	office.Get(b.OfficeLink(t))
	for _, path := range []string{"", "/orders", "/products", "/customers", "/settings", "/transfer/export"} {
		theirs := office.Get(a.Office() + path)
		none := office.Get(m.App.Out.Sites.Office() + "/shops/no-such-shop" + path)
		if theirs.Status != http.StatusNotFound || theirs.Status != none.Status {
			t.Errorf("%s: %d, a shop that is not there %d", path, theirs.Status, none.Status)
		}
		if mine := office.Get(b.Office() + path); mine.Status != http.StatusOK {
			t.Errorf("%s: %d in the own shop", path, mine.Status)
		}
	}
	console := office.Get(m.App.Out.Sites.Console() + "/shops")
	if !strings.Contains(console.URL.Path, "sign-in") {
		t.Errorf("a merchant in the console: %s", console.URL)
	}
}
