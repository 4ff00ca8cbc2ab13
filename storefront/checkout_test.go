package storefront_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// inCart is a visitor with two cups.
func (h *house) inCart(t *testing.T, locale string) *webtest.Browser {
	t.Helper()
	b := h.browser(t)
	slug := map[string]string{"": "/product/tasse-en-gres", "/de": "/de/product/tasse-en-gres-auf-deutsch"}[locale]
	b.Get(h.at(slug))
	b.Submit(".add .btn", webtest.Values{"quantity": "2"})
	b.Follow(`.sum a[href$="/checkout"]`)
	b.WantStatus(200).WantClean()
	return b
}

// nantes is an address that passes.
var nantes = webtest.Values{
	"email": "claire@example.org", "delivery.name": "Claire Martin", "delivery.line1": "3 quai de la Fosse",
	"delivery.postcode": "44000", "delivery.city": "Nantes", "terms": true,
}

func with(v webtest.Values, more ...any) webtest.Values {
	out := webtest.Values{}
	for name, value := range v {
		out[name] = value
	}
	for i := 0; i+1 < len(more); i += 2 {
		out[more[i].(string)] = more[i+1]
	}
	return out
}

// place presses the button that binds.
const place = "#summary .btn.big"

// mode is the value of a way to pay.
func mode(b *webtest.Browser, name string) string {
	found := ""
	b.Page().Doc().Find("#step-payment label.check").EachWithBreak(func(_ int, s *selection) bool {
		if strings.Contains(s.Text(), name) {
			found = s.Find("input").AttrOr("value", "")
		}
		return found == ""
	})
	return found
}

// ORD-07 ORD-08 ORD-09 ORD-10 LANG-01: a guest buys in German by cheque with script off; the order page
// says how to pay and needs no account.
func TestCheckout_GuestByCheque(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "/de")
	b.WantText("#summary .total", "52,95").WantText("#summary .shipping", "4,95")
	b.Submit(place, with(nantes, "payment", mode(b, "Chèque"), "note", "Bitte klingeln"))
	b.WantStatus(200).WantClean().Want(".thanks").WantText("address", "Nantes").WantText(".pay-how", "Atelier Lune").WantText(".total", "52,95")
	if !strings.HasPrefix(b.Path(), "/de/order/") || b.Attr("html", "lang") != "de" {
		t.Errorf("ended at %s", b.Path())
	}
	anonymous := h.browser(t)
	anonymous.Get(b.URL())
	anonymous.WantStatus(200).WantText("address", "Nantes")
	anonymous.Get(h.at("/order/" + strings.Repeat("x", 80)))
	anonymous.WantStatus(404)
	b.Get(h.at("/de/cart"))
	b.Want(".empty")
}

// Everything wrong is told at once, beside its field, in the reader's language, and nothing typed is
// lost.
func TestCheckout_Refusals(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "/de")
	b.Submit(place, webtest.Values{"email": "claire@", "delivery.name": "Claire", "delivery.postcode": "ABC", "note": "Hallo", "phone": "x"})
	b.WantStatus(422).WantClean().Want("form#checkout > .note.error")
	for name, value := range map[string]string{"email": "claire@", "delivery.name": "Claire", "delivery.postcode": "ABC", "note": "Hallo", "phone": "x"} {
		if got := strings.TrimSpace(b.Value(`[name="` + name + `"]`)); got != value {
			t.Errorf("%s came back as %q, want %q", name, got, value)
		}
	}
	for _, name := range []string{"email", "phone", "delivery.line1", "delivery.postcode", "delivery.city", "terms"} {
		b.Want(`[name="` + name + `"][aria-invalid=true]`)
	}
	b.WantNo(`[name="delivery.name"][aria-invalid=true]`)
	if text := strings.Join(b.Texts(".err"), "\n"); regexp.MustCompile(`[a-z]+\.[a-z_]+`).MatchString(text) {
		t.Errorf("a key instead of words: %s", text)
	}
	b.Submit(place, with(nantes, "phone", "", "payment", mode(b, "Chèque")))
	b.WantStatus(200).Want(".thanks")
}

