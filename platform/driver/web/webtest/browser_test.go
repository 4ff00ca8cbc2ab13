package webtest_test

import (
	"fmt"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/clock"
)

// site answers every path with a fixed page, and /echo with what it was sent.
type site map[string]string

func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if strings.Contains(r.URL.Path, "/echo") {
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "<p id=method>%s</p><p id=query>%s</p><p id=body>%s</p><p id=site>%s</p><p id=origin>%s</p><p id=cookie>%s</p><p id=host>%s</p>",
			r.Method, html.EscapeString(r.URL.RawQuery), html.EscapeString(string(body)), r.Header.Get("Sec-Fetch-Site"), r.Header.Get("Origin"), r.Header.Get("Cookie"), r.Host)
		return
	}
	if target, found := strings.CutPrefix(s[r.URL.Path], "→"); found {
		status, address, _ := strings.Cut(target, " ")
		var code int
		fmt.Sscan(status, &code)
		w.Header().Set("Location", address)
		w.WriteHeader(code)
		return
	}
	if cookie, found := strings.CutPrefix(s[r.URL.Path], "cookie "); found {
		w.Header().Set("Set-Cookie", cookie)
		return
	}
	page, found := s[r.URL.Path]
	if !found {
		w.WriteHeader(http.StatusNotFound)
	}
	io.WriteString(w, page)
}

const form = `<form action="/echo?old=1" method="post" id="f">
	<input name="name" value="Mug"><input name="off" value="x" disabled><input type="hidden" name="id" value="7">
	<input type="checkbox" name="public" checked><input type="checkbox" name="sizes" value="s"><input type="checkbox" name="sizes" value="l">
	<input type="radio" name="pay" value="card" checked><input type="radio" name="pay" value="cheque">
	<select name="country"><option value="DE">Germany<option value="FR" selected>France<option disabled value="XX">Nowhere</select>
	<select name="lang" multiple><option>de<option selected>fr</select>
	<select name="first"><option>one<option>two</select>
	<textarea name="note">
a
b</textarea>
	<fieldset disabled><legend><input name="inlegend" value="1"></legend><input name="infieldset" value="1"></fieldset>
	<input value="nameless"><input readonly name="fixed" value="9">
	<button name="do" value="save">Save</button><button name="do" value="drop" formaction="/echo/drop">Drop</button><button type="button" name="no">No</button>
	</form><input form="f" name="outside" value="tied"><noscript><p id="ns">no script</p></noscript>`

func open(t testing.TB, body string) *webtest.Browser {
	b := webtest.Open(t, site{"/": body})
	b.Get("http://shop.localhost:8080/")
	return b
}

func TestSubmit(t *testing.T) {
	untouched := "name=Mug&id=7&public=on&pay=card&country=FR&lang=fr&first=one&note=a%0D%0Ab&inlegend=1&fixed=9&do=save&outside=tied"
	for _, tc := range []struct {
		name, selector string
		values         webtest.Values
		body           string
	}{
		{"untouched", "form", nil, untouched},
		{"filled in", "#f", webtest.Values{"name": "Tasse é", "public": false, "sizes": []string{"s", "l"}, "pay": "cheque", "country": "DE", "lang": []string{"de", "fr"}, "note": "x\ny"},
			"name=Tasse+%C3%A9&id=7&sizes=s&sizes=l&pay=cheque&country=DE&lang=de&lang=fr&first=one&note=x%0D%0Ay&inlegend=1&fixed=9&do=save&outside=tied"},
		{"another button", "button[value=drop]", nil, strings.Replace(untouched, "do=save", "do=drop", 1)},
		{"a tied field", "form", webtest.Values{"outside": "typed"}, strings.Replace(untouched, "tied", "typed", 1)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := open(t, form)
			b.Submit(tc.selector, tc.values)
			if got := b.Text("#body"); got != tc.body {
				t.Errorf("sent %s\nwant %s", got, tc.body)
			}
			if b.Text("#method") != "POST" || b.Text("#site") != "same-origin" || b.Text("#origin") != "http://shop.localhost:8080" {
				t.Errorf("sent as %s from %s %s", b.Text("#method"), b.Text("#site"), b.Text("#origin"))
			}
		})
	}
	t.Run("by GET the query is replaced", func(t *testing.T) {
		b := open(t, `<form action="/echo?old=1"><input name="q" value="a b"><button>Go</button></form>`)
		b.Submit("button", webtest.Values{"q": "mug & cup"})
		if got := b.Text("#query"); got != "q=mug+%26+cup" || b.Text("#origin") != "" {
			t.Errorf("query %s", got)
		}
	})
	t.Run("files", func(t *testing.T) {
		var got *multipart.Form
		b := webtest.Open(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			if r.Method == "GET" {
				io.WriteString(w, `<form method=post enctype=multipart/form-data><input name=n value=1><input type=file name=a multiple><input type=file name=b></form>`)
				return
			}
			_, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
			got, _ = multipart.NewReader(r.Body, params["boundary"]).ReadForm(1 << 20)
		}))
		b.Get("http://localhost/x")
		b.Submit("form", webtest.Values{"a": []webtest.File{{Name: `q".png`, Type: "image/png", Content: []byte("1")}, {Name: "2.png"}}})
		if got == nil || len(got.File["a"]) != 2 || got.File["a"][0].Header.Get("Content-Type") != "image/png" || got.Value["n"][0] != "1" {
			t.Errorf("got %+v", got)
		}
	})
}

