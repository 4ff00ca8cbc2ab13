package storefront_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/tenant/customer"
)

// register makes an account for Anna.
func register(t *testing.T, h *house, b *webtest.Browser) {
	t.Helper()
	b.Get(h.at("/de/account/register"))
	b.WantClean()
	b.Submit("form.form", webtest.Values{"name": "Anna Berg", "email": "anna@example.org", "password": "a long enough phrase"})
	b.WantStatus(200).WantPath("/de/account").WantClean().WantText("h1", "Anna Berg").Want(".note.success")
}

// ORD-08 ACC-01: register, sign out, sign in; the cart is merged without losing lines (CART-01).
func TestAccount_Sign(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.browser(t)
	register(t, h, b)
	b.Get(h.at("/product/tasse-en-gres"))
	b.Submit(".add .btn", nil)
	b.Get(h.at("/account"))
	b.Submit(`form[action="/account/sign-out"]`, nil)
	b.WantPath("/")
	b.Get(h.at("/cart"))
	b.Want(".empty")
	b.Get(h.at("/account/orders"))
	b.WantPath("/account/sign-in")
	b.Submit("form.form", webtest.Values{"email": "anna@example.org", "password": "not my password"})
	b.WantStatus(422).WantClean().Want(".note.error")
	if b.Value("[name=email]") != "anna@example.org" {
		t.Error("the address was lost")
	}
	other := b.Another()
	other.Get(h.at("/product/chemise-dete"))
	other.Submit(".add .btn", nil)
	other.Get(h.at("/account/sign-in?next=" + url.QueryEscape("/cart")))
	other.Submit("form.form", webtest.Values{"email": "ANNA@example.org ", "password": "a long enough phrase"})
	other.WantPath("/cart").WantCount(".line", 2)
	for _, next := range []string{"https://evil.example/", "//evil.example", "/\\evil", "javascript:x"} {
		c := b.Another()
		c.Get(h.at("/account/sign-in?next=" + url.QueryEscape(next)))
		c.Submit("form.form", webtest.Values{"email": "anna@example.org", "password": "a long enough phrase"})
		c.WantPath("/account")
	}
	again := b.Another()
	again.Get(h.at("/account/register"))
	again.Submit("form.form", webtest.Values{"name": "A", "email": "anna@example.org", "password": "a long enough phrase"})
	again.WantStatus(422).Want("[name=email][aria-invalid=true]")
	again.Submit("form.form", webtest.Values{"name": "", "email": "x", "password": "kurz"})
	again.WantStatus(422).WantClean().WantCount("[aria-invalid=true]", 3)
}

// ACC-01: the address book with the fields of each country; nobody reaches another's.
func TestAccount_Addresses(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	register(t, h, b)
	b.Get(h.at("/de/account/addresses/new"))
	b.WantClean()
	b.Submit(`button[formaction$="/refresh"]`, webtest.Values{"address.country": "DE", "address.line1": "Gasse 1"})
	b.WantStatus(200).WantClean()
	b.Submit(`button:not([formaction])`+savedButton, webtest.Values{"address.postcode": "1"})
	b.WantStatus(422).WantClean().Want(`[name="address.postcode"][aria-invalid=true]`)
	if b.Value(`[name="address.line1"]`) != "Gasse 1" {
		t.Error("what was typed is lost")
	}
	b.Submit(`button:not([formaction])`+savedButton, webtest.Values{"address.postcode": "10115", "address.city": "Berlin"})
	b.WantPath("/de/account/addresses").WantText("address", "Berlin").WantClean()
	edit := b.Attr(`a[href*="/account/addresses/0"]`, "href")
	b.Get(h.at(edit))
	b.WantStatus(200)
	thief := h.browser(t)
	thief.Get(h.at("/account/register"))
	thief.Submit("form.form", webtest.Values{"name": "T", "email": "t@example.org", "password": "a long enough phrase"})
	thief.Get(h.at(edit))
	thief.WantStatus(404)
	if p := thief.Do(posted("POST", h.at(edit+"/remove"), nil)); p.Status != 404 {
		t.Errorf("the thief's answer is %d", p.Status)
	}
	b.Get(h.at("/de/account/addresses"))
	b.Submit(`form[action$="/remove"]`, nil)
	b.WantNoText("Berlin")
}

