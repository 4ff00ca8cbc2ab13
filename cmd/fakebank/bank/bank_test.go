package bank_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/cmd/fakebank/families"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
)

const key = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"

var demo = bank.Merchant{Number: "DEMO", Name: "Demo shop", Key: key}

// open starts a bank; the caller's options win.
func open(t *testing.T, o bank.Options) *bank.Bank {
	t.Helper()
	if o.Merchants == nil {
		o.Merchants = []bank.Merchant{demo}
	}
	o.Clock, o.Dialects = clock.System(), families.All()
	b, err := bank.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// mac is section 2 of the protocol, once more.
func mac(v url.Values) string {
	k, err := hex.DecodeString(key)
	if err != nil {
		panic(err)
	}
	h := hmac.New(sha256.New, k)
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if strings.HasPrefix(name, "pb_") && name != "pb_mac" {
			fmt.Fprintf(h, "%s=%d:%s\n", name, len(v.Get(name)), v.Get(name))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// request opens a payment of 49.90 EUR.
func request(ref, notify string) url.Values {
	return url.Values{
		"pb_version": {"1"}, "pb_merchant": {"DEMO"}, "pb_mode": {"test"}, "pb_ref": {ref}, "pb_amount": {"4990"},
		"pb_currency": {"EUR"}, "pb_capture": {"now"}, "pb_order": {"R-1001 <b>"}, "pb_locale": {"fr"},
		"pb_return": {"http://shop.localhost/back?a=1"}, "pb_notify": {notify},
		"pb_time": {strconv.FormatInt(clock.System().Now().Unix(), 10)},
	}
}

func signed(v url.Values) url.Values {
	v.Set("pb_mac", mac(v))
	return v
}

// shop answers notices, first with what it is told to, then rightly.
type shop struct {
	*httptest.Server
	heard chan heard
}

type heard struct {
	signature string
	body      []byte
	message   bank.Message
}

func newShop(t *testing.T, first ...http.HandlerFunc) shop {
	t.Helper()
	s := shop{heard: make(chan heard, 100)}
	answers := make(chan http.HandlerFunc, len(first))
	for _, f := range first {
		answers <- f
	}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := heard{signature: r.Header.Get("Bank-Signature")}
		h.body, _ = io.ReadAll(r.Body)
		_ = json.Unmarshal(h.body, &h.message)
		select {
		case f := <-answers:
			f(w, r)
		default:
			_, _ = w.Write([]byte("OK " + h.message.ID))
		}
		s.heard <- h
	}))
	t.Cleanup(s.Close)
	return s
}

func (s shop) wait(t *testing.T) heard {
	t.Helper()
	select {
	case h := <-s.heard:
		return h
	case <-time.After(20 * time.Second):
		t.Fatal("no notice came")
		return heard{}
	}
}

// at is the bank's page of a new payment.
func at(t *testing.T, b http.Handler, v url.Values) *webtest.Browser {
	t.Helper()
	w := webtest.Open(t, b)
	w.Site("shop.localhost", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<title>Shop</title>back"))
	}))
	w.Get("http://bank.localhost/testbank/pay?" + v.Encode())
	return w
}

// TestPage: PGW-17, PGW-05: the hosted page in four languages, without script, in every state.
func TestPage(t *testing.T) {
	s := newShop(t)
	b := open(t, bank.Options{})
	for _, l := range i18n.Shipped {
		t.Run(string(l), func(t *testing.T) {
			v := request("PAGE-"+string(l), s.URL)
			v.Set("pb_locale", string(l))
			w := at(t, b, signed(v))
			w.WantStatus(http.StatusOK).Want("html[lang="+string(l)+"]").WantNo("script").WantText(".sheet > .soft", "R-1001 <b>").WantClean()
			if w.Count("button[name=card]") != 9 || w.Count("option") != len(bank.Quirks()) {
				t.Errorf("%d buttons, %d quirks", w.Count("button[name=card]"), w.Count("option"))
			}
			w.Submit("button[value=funds]", nil)
			w.Want("[role=alert]").Want("button[value=good]").Want("a.main[href*=pb_event]").WantClean()
			w.Submit("button[value=secure]", nil)
			w.Want("button[value=confirm]").WantNo("button[value=good]").WantClean()
			w.Submit("button[value=deny]", nil)
			w.Want("[role=alert]").WantClean()
			w.Submit("button[value=silent]", webtest.Values{"quirk": "late"})
			w.Want("[role=status]").WantNo("button").WantClean()
			w.Get("/?lang=" + string(l))
			w.WantClean().Want(".rows a")
			w.Follow(".rows li:first-child a")
			w.WantClean().Want("pre").Want("button[value=refund]")
		})
	}
}

