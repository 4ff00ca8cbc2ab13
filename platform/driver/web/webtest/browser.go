package webtest

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/clock"
)

// Browser is one visitor: a cookie jar and the page it looks at.
type Browser struct {
	// Language is sent as Accept-Language.
	Language string
	// RemoteAddr is the peer that the handler sees.
	RemoteAddr string
	// Header is sent with every request, for what proxies add.
	Header http.Header
	// Clock decides when cookies end.
	Clock clock.Clock

	t     testing.TB
	sites map[string]http.Handler // by host and port; "" is the rest
	jar   *jar
	page  *Page
	hops  []string
}

// maxRedirects is what browsers follow before they call it a loop.
const maxRedirects = 20

// Open starts a browser whose every host is answered by h.
func Open(t testing.TB, h http.Handler) *Browser {
	return &Browser{
		t: t, sites: map[string]http.Handler{"": h}, jar: new(jar), Clock: clock.System(),
		Language: "en", RemoteAddr: "203.0.113.7:50000", Header: make(http.Header),
	}
}

// Site lets another handler answer one host ("bank.localhost:9000"), so that a
// test can walk from a shop to a bank and back.
func (b *Browser) Site(host string, h http.Handler) *Browser {
	b.sites[strings.ToLower(host)] = h
	return b
}

// Another is a second visitor of the same sites, with no cookies.
func (b *Browser) Another() *Browser {
	other := Open(b.t, b.sites[""])
	for host, h := range b.sites {
		other.sites[host] = h
	}
	other.Language, other.RemoteAddr, other.Header, other.Clock = b.Language, b.RemoteAddr, b.Header.Clone(), b.Clock
	return other
}

// In is the same visitor within a subtest, whose failures are then its own.
func (b *Browser) In(t testing.TB) *Browser {
	twin := *b
	twin.t = t
	return &twin
}

// Get types an address: absolute at first, later also relative to the page.
func (b *Browser) Get(address string) *Page {
	b.t.Helper()
	return b.visit(step{method: http.MethodGet, url: b.resolve(address), typed: true})
}

// Post sends a form that no page offered, as a script or an attacker's page on
// the same site would. For honest forms use Submit.
func (b *Browser) Post(address string, fields url.Values) *Page {
	b.t.Helper()
	return b.visit(step{
		method: http.MethodPost, url: b.resolve(address), from: b.origin(),
		body: []byte(fields.Encode()), kind: "application/x-www-form-urlencoded",
	})
}

// Follow clicks the one link that the selector finds.
func (b *Browser) Follow(selector string) *Page {
	b.t.Helper()
	link := b.One(selector)
	href, ok := link.Attr("href")
	if !ok {
		b.fatalf("%s is no link: %s", selector, outer(link))
	}
	return b.visit(step{method: http.MethodGet, url: b.resolve(href), from: b.origin()})
}

// Refresh does what the page's <meta http-equiv="refresh"> asks, or else loads
// the page again.
func (b *Browser) Refresh() *Page {
	b.t.Helper()
	content, _ := b.doc().Find(`meta[http-equiv="refresh" i]`).Attr("content")
	_, target, _ := strings.Cut(content, ";")
	target = strings.TrimSpace(target)
	if len(target) > 4 && strings.EqualFold(target[:4], "url=") {
		target = strings.Trim(target[4:], `'" `)
	}
	return b.visit(step{method: http.MethodGet, url: b.resolve(target), from: b.origin()})
}

// Do sends one request as it is, with the browser's cookies for its address,
// without following redirects and without saying where it comes from.
func (b *Browser) Do(r *http.Request) *Page {
	b.t.Helper()
	b.dress(r)
	for _, cookie := range b.jar.cookies(r.URL, crossing{}, r.Method, b.Clock.Now()) {
		r.AddCookie(cookie)
	}
	return b.send(r)
}

// step is one navigation.
type step struct {
	method string
	url    *url.URL
	body   []byte
	kind   string // content type of body
	from   string // origin of the page that caused it, "" when typed
	typed  bool
	// A form: the page it is on, and where that lets it lead.
	page  *url.URL
	leads [][]string
}