// Another country shows its fields and its tax by one submit, without script; what was typed stays.
func TestCheckout_CountryRefresh(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "")
	b.Submit(`#step-delivery button[formaction$="/refresh"]`, with(nantes, "delivery.country", "US"))
	b.WantStatus(200).WantPath("/checkout/refresh").WantClean().Want(`select[name="delivery.region"]`)
	if b.Value(`[name="delivery.name"]`) != "Claire Martin" || b.Count("[aria-invalid=true]") != 0 {
		t.Errorf("typed values were lost or refused: %q", b.Value(`[name="delivery.name"]`))
	}
	b.WantText("#summary .total", "44,12") // exported without VAT: 40.00 and 4.12
	b.Get(h.at("/checkout/refresh"))       // a reload is no error
	b.WantStatus(200)
}

// The double click: the same page sent twice with the same cookies is one order, and leads to the same
// place both times.
func TestCheckout_PlacedOnce(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	send := func(r *http.Request, cookies string) *http.Response {
		r.Header.Set("Cookie", cookies)
		w := httptest.NewRecorder()
		h.front.ServeHTTP(w, r)
		return w.Result()
	}
	added := send(posted("POST", h.at("/cart/items"), url.Values{"product": {find(t, h, "MUG").ID.String()}}), "")
	cookies := ""
	for _, c := range added.Cookies() {
		cookies += c.Name + "=" + c.Value + "; "
	}
	page, err := goquery.NewDocumentFromReader(send(request("GET", h.at("/checkout")), cookies).Body)
	must(t, err)
	fields := url.Values{"who": {"guest"}, "same": {"1"}, "terms": {"1"}}
	for _, name := range []string{"key", "shown", "shipping", "delivery.country"} {
		at := page.Find(`[name="` + name + `"]`).First()
		fields.Set(name, at.AttrOr("value", at.Find("option[selected]").AttrOr("value", "")))
	}
	fields.Set("payment", page.Find("#step-payment label.check").Eq(1).Find("input").AttrOr("value", ""))
	for name, value := range nantes {
		if text, ok := value.(string); ok {
			fields.Set(name, text)
		}
	}
	first := send(posted("POST", h.at("/checkout"), fields), cookies)
	second := send(posted("POST", h.at("/checkout"), fields), cookies)
	to := first.Header.Get("Location")
	if first.StatusCode != 303 || !strings.HasPrefix(to, "/order/") || second.StatusCode != 303 || second.Header.Get("Location") != to {
		t.Errorf("first %d %s, second %d %s", first.StatusCode, to, second.StatusCode, second.Header.Get("Location"))
	}
	if n := h.count("orders"); n != 1 {
		t.Errorf("%d orders", n)
	}
	without := send(posted("POST", h.at("/checkout"), fields), "") // the order took the cart's cookie away
	if without.StatusCode != 303 || without.Header.Get("Location") != to {
		t.Errorf("without the cart: %d %s", without.StatusCode, without.Header.Get("Location"))
	}
	fields.Set("key", "guessed")
	if p := h.browser(t).Do(posted("POST", h.at("/checkout"), fields)); p.Status != 303 || p.Header.Get("Location") != "/cart" {
		t.Errorf("with another key: %d %s", p.Status, p.Header.Get("Location"))
	}
}

// ORD-07: a page sent again leads to its order and leaves alone what has been put into a cart since.
func TestCheckout_SentAgainLater(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "")
	fields := url.Values{"who": {"guest"}, "same": {"1"}, "terms": {"1"}, "delivery.country": {"FR"}, "payment": {mode(b, "Chèque")},
		"key": {b.Value("[name=key]")}, "shown": {b.Value("[name=shown]")}, "shipping": {b.Value("[name=shipping]")}}
	for name, value := range nantes {
		if text, ok := value.(string); ok {
			fields.Set(name, text)
		}
	}
	to := b.Do(posted("POST", h.at("/checkout"), fields)).Header.Get("Location")
	b.Get(h.at("/product/tasse-en-gres"))
	b.Submit(".add .btn", webtest.Values{"quantity": "3"})
	if p := b.Do(posted("POST", h.at("/checkout"), fields)); p.Status != 303 || p.Header.Get("Location") != to {
		t.Errorf("sent again: %d %s, want %s", p.Status, p.Header.Get("Location"), to)
	}
	b.Get(h.at("/cart"))
	if got := b.Attr("#cart", "data-count"); got != "3" || h.count("orders") != 1 {
		t.Errorf("%s pieces in the cart, %d orders", got, h.count("orders"))
	}
}