// TestPage_back: PGW-04, the browser goes back with what is known, signed, behind the shop's own fields.
func TestPage_back(t *testing.T) {
	s := newShop(t)
	b := open(t, bank.Options{})
	for card, event := range map[string]string{"good": "paid", "cancel": "cancelled"} {
		w := at(t, b, signed(request("BACK-"+card, s.URL)))
		w.Submit("button[value="+card+"]", nil)
		u, err := url.Parse(w.URL())
		if err != nil {
			t.Fatal(err)
		}
		v := u.Query()
		if !strings.HasPrefix(u.RawQuery, "a=1&") || v.Get("pb_mac") != mac(v) || v.Get("pb_event") != event || v.Get("pb_amount") != "4990" {
			t.Errorf("%s: came back to %s", card, u)
		}
		if h := s.wait(t); h.message.ID != v.Get("pb_id") {
			t.Errorf("%s: told %q by notice and %q by the browser", card, h.message.ID, v.Get("pb_id"))
		}
	}
}

// TestPage_shop: the buyer is told whom he pays in the shop's own words, with the amount and the order, on
// every step; a shop that says nothing goes by the name of its contract.
func TestPage_shop(t *testing.T) {
	s := newShop(t)
	b := open(t, bank.Options{})
	named := request("NAMED", s.URL)
	named.Set("pb_shop", "Atelier de la Lune & Fils")
	w := at(t, b, signed(named))
	w.WantText(".to strong", "Atelier de la Lune & Fils").WantText("h1", "49,90").WantText(".sheet > .soft", "R-1001 <b>").WantClean()
	if strings.Contains(w.Text(".sheet"), "Demo shop") || strings.Contains(w.Text(".sheet"), "DEMO") {
		t.Errorf("the contract shows: %s", w.Text(".sheet"))
	}
	w.Submit("button[value=secure]", nil)
	w.WantText(".sheet", "Atelier de la Lune & Fils")
	w.Submit("button[value=deny]", nil)
	w.Submit("button[value=silent]", nil)
	w.WantText(".return", "Atelier de la Lune & Fils")
	at(t, b, signed(request("UNNAMED", s.URL))).WantText(".to strong", "Demo shop")
}

func TestOpen_refuses(t *testing.T) {
	b := open(t, bank.Options{})
	const local = "http://shop.localhost/notify"
	w := at(t, b, signed(request("KNOWN", local)))
	w.WantStatus(http.StatusOK)
	first := w.Path()
	if again := at(t, b, signed(request("KNOWN", local))); again.Path() != first {
		t.Errorf("the same request again opens another payment")
	}
	old := strconv.FormatInt(clock.System().Now().Add(-2*time.Hour).Unix(), 10)
	for name, tt := range map[string]struct {
		status int
		change func(url.Values)
	}{
		"another amount for a known reference": {400, func(v url.Values) { v.Set("pb_ref", "KNOWN"); v.Set("pb_amount", "1") }},
		"no such merchant":                     {403, func(v url.Values) { v.Set("pb_merchant", "NOBODY") }},
		"an old request":                       {400, func(v url.Values) { v.Set("pb_time", old) }},
		"no amount":                            {400, func(v url.Values) { v.Set("pb_amount", "0") }},
		"a decimal amount":                     {400, func(v url.Values) { v.Set("pb_amount", "1.5") }},
		"no such currency":                     {400, func(v url.Values) { v.Set("pb_currency", "XXZ") }},
		"another version":                      {400, func(v url.Values) { v.Set("pb_version", "2") }},
		"no such mode":                         {400, func(v url.Values) { v.Set("pb_mode", "") }},
		"a bad reference":                      {400, func(v url.Values) { v.Set("pb_ref", "a b") }},
		"a long order":                         {400, func(v url.Values) { v.Set("pb_order", strings.Repeat("x", 61)) }},
		"a long name":                          {400, func(v url.Values) { v.Set("pb_shop", strings.Repeat("x", 61)) }},
		"script to go back to":                 {400, func(v url.Values) { v.Set("pb_return", "javascript:alert(1)") }},
		"notices to elsewhere":                 {400, func(v url.Values) { v.Set("pb_notify", "https://example.com/") }},
		"notices into the cloud":               {400, func(v url.Values) { v.Set("pb_notify", "http://169.254.169.254/latest") }},
		"notices to a look-alike":              {400, func(v url.Values) { v.Set("pb_notify", "http://localhost.example.com/") }},
		"notices with a user":                  {400, func(v url.Values) { v.Set("pb_notify", "http://localhost@example.com/") }},
		"notices to a file":                    {400, func(v url.Values) { v.Set("pb_notify", "file://localhost/etc/passwd") }},
	} {
		t.Run(name, func(t *testing.T) {
			v := request("NEW", local)
			tt.change(v)
			at(t, b, signed(v)).WantStatus(tt.status).WantNo("form").WantClean()
		})
	}
	unsigned := request("NEW", local)
	at(t, b, unsigned).WantStatus(http.StatusForbidden)
	twice := signed(request("NEW", local))
	twice.Add("pb_amount", "1")
	at(t, b, twice).WantStatus(http.StatusForbidden)
	tampered := signed(request("NEW", local))
	tampered.Set("pb_amount", "1")
	at(t, b, tampered).WantStatus(http.StatusForbidden)
	lost := webtest.Open(t, b)
	lost.Get("http://bank.localhost/pay/NOSUCH")
	lost.WantStatus(http.StatusNotFound).WantClean()
}