func (b *Browser) visit(s step) *Page {
	b.t.Helper()
	b.hops = nil
	site := crossing{typed: s.typed || s.from == ""}
	for range maxRedirects {
		if s.page != nil && barred(s.leads, s.page, s.url) {
			b.fatalf("the policy of %s lets no form lead to %s", s.page, s.url)
		}
		site.add(s.from, s.url)
		b.hops = append(b.hops, s.method+" "+s.url.String())
		page := b.send(b.request(s, site))
		target := page.Header.Get("Location")
		if page.Status < 300 || page.Status > 399 || target == "" {
			return page
		}
		s.url = b.resolve(target)
		if keep := page.Status == http.StatusTemporaryRedirect || page.Status == http.StatusPermanentRedirect; !keep {
			if s.method != http.MethodHead {
				s.method = http.MethodGet
			}
			s.body, s.kind = nil, ""
		}
	}
	b.fatalf("more than %d redirects: %s", maxRedirects, strings.Join(b.hops, " → "))
	return nil
}

func (b *Browser) request(s step, site crossing) *http.Request {
	var body io.Reader
	if s.body != nil {
		body = bytes.NewReader(s.body)
	}
	r := httptest.NewRequest(s.method, s.url.String(), body)
	b.dress(r)
	r.Header.Set("Sec-Fetch-Site", site.word())
	r.Header.Set("Sec-Fetch-Mode", "navigate")
	r.Header.Set("Sec-Fetch-Dest", "document")
	if s.kind != "" {
		r.Header.Set("Content-Type", s.kind)
	}
	if s.method != http.MethodGet && s.method != http.MethodHead && s.from != "" {
		r.Header.Set("Origin", s.from)
	}
	for _, cookie := range b.jar.cookies(s.url, site, s.method, b.Clock.Now()) {
		r.AddCookie(cookie)
	}
	return r
}

func (b *Browser) dress(r *http.Request) {
	r.RemoteAddr = b.RemoteAddr
	for name, values := range b.Header {
		r.Header[name] = values
	}
	setDefault := func(name, value string) {
		if r.Header.Get(name) == "" {
			r.Header.Set(name, value)
		}
	}
	setDefault("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	setDefault("Accept-Language", b.Language)
	setDefault("Accept-Encoding", "gzip")
	setDefault("User-Agent", "Mozilla/5.0 (webtest)")
}

func (b *Browser) send(r *http.Request) *Page {
	b.t.Helper()
	h, ok := b.sites[strings.ToLower(r.Host)]
	if !ok {
		h = b.sites[""]
	}
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, r)
	result := recorder.Result()
	body := recorder.Body.Bytes()
	if r.Method == http.MethodHead {
		body = nil
	}
	if result.Header.Get("Content-Encoding") == "gzip" && len(body) > 0 {
		body = b.unzip(body)
	}
	if problem := b.jar.store(r.URL, result.Cookies(), b.Clock.Now()); problem != "" {
		b.t.Errorf("webtest: %s %s: %s", r.Method, r.URL, problem)
	}
	b.page = &Page{URL: r.URL, Status: result.StatusCode, Header: result.Header, Body: body}
	return b.page
}

func (b *Browser) unzip(body []byte) []byte {
	b.t.Helper()
	unzipper, err := gzip.NewReader(bytes.NewReader(body))
	if err == nil {
		body, err = io.ReadAll(unzipper)
	}
	if err != nil {
		b.fatalf("answer says gzip but is not: %v", err)
	}
	return body
}

// resolve reads an address as the current page would.
func (b *Browser) resolve(address string) *url.URL {
	b.t.Helper()
	target, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		b.fatalf("address %q: %v", address, err)
	}
	if b.page != nil {
		target = b.page.base().ResolveReference(target)
	}
	if target.Host == "" || target.Scheme != "http" && target.Scheme != "https" {
		b.fatalf("address %q is not absolute and there is no page to be relative to", address)
	}
	target.Host = strings.ToLower(target.Host)
	if target.Path == "" {
		target.Path = "/"
	}
	target.Fragment = ""
	return target
}

// origin of the page, "" before the first.
func (b *Browser) origin() string {
	if b.page == nil {
		return ""
	}
	return b.page.URL.Scheme + "://" + b.page.URL.Host
}