// The script renews the sums but not the hidden fields: what counts is what was shown last.
func TestCheckout_ShownByScript(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "")
	fields := url.Values{"key": {b.Value("[name=key]")}, "shown": {b.Value("[name=shown]")}, "same": {"1"}, "delivery.country": {"US"}, "delivery.region": {"NY"},
		"delivery.name": {"C"}, "delivery.line1": {"1 Street"}, "delivery.city": {"NYC"}, "delivery.postcode": {"10001"},
		"email": {"c@example.org"}, "terms": {"1"}, "payment": {mode(b, "Chèque")}, "shipping": {b.Value("[name=shipping]")}}
	if p := b.Do(posted("POST", h.at("/checkout/refresh"), fields)); p.Status != 200 {
		t.Fatalf("refresh: %d", p.Status)
	}
	if p := b.Do(posted("POST", h.at("/checkout"), fields)); p.Status != 303 {
		t.Errorf("place: %d", p.Status)
	}
}

// What people write never becomes markup, on the pages of one reader either.
func TestCheckout_Probes(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	const probe = `"><script>alert(1)</script>`
	p := mug("EVIL", probe, "3.00")
	h.save(p)
	b := h.browser(t)
	b.Do(posted("POST", h.at("/cart/items"), url.Values{"product": {p.ID.String()}}))
	check := func() {
		t.Helper()
		b.WantClean()
		if strings.Contains(string(b.Page().Body), "<script>alert") {
			t.Errorf("%s: the probe is markup", b.URL())
		}
	}
	b.Get(h.at("/cart"))
	check()
	b.Get(h.at("/checkout"))
	b.Submit(place, with(nantes, "delivery.name", probe, "note", probe, "email", probe+"@x"))
	b.WantStatus(422)
	check()
	b.Submit(place, with(nantes, "delivery.name", probe, "note", probe, "payment", mode(b, "Chèque")))
	b.WantStatus(200).Want(".thanks")
	check()
}

func (h *house) count(table string) (n int) {
	h.t.Helper()
	must(h.t, h.shop.Read(h.t.Context(), func(tx tenant.Tx) error { return tx.DB().Raw("select count(*) from " + table).Scan(&n).Error }))
	return n
}

// ORD-07: a total that changed since it was shown is shown again before anything is ordered.
func TestCheckout_TotalChanged(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "")
	p := find(t, h, "MUG")
	p.Variants[0].Price = dec("25.00")
	h.save(p)
	b.Submit(place, with(nantes, "payment", mode(b, "Chèque")))
	b.WantStatus(422).WantText("#summary .total", "54,95").Want("form#checkout > .note.error")
	if h.count("orders") != 0 {
		t.Fatal("ordered at a price nobody saw")
	}
	b.Submit(place, webtest.Values{"terms": true})
	b.WantStatus(200).Want(".thanks")
}

// ORD-08: a new account while ordering; ACC-01 the next order knows its address.
func TestCheckout_NewAccount(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "")
	b.Submit(place, with(nantes, "who", "register", "password", "short", "payment", mode(b, "Chèque")))
	b.WantStatus(422).Want(`[name=password][aria-invalid=true]`)
	b.Submit(place, webtest.Values{"who": "register", "password": "a long enough phrase", "terms": true})
	b.WantStatus(200).Want(".thanks")
	b.Get(h.at("/account"))
	b.WantStatus(200).WantText("h1", "Claire Martin").WantCount(".orders li", 1).WantText("address", "Nantes")
	b.Follow(".orders a")
	b.WantStatus(200).WantClean().WantText("h1", "1001")
	b.Get(h.at("/product/tasse-en-gres"))
	b.Submit(".add .btn", nil)
	b.Get(h.at("/checkout"))
	b.WantClean().WantNo(`[name=who]`)
	if b.Value(`[name="delivery.city"]`) != "Nantes" || b.Value("[name=email]") != "claire@example.org" {
		t.Error("the address was not remembered")
	}
}