// TestDelivery: a notice is repeated until it is answered as expected, signed anew each time, and
// given up in the end.
func TestDelivery(t *testing.T) {
	elsewhere := newShop(t)
	say := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
	}
	s := newShop(t, say(500, "oops"), say(200, "OK"), func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
	})
	b := open(t, bank.Options{Backoff: []time.Duration{1, 1, 1, 1}})
	w := at(t, b, signed(request("DELIVER", s.URL)))
	w.Submit("button[value=good]", nil)
	first := s.wait(t)
	for range 3 {
		if again := s.wait(t); string(again.body) != string(first.body) {
			t.Errorf("repeated as %s, first %s", again.body, first.body)
		}
	}
	if len(elsewhere.heard) > 0 {
		t.Error("a redirect was followed")
	}
	deaf := newShop(t, say(500, ""), say(500, ""), say(500, ""), say(500, ""), say(500, ""))
	w = at(t, b, signed(request("DEAF", deaf.URL)))
	w.Submit("button[value=good]", nil)
	for range 5 {
		deaf.wait(t)
	}
	waitFor(t, b, "DEAF", func(page *webtest.Browser) bool {
		return page.Count(".answer.bad") == 5 && page.Count(".answer.good") == 0
	})
}

// waitFor reads the log until it says what is expected.
func waitFor(t *testing.T, b http.Handler, ref string, done func(*webtest.Browser) bool) {
	t.Helper()
	deadline := clock.System().Now().Add(20 * time.Second)
	for clock.System().Now().Before(deadline) {
		w := webtest.Open(t, b)
		w.Get("http://bank.localhost/")
		for i := range w.Count(".rows li") {
			w.Get("http://bank.localhost/")
			w.Follow(fmt.Sprintf(".rows li:nth-child(%d) a", i+1))
			if strings.Contains(w.Text(".facts"), ref) && done(w) {
				return
			}
		}
	}
	t.Fatalf("the log never says so of %s", ref)
}

// TestRestart: a bank killed between a payment and its notice delivers the notice when it is back, and
// a line the kill cut short is nothing.
func TestRestart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bank.jsonl")
	s := newShop(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) })
	b := open(t, bank.Options{File: file, Backoff: []time.Duration{time.Hour, 1}})
	w := at(t, b, signed(request("KILLED", s.URL)))
	w.Submit("button[value=good]", webtest.Values{"quirk": "before_return"})
	first := s.wait(t)
	left, err := os.ReadFile(file) // as a kill would leave it
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "bank.jsonl")
	hurried := strings.ReplaceAll(string(left), `"due":"2`, `"due":"1`) + `{"payment":{"token":"cut sh`
	if err := os.WriteFile(copied, []byte(hurried), 0o600); err != nil {
		t.Fatal(err)
	}
	second := open(t, bank.Options{File: copied, Merchants: []bank.Merchant{}})
	if again := s.wait(t); string(again.body) != string(first.body) {
		t.Errorf("after the kill %s, before %s", again.body, first.body)
	}
	waitFor(t, second, "KILLED", func(page *webtest.Browser) bool { return page.Count(".answer.good") == 1 })
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file with the keys: %v, %v", info.Mode(), err)
	}
	full := open(t, bank.Options{})
	w = at(t, full, signed(request("KILLED", s.URL)))
	w.WantStatus(http.StatusOK)
}