// ACC-01: name, mail and password; the password ends the other sessions.
func TestAccount_Profile(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	register(t, h, b)
	elsewhere := h.browser(t)
	elsewhere.Get(h.at("/account/sign-in"))
	elsewhere.Submit("form.form", webtest.Values{"email": "anna@example.org", "password": "a long enough phrase"})
	b.Get(h.at("/account/profile"))
	b.WantClean()
	b.Submit("form.form", webtest.Values{"new_password": "another long phrase", "password": "wrong"})
	b.WantStatus(422).Want("[name=password][aria-invalid=true]")
	b.Submit("form.form", webtest.Values{"name": "Anna Stein", "new_password": "another long phrase", "password": "a long enough phrase"})
	b.WantStatus(200).WantPath("/account/profile").Want(".note.success")
	b.Get(h.at("/account"))
	b.WantText("h1", "Anna Stein")
	elsewhere.Get(h.at("/account"))
	elsewhere.WantPath("/account/sign-in")
}

// ACC-01: the rule for a password is told beforehand, and is the one that is kept; who ordered without
// an account learns where the way to the order is.
func TestAccount_Hints(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	for prefix, mail := range map[string]string{"": "e-mail de confirmation", "/en": "confirmation e-mail", "/de": "Bestätigungs-E-Mail", "/es": "correo de confirmación"} {
		b.Get(h.at(prefix + "/account/register"))
		b.WantClean().WantText("#f-password-h", strconv.Itoa(customer.MinPassword))
		b.Submit("form.form", webtest.Values{"name": "Zoé", "email": "zoe@example.org", "password": strings.Repeat("ab", customer.MinPassword)[1:customer.MinPassword]})
		b.WantStatus(422).WantText("#f-password-e", strconv.Itoa(customer.MinPassword))
		b.Get(h.at(prefix + "/account"))
		b.WantPath(prefix+"/account/sign-in").WantText(".aside", mail)
	}
}

// ACC-01: a forgotten password is chosen anew by a link that works once; unknown addresses are answered
// alike.
func TestAccount_Reset(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	register(t, h, h.browser(t))
	b := h.browser(t)
	var pages []string
	for _, email := range []string{"nobody@example.org", "anna@example.org"} {
		b.Get(h.at("/de/account/forgot"))
		b.WantClean()
		b.Submit("form.form", webtest.Values{"email": email})
		b.WantStatus(200).WantPath("/de/account/forgot").WantNo("[name=email]")
		pages = append(pages, string(b.Page().Body))
	}
	if pages[0] != pages[1] {
		t.Error("the pages tell who has an account")
	}
	b.Get(h.at("/de/account/reset/" + strings.Repeat("A", 26)))
	b.WantStatus(422).WantClean().WantNo("[name=password]")
	if n := h.count("tokens"); n != 1 {
		t.Errorf("%d links were made", n)
	}
}

// Pages of the account lead to the sign-in and back.
func TestAccount_NeedsSignIn(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	for _, path := range []string{"/account", "/account/orders", "/account/orders/1001", "/account/addresses", "/account/addresses/new", "/account/profile"} {
		p := h.browser(t).Do(request("GET", h.at("/es"+path)))
		if p.Status != 303 || p.Header.Get("Location") != "/es/account/sign-in?next="+url.QueryEscape("/es"+path) {
			t.Errorf("%s: %d %s", path, p.Status, p.Header.Get("Location"))
		}
	}
	b := h.browser(t)
	register(t, h, b)
	b.Get(h.at("/account/orders/9999"))
	b.WantStatus(404)
}

const savedButton = `.btn:not(.quiet)`
