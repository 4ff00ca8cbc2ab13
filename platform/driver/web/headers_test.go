package web_test

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
)

var surfaces = []web.Surface{
	web.Platform, web.ShopPath, web.ShopOrigin, web.Office, web.Console, web.Mailbox, web.Sandbox, web.Notice,
}

func answerOf(surface web.Surface, address string, h echo.HandlerFunc) *httptest.ResponseRecorder {
	o := options()
	o.Surface = surface
	e := web.New(o)
	e.GET("/", h)
	return do(e, "GET", address)
}

// TestHeaders_golden prints the policy of every surface.
func TestHeaders_golden(t *testing.T) {
	var out strings.Builder
	for _, surface := range surfaces {
		fmt.Fprintf(&out, "%s\n", surface)
		h := answerOf(surface, "https://shop.example/", ok).Header()
		var lines []string
		for name := range h {
			if name != "X-Request-Id" && name != "Content-Type" {
				lines = append(lines, fmt.Sprintf("  %s: %s\n", name, h.Get(name)))
			}
		}
		slices.Sort(lines)
		out.WriteString(strings.Join(lines, "") + "\n")
	}
	golden(t, "headers.golden", out.String())
}

// TestHeaders_inline: no surface lets anything inline run, and none without
// sandbox lets a stylesheet be inline.
func TestHeaders_inline(t *testing.T) {
	for _, surface := range surfaces {
		policy := answerOf(surface, "http://localhost/", ok).Header().Get("Content-Security-Policy")
		if strings.Contains(policy, "unsafe-eval") || strings.Contains(policy, "unsafe-inline") && !strings.Contains(policy, "sandbox") {
			t.Errorf("%s: %s", surface, policy)
		}
		for _, must := range []string{"default-src 'none'", "base-uri 'none'", "frame-ancestors ", "form-action "} {
			if !strings.Contains(policy, must) {
				t.Errorf("%s: %s lacks %s", surface, policy, must)
			}
		}
	}
}

func TestHeaders_transport(t *testing.T) {
	if h := answerOf(web.Office, "http://localhost/", ok).Header(); h.Get("Strict-Transport-Security") != "" {
		t.Error("HSTS over plain HTTP")
	}
	if h := answerOf(web.Surface("unknown"), "http://localhost/", ok).Header(); h.Get("Content-Security-Policy") == "" {
		t.Error("a surface without a policy")
	}
}

func TestNonce(t *testing.T) {
	var nonces []string
	for range 2 {
		w := answerOf(web.Office, "http://localhost/", func(c echo.Context) error {
			nonce := web.Nonce(c)
			if web.Nonce(c) != nonce {
				t.Error("two nonces in one answer")
			}
			nonces = append(nonces, nonce)
			return ok(c)
		})
		want := "script-src 'self' 'nonce-" + nonces[len(nonces)-1] + "'"
		if policy := w.Header().Get("Content-Security-Policy"); !strings.Contains(policy, want) {
			t.Errorf("policy %s lacks %s", policy, want)
		}
		if w.Header().Get("Cache-Control") != "no-store" {
			t.Error("an answer with a nonce may be stored")
		}
	}
	if nonces[0] == nonces[1] || len(nonces[0]) < 22 {
		t.Errorf("nonces %q", nonces)
	}
}

func TestAllow(t *testing.T) {
	w := answerOf(web.ShopPath, "http://localhost/", func(c echo.Context) error {
		web.Allow(c, web.Sources{Form: []string{"https://bank.example"}, Ancestor: []string{"https://admin.example:8443"}})
		return ok(c)
	})
	for _, want := range []string{"form-action 'self' https://bank.example;", "frame-ancestors https://admin.example:8443;"} {
		if policy := w.Header().Get("Content-Security-Policy"); !strings.Contains(policy, want) {
			t.Errorf("policy %s lacks %s", policy, want)
		}
	}
	if got := w.Header().Get("Permissions-Policy"); !strings.Contains(got, "payment=(),") {
		t.Errorf("wallets may be opened by a page that did not ask: %s", got)
	}
	w = answerOf(web.ShopPath, "http://localhost/", func(c echo.Context) error {
		web.Allow(c, web.Sources{Payment: []string{"https://js.bank.example"}})
		return ok(c)
	})
	if got := w.Header().Get("Permissions-Policy"); !strings.Contains(got, `, payment=(self "https://js.bank.example"), usb=()`) {
		t.Errorf("PGW-39: wallets of the bank's frames: %s", got)
	}
	for _, source := range []string{"*", "https:", "'unsafe-inline'", "https://a.example; script-src *", "https://a.example/path", "//a.example", "", "data:"} {
		if err := (web.Sources{Script: []string{source}}).Check(); err == nil {
			t.Errorf("source %q is taken", source)
		}
	}
	for _, source := range []string{"https://a.example", "https://*.a.example", "http://bank.localhost:9000", "wss://a.example"} {
		if err := (web.Sources{Script: []string{source}}).Check(); err != nil {
			t.Error(err)
		}
	}
}