// ORD-08 CART-01: sign in inside the checkout; the cart comes along and what was typed stays.
func TestCheckout_SignInInside(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	register(t, h, h.browser(t))
	b := h.inCart(t, "")
	signIn := `button[formaction$="/sign-in"]`
	b.Submit(signIn, webtest.Values{"who": "sign_in", "email": "anna@example.org", "password": "wrong password", "note": "x"})
	b.WantStatus(422).Want(`[name=password][aria-invalid=true]`)
	b.Submit(signIn, webtest.Values{"password": "a long enough phrase", "delivery.name": "Anna B", "delivery.line1": "1 rue", "delivery.city": "Lyon"})
	b.WantStatus(200).WantNo("[name=who]").WantClean()
	if b.Value(`[name="delivery.city"]`) != "Lyon" || strings.TrimSpace(b.Value("[name=note]")) != "x" {
		t.Error("what was typed is lost")
	}
	b.WantText("#summary .total", "52,95")
}

// MNT-01: a visitor with a cart from before is inside, a new one is not.
func TestEnteredAt(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "")
	drained := *h.row
	drained.Mode, drained.Rev = "maintenance1", 2
	drained.ModeSince = systemNow().Add(3600e9) // carts are dated by their ids, in real time
	h.shops.put(&drained)
	b.Get(h.at("/cart"))
	b.WantStatus(200).WantCount(".line", 1)
	b.Another().Get(h.at("/cart"))
	if got := b.Another().Get(h.at("/cart")).Status; got != 503 {
		t.Errorf("a newcomer gets %d", got)
	}
}

// stockSet counts an article anew.
func stockSet(h *house, code string, n int) {
	p := find(h.t, h, code)
	must(h.t, h.shop.Write(h.t.Context(), func(tx tenant.Tx) error {
		return stock.Count(tx, p.Variants[0].ID, n, stock.ReasonCount, "test")
	}))
}

// A key no page of ours gave is not kept, however long it is.
func TestCheckout_KeyOfNobody(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "")
	fields := url.Values{"key": {strings.Repeat("x", 5000)}, "email": {"nobody"}, "same": {"1"}}
	if p := b.Do(posted("POST", h.at("/checkout"), fields)); p.Status != 422 {
		t.Errorf("status %d", p.Status)
	}
}

// PAY-08: what a way to pay costs stands beside it before it is chosen, then in the sums, on the order.
func TestCheckout_PaymentFee(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	err := h.shop.Write(t.Context(), func(tx tenant.Tx) error {
		tx.Touch()
		return tx.DB().Exec(`update payment_modes set scope = '{"cost": {"fee": {"fixed": "3"}, "includes_tax": true}}' where kind = 'cheque'`).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	b := h.inCart(t, "")
	b.WantText("#step-payment .check", "3,00")
	// Without script the sum on the page is that of another way to pay: he is shown the new one and asked.
	b.Submit(place, with(nantes, "payment", mode(b, "Chèque")))
	b.WantStatus(422).WantClean().WantText("#summary .total", "55,95").WantText("#summary .fee", "3,00")
	b.Submit(place, webtest.Values{"terms": true})
	b.WantStatus(200).WantClean().Want(".thanks").WantText(".total", "55,95").WantText(".fee", "3,00")
}

// PROF-01: the countries of the form are those the buyer's profile is served in, and it begins with one of them although
// the shop lives elsewhere. What was sent all the same comes back beside its refusal.
func TestCheckout_CountriesOfProfile(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.set(settings.Profiles{Profiles: []profile.Profile{{Code: profile.Anonymous, Kind: profile.KindAnonymous, Active: true,
		SendTo: []string{"CH", "BE"}, BillTo: []string{"BE", "CH"}}}})
	b := h.inCart(t, "")
	const countries = `select[name="delivery.country"] option`
	b.WantCount(countries, 2).Want(countries+`[value="CH"][selected]`).WantCount(`select[name="billing.country"] option`, 2)
	b.Do(posted("POST", h.at("/checkout"), url.Values{"delivery.country": {"FR"}, "same": {"1"}}))
	b.WantStatus(422).WantCount(countries, 3).Want(countries + `[value="FR"][selected]`).Want(`select[name="delivery.country"][aria-invalid=true]`)
}