// failed runs f with a testing.TB that only notes whether it failed.
func failed(t *testing.T, f func(testing.TB)) bool {
	t.Helper()
	tb := &noted{TB: t}
	done := make(chan struct{})
	go func() { defer close(done); f(tb) }()
	<-done
	return tb.failed
}

type noted struct {
	testing.TB
	failed bool
}

func (n *noted) Helper()               {}
func (n *noted) Log(...any)            {}
func (n *noted) Logf(string, ...any)   {}
func (n *noted) Error(...any)          { n.failed = true }
func (n *noted) Errorf(string, ...any) { n.failed = true }
func (n *noted) Fatal(...any)          { n.failed = true; runtime.Goexit() }
func (n *noted) Fatalf(string, ...any) { n.failed = true; runtime.Goexit() }

// TestFails: what no visitor can do, and what is not as wanted, fails the test.
func TestFails(t *testing.T) {
	submit := func(values webtest.Values) func(*webtest.Browser) {
		return func(b *webtest.Browser) { b.Submit("form", values) }
	}
	for name, act := range map[string]func(*webtest.Browser){
		"unknown field":             submit(webtest.Values{"price": "1"}),
		"hidden field":              submit(webtest.Values{"id": "8"}),
		"disabled field":            submit(webtest.Values{"off": "8"}),
		"field of a disabled set":   submit(webtest.Values{"infieldset": "8"}),
		"read-only field":           submit(webtest.Values{"fixed": "8"}),
		"option not offered":        submit(webtest.Values{"country": "IT"}),
		"disabled option":           submit(webtest.Values{"country": "XX"}),
		"radio not offered":         submit(webtest.Values{"pay": "gold"}),
		"box not offered":           submit(webtest.Values{"sizes": []string{"s", "m"}}),
		"box for a text field":      submit(webtest.Values{"name": true}),
		"several texts in one":      submit(webtest.Values{"name": []string{"a", "b"}}),
		"a number is not typed":     submit(webtest.Values{"name": 1}),
		"a button that is none":     func(b *webtest.Browser) { b.Submit("button[type=button]", nil) },
		"no such form":              func(b *webtest.Browser) { b.Submit("#g", nil) },
		"several elements":          func(b *webtest.Browser) { b.Text("button") },
		"a link without address":    func(b *webtest.Browser) { b.Follow("#ns") },
		"another status":            func(b *webtest.Browser) { b.WantStatus(404) },
		"another path":              func(b *webtest.Browser) { b.WantPath("/x") },
		"element missing":           func(b *webtest.Browser) { b.Want("h1") },
		"element too many":          func(b *webtest.Browser) { b.WantNo("form") },
		"another number":            func(b *webtest.Browser) { b.WantCount("form", 2) },
		"text missing":              func(b *webtest.Browser) { b.WantText("p", "yes") },
		"text too many":             func(b *webtest.Browser) { b.WantNoText("no script") },
		"other texts":               func(b *webtest.Browser) { b.WantTexts("#ns", "no script", "x") },
		"another header":            func(b *webtest.Browser) { b.WantHeader("X-A", "1") },
		"an unclean page":           func(b *webtest.Browser) { b.WantClean() },
		"an address without a host": func(b *webtest.Browser) { b.Get("mailto:a@b.example") },
	} {
		t.Run(name, func(t *testing.T) {
			if !failed(t, func(tb testing.TB) { act(open(tb, form)) }) {
				t.Error("the test goes on")
			}
		})
	}
	if failed(t, func(tb testing.TB) {
		open(tb, form).WantStatus(200).WantPath("/").Want("form").WantNo("h1").WantCount("form", 1).WantText("#ns", "no script").WantTexts("#ns", "no script").WantNoText("yes")
	}) {
		t.Error("a good page fails")
	}
}

