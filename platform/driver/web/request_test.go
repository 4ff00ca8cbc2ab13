package web_test

import (
	"net/http"
	"net/netip"
	"testing"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
)

// TestRequestOf_proxies: nothing a client writes into forwarded headers counts.
func TestRequestOf_proxies(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	type headers map[string][]string
	for _, tc := range []struct {
		name, peer string
		headers    headers
		ip, origin string
	}{
		{"no proxy", "203.0.113.7:1", nil, "203.0.113.7", "http://shop.example"},
		{"spoofed by a client", "203.0.113.7:1",
			headers{"X-Forwarded-For": {"1.2.3.4"}, "X-Forwarded-Proto": {"https"}, "X-Forwarded-Host": {"evil.example"}, "X-Real-Ip": {"1.2.3.4"}},
			"203.0.113.7", "http://shop.example"},
		{"one proxy", "10.0.0.1:1", headers{"X-Forwarded-For": {"198.51.100.9"}, "X-Forwarded-Proto": {"https"}}, "198.51.100.9", "https://shop.example"},
		{"client wrote an entry before the proxy's", "10.0.0.1:1", headers{"X-Forwarded-For": {"1.2.3.4, 198.51.100.9"}}, "198.51.100.9", "http://shop.example"},
		{"client wrote a trusted address before the proxy's", "10.0.0.1:1", headers{"X-Forwarded-For": {"10.9.9.9, 198.51.100.9"}}, "198.51.100.9", "http://shop.example"},
		{"two proxies", "10.0.0.1:1", headers{"X-Forwarded-For": {"1.2.3.4, 198.51.100.9, 10.0.0.2"}}, "198.51.100.9", "http://shop.example"},
		{"two header lines", "10.0.0.1:1", headers{"X-Forwarded-For": {"1.2.3.4", "198.51.100.9"}}, "198.51.100.9", "http://shop.example"},
		{"rubbish ends belief", "10.0.0.1:1", headers{"X-Forwarded-For": {"198.51.100.9, <script>"}}, "10.0.0.1", "http://shop.example"},
		{"IPv6 with port", "[fd00::1]:1", headers{"X-Forwarded-For": {"[2001:db8::5]:4000"}}, "2001:db8::5", "http://shop.example"},
		{"IPv4 in IPv6", "[::ffff:10.0.0.1]:1", headers{"X-Forwarded-For": {"::ffff:198.51.100.9"}}, "198.51.100.9", "http://shop.example"},
		{"host from the proxy, the last one", "10.0.0.1:1", headers{"X-Forwarded-Host": {"evil.example, shop2.example"}}, "10.0.0.1", "http://shop2.example"},
		{"unknown scheme", "10.0.0.1:1", headers{"X-Forwarded-Proto": {"gopher"}}, "10.0.0.1", "http://shop.example"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := options()
			o.Proxies = proxies
			e := web.New(o)
			e.GET("/", func(c echo.Context) error {
				got := web.RequestOf(c)
				if got.IP.String() != tc.ip || got.Origin() != tc.origin {
					t.Errorf("%s from %s, want %s from %s", got.Origin(), got.IP, tc.origin, tc.ip)
				}
				if c.RealIP() != tc.ip || c.Scheme() != got.Scheme || c.Request().Host != got.Authority() {
					t.Errorf("echo says %s %s %s", c.RealIP(), c.Scheme(), c.Request().Host)
				}
				for name := range tc.headers {
					if c.Request().Header.Get(name) != "" {
						t.Errorf("header %s is still there to be believed", name)
					}
				}
				return nil
			})
			do(e, "GET", "http://shop.example/", func(r *http.Request) {
				r.RemoteAddr = tc.peer
				for name, values := range tc.headers {
					r.Header[name] = values
				}
			})
		})
	}
}

// TestRequestOf_host: host header tricks (HST-05).
func TestRequestOf_host(t *testing.T) {
	for _, tc := range []struct {
		host   string
		status int
		origin string
	}{
		{"shop.example", 200, "http://shop.example"},
		{"SHOP.Example:8080", 200, "http://shop.example:8080"},
		{"shop.example.", 200, "http://shop.example"},
		{"[2001:DB8::1]:8080", 200, "http://[2001:db8::1]:8080"},
		{"127.0.0.1", 200, "http://127.0.0.1"},
		{"", 400, ""},
		{".", 400, ""},
		{"shop..example", 400, ""},
		{".shop.example", 400, ""},
		{"-shop.example", 400, ""},
		{"shop.example:port", 400, ""},
		{"shop.example:123456", 400, ""},
		{"shop.example:80:90", 400, ""},
		{"user@shop.example", 400, ""},
		{"shop.example/evil", 400, ""},
		{"shop.example#evil", 400, ""},
		{"shop.example\nX: y", 400, ""},
		{"shop example", 400, ""},
		{"bücher.example", 400, ""},
		{"[fe80::1%25eth0]", 400, ""},
		{"<script>", 400, ""},
	} {
		t.Run(tc.host, func(t *testing.T) {
			e := web.New(options())
			got := ""
			e.GET("/", func(c echo.Context) error { got = web.RequestOf(c).Origin(); return ok(c) })
			w := do(e, "GET", "http://x/", func(r *http.Request) { r.Host = tc.host })
			if w.Code != tc.status || got != tc.origin {
				t.Errorf("%d %q, want %d %q", w.Code, got, tc.status, tc.origin)
			}
		})
	}
}

func TestRequestOf_path(t *testing.T) {
	for path, status := range map[string]int{
		"/a/b": 200, "/a/.well-known/x": 200, "/a/..b": 200, "/a/b..": 200,
		"/../etc/passwd": 400, "/a/../b": 400, "/a/./b": 400, "/a/..": 400,
		"/%2e%2e/etc/passwd": 400, "/a/%2E%2e%2fb": 400, "/a%5c..%5cb": 400, "/a%00b": 400, "/a%0d%0aX:y": 400,
	} {
		t.Run(path, func(t *testing.T) {
			e := web.New(options())
			e.GET("/*", ok)
			if w := do(e, "GET", "http://localhost"+path); w.Code != status {
				t.Errorf("%s answers %d, want %d", path, w.Code, status)
			}
		})
	}
}

func TestRequestOf_id(t *testing.T) {
	o := options()
	o.Proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	e := web.New(o)
	e.GET("/", ok)
	for _, tc := range []struct {
		name, peer, id string
		kept           bool
	}{
		{"from a proxy", "10.0.0.1:1", "abc-12345", true},
		{"from a client", "203.0.113.7:1", "abc-12345", false},
		{"unfit", "10.0.0.1:1", "abc 12345\"", false},
		{"absent", "10.0.0.1:1", "", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := do(e, "GET", "http://localhost/", header("X-Request-Id", tc.id), func(r *http.Request) { r.RemoteAddr = tc.peer })
			got := w.Header().Get("X-Request-Id")
			if (got == tc.id) != tc.kept || got == "" {
				t.Errorf("request id %q", got)
			}
		})
	}
}

func TestLocalPath(t *testing.T) {
	for path, want := range map[string]bool{
		"/": true, "/demo.shop/cart?x=1&y=//z": true, "/é": true,
		"": false, "cart": false, "//evil.example": false, "/\\evil.example": false, "https://evil.example": false,
		"javascript:alert(1)": false, "/a\nb": false, "/\t/evil.example": false, "/a/../b": false,
	} {
		if _, got := web.LocalPath(path); got != want {
			t.Errorf("LocalPath(%q) = %v, want %v", path, got, want)
		}
	}
}