// TestCall_refuses: section 6 of the protocol; what a right call does is held by the shop's family.
func TestCall_refuses(t *testing.T) {
	b := open(t, bank.Options{})
	at(t, b, signed(request("CALLED", "http://shop.localhost/notify"))).WantStatus(http.StatusOK)
	body := `{"merchant":"DEMO","mode":"test","ref":"CALLED","amount":1,"currency":"EUR","key":"k","time":0}`
	for name, tt := range map[string]struct {
		what, body, key string
		at              time.Duration
		status          int
		signed          bool
	}{
		"status":               {"status", body, key, 0, 200, true},
		"another key":          {"status", body, strings.Repeat("0", 64), 0, 403, false},
		"an old call":          {"status", body, key, -time.Hour, 403, false},
		"no such merchant":     {"status", strings.Replace(body, "DEMO", "NOBODY", 1), key, 0, 403, false},
		"garbage":              {"status", "{", key, 0, 403, false},
		"no such reference":    {"status", strings.Replace(body, "CALLED", "NEVER", 1), key, 0, 404, true},
		"the other mode":       {"status", strings.Replace(body, "test", "live", 1), key, 0, 404, true},
		"nothing to give back": {"refund", body, key, 0, 409, true},
		"nothing to capture":   {"capture", body, key, 0, 409, true},
		"nothing to cancel":    {"cancel", body, key, 0, 409, true},
		"without a key":        {"refund", strings.Replace(body, `"k"`, `""`, 1), key, 0, 400, true},
		"no such call":         {"gift", body, key, 0, 400, true},
	} {
		t.Run(name, func(t *testing.T) {
			raw, err := hex.DecodeString(tt.key)
			if err != nil {
				t.Fatal(err)
			}
			h, stamp := hmac.New(sha256.New, raw), clock.System().Now().Add(tt.at).Unix()
			fmt.Fprintf(h, "%d.%s", stamp, tt.body)
			r := httptest.NewRequest(http.MethodPost, "/testbank/api/"+tt.what, strings.NewReader(tt.body))
			r.Header.Set("Bank-Signature", fmt.Sprintf("t=%d,v1=%x", stamp, h.Sum(nil)))
			w := httptest.NewRecorder()
			b.ServeHTTP(w, r)
			if w.Code != tt.status || (w.Header().Get("Bank-Signature") != "") != tt.signed {
				t.Errorf("answered %d %s, signature %q", w.Code, w.Body, w.Header().Get("Bank-Signature"))
			}
		})
	}
}

func TestNew_refuses(t *testing.T) {
	for name, o := range map[string]bank.Options{
		"no clock":   {Dialects: families.All()},
		"no dialect": {Clock: clock.System()},
		"a twin":     {Clock: clock.System(), Dialects: append(families.All(), families.All()...)},
		"a stranger": {Dialects: families.All(), Clock: clock.System(), Merchants: []bank.Merchant{{Dialect: "none", Number: "M", Key: key}}},
		"a bad key":  {Dialects: families.All(), Clock: clock.System(), Merchants: []bank.Merchant{{Number: "M", Key: "00"}}},
		"a bad name": {Dialects: families.All(), Clock: clock.System(), Merchants: []bank.Merchant{{Number: "demo", Key: key}}},
		"a bad file": {Dialects: families.All(), Clock: clock.System(), File: filepath.Join(t.TempDir(), "no", "such", "folder")},
	} {
		if _, err := bank.New(o); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

// TestBase: the bank works below a path, as the demo may mount it.
func TestBase(t *testing.T) {
	s := newShop(t)
	b := open(t, bank.Options{Base: "/bank"})
	w := webtest.Open(t, b)
	w.Get("http://localhost/bank/testbank/pay?" + signed(request("BASE", s.URL)).Encode())
	w.WantStatus(http.StatusOK).Want("link[href='/bank/style.css']")
	w.Submit("button[value=silent]", nil)
	w.WantStatus(http.StatusOK)
	s.wait(t)
	w.Get("http://localhost/bank/")
	w.Follow(".rows li:first-child a")
	w.Submit("button[value=refund]", nil)
	if h := s.wait(t); h.message.Event != bank.Refunded || h.message.Amount != 2495 {
		t.Errorf("refunded %+v", h.message)
	}
	w.WantStatus(http.StatusOK)
}

// TestWords: LANG-01.
func TestWords(t *testing.T) {
	words := i18ntest.Complete(t, os.DirFS("."), "locales")
	var keys []string
	for _, q := range bank.Quirks() {
		keys = append(keys, "quirk."+string(q))
	}
	for _, k := range []bank.Kind{bank.Open, bank.Approved, bank.Authorised, bank.Paid, bank.Refused, bank.Cancelled, bank.Expired, bank.Refunded} {
		keys = append(keys, "state."+string(k), "done."+string(k))
	}
	i18ntest.Used(t, words, keys...)
}