func TestRedirects(t *testing.T) {
	b := webtest.Open(t, site{
		"/303": "→303 /echo/a", "/307": "→307 http://other.example/echo/b", "/302": "→302 //shop.localhost/echo", "/loop": "→302 /loop",
		"/": `<base href="/deep/"><a href="../echo?x#frag">go</a><meta http-equiv="refresh" content="2; url='/echo?again'">`,
	})
	b.Get("http://shop.localhost/")
	b.Post("/303", url.Values{"a": {"1"}})
	if b.Text("#method") != "GET" || b.Text("#body") != "" || b.Path() != "/echo/a" || len(b.Hops()) != 2 {
		t.Errorf("303: %s %s", b.Hops(), b.Page().Body)
	}
	b.Get("http://shop.localhost/")
	b.Post("/307", url.Values{"a": {"1"}})
	if b.Text("#method") != "POST" || b.Text("#body") != "a=1" || b.Text("#host") != "other.example" || b.Text("#site") != "cross-site" {
		t.Errorf("307: %s %s", b.Hops(), b.Page().Body)
	}
	b.Get("http://shop.localhost/")
	if b.Follow("a"); b.URL() != "http://shop.localhost/echo?x" || b.Text("#site") != "same-origin" {
		t.Errorf("link: %s %s", b.URL(), b.Text("#site"))
	}
	b.Get("http://shop.localhost/")
	if b.Refresh(); b.URL() != "http://shop.localhost/echo?again" {
		t.Errorf("refresh: %s", b.URL())
	}
	if !failed(t, func(tb testing.TB) { b.In(tb).Get("http://shop.localhost/loop") }) {
		t.Error("a redirect loop goes on")
	}
}

func TestSites(t *testing.T) {
	b := webtest.Open(t, site{"/": `<a href="http://bank.localhost:9000/">pay</a>`}).
		Site("bank.localhost:9000", site{"/": `<form method="post" action="http://shop.localhost/echo"><button>Paid</button></form>`})
	b.Get("http://shop.localhost/")
	b.Follow("a")
	b.Submit("form", nil)
	if b.Text("#host") != "shop.localhost" || b.Text("#origin") != "http://bank.localhost:9000" || b.Text("#site") != "same-site" {
		t.Errorf("came back as %s", b.Page().Body)
	}
}

func TestCookies(t *testing.T) {
	now := clock.New(time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC))
	b := webtest.Open(t, site{
		"/host":         "cookie __Host-a=1; Path=/; Secure",
		"/host-path":    "cookie __Host-a=1; Path=/x; Secure",
		"/secure":       "cookie s=1; Secure",
		"/foreign":      "cookie f=1; Domain=other.example",
		"/wide":         "cookie w=1; Domain=shops.example; Path=/",
		"/a.shop/in":    "cookie p=1; Path=/a.shop/",
		"/brief":        "cookie t=1; Path=/; Max-Age=60",
		"/gone":         "cookie w=; Domain=shops.example; Path=/; Max-Age=0",
		"/lax":          "cookie l=1; Path=/",
		"/strict":       "cookie st=1; Path=/; SameSite=Strict",
		"/none":         "cookie n=1; Path=/; SameSite=None",
		"/default/path": "cookie d=1",
	})
	b.Clock = now
	sent := func(address, want string) {
		t.Helper()
		b.Get(address)
		if got := b.Text("#cookie"); got != want {
			t.Errorf("%s is sent %q, want %q", address, got, want)
		}
	}
	const a, other = "https://a.shops.example", "https://b.shops.example"
	b.Get(a + "/host")
	sent(a+"/echo", "__Host-a=1")
	sent(other+"/echo", "")
	b.Get(a + "/wide")
	sent(other+"/echo", "w=1")
	b.Get(a + "/gone")
	sent(other+"/echo", "")
	b.Forget()

	b.Get(a + "/a.shop/in")
	sent(a+"/echo", "")
	sent(a+"/a.shop/echo", "p=1")
	sent(a+"/b.shop/echo", "")
	b.Get(a + "/default/path")
	sent(a+"/default/echo", "d=1")
	sent(a+"/echo", "")
	b.Forget()

	b.Get(a + "/brief")
	sent(a+"/echo", "t=1")
	now.Advance(time.Minute)
	sent(a+"/echo", "")

	for _, bad := range []string{a + "/host-path", "http://a.shops.example/secure", a + "/foreign"} {
		if !failed(t, func(tb testing.TB) { b.In(tb).Get(bad) }) {
			t.Errorf("%s: a cookie that browsers drop goes unnoticed", bad)
		}
	}
	b.Forget()
	for _, path := range []string{"/lax", "/strict", "/none"} {
		b.Get(a + path)
	}
	attack := site{"/": `<form method="post" action="https://a.shops.example/echo"><button>Win</button></form><a href="https://a.shops.example/echo">look</a>`}
	for selector, want := range map[string]string{"form": "n=1", "a": "l=1; n=1"} {
		visitor := b.In(t).Site("evil.example", attack)
		visitor.Get("https://evil.example/")
		if selector == "form" {
			visitor.Submit(selector, nil)
		} else {
			visitor.Follow(selector)
		}
		if got := visitor.Text("#cookie"); got != want || visitor.Text("#site") != "cross-site" {
			t.Errorf("%s from another site is sent %q as %s, want %q", selector, got, visitor.Text("#site"), want)
		}
	}
}

func TestRun(t *testing.T) {
	h := func(*testing.T) http.Handler { return site{"/a": "hello"} }
	webtest.Run(t, h, []webtest.Scenario{
		{Name: "found", URL: "http://x/a", Status: 200, Has: []string{"hello"}, HasNot: []string{"bye"}, Headers: map[string]string{"X-None": ""}},
		{Name: "not found", URL: "http://x/b", Status: 404},
		{Name: "form and host", Method: "POST", URL: "http://x/echo", Header: map[string]string{"Host": "y.example"}, Form: url.Values{"a": {"1"}}, Status: 200,
			Has: []string{"a=1", "y.example"}, Then: func(t *testing.T, p *webtest.Page) {
				if p.Doc().Find("#method").Text() != "POST" {
					t.Error("not posted")
				}
			}},
	})
}

func TestWantClean(t *testing.T) {
	const clean = `<html lang=en><title>t</title><link rel=stylesheet href=/a.css><link rel=canonical href=https://other.example/>
		<script src=/a.js></script><script type=application/ld+json>{}</script><label>a <input></label><label for=b>b</label><input id=b><input type=hidden>
		<img src=data:image/gif;base64,x alt=""><a href=https://other.example/>out</a></html>`
	if failed(t, func(tb testing.TB) { open(tb, clean).WantClean() }) {
		t.Error("a clean page fails")
	}
	for _, dirt := range []string{
		`<p onclick=x()>`, `<p style=color:red>`, `<script>x()</script>`, `<style>p{}</style>`, `<a href="javascript:x()">`,
		`<img src=https://other.example/a.png alt="">`, `<link rel=preload href=//other.example/a.css>`, `<img src=/a.png>`,
		`<input name=c>`, `<p id=b>`, `<select></select>`,
	} {
		if !failed(t, func(tb testing.TB) { open(tb, strings.Replace(clean, "</html>", dirt+"</html>", 1)).WantClean() }) {
			t.Errorf("%s goes unnoticed", dirt)
		}
	}
}

func TestDo(t *testing.T) {
	b := open(t, "")
	page := b.Do(httptest.NewRequest("POST", "http://shop.localhost/echo", strings.NewReader("raw")))
	if got := page.Doc().Find("#body").Text(); got != "raw" || b.Text("#site") != "" {
		t.Errorf("sent %q", got)
	}
}
