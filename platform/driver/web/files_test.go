package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
)

func unzip(t *testing.T, body []byte) string {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

// TestCompress (SPD-01): text is packed once, everything else is left alone.
func TestCompress(t *testing.T) {
	long := strings.Repeat("<p>Échoppe</p>", 500)
	e := web.New(options())
	e.GET("/long", func(c echo.Context) error { c.Response().Header().Set("ETag", `"1"`); return c.HTML(200, long) })
	e.GET("/short", func(c echo.Context) error { return c.HTML(200, "<p>") })
	e.GET("/png", func(c echo.Context) error { return c.Blob(200, "image/png", []byte(long)) })
	e.GET("/stored", func(c echo.Context) error {
		c.Response().Header().Set("Content-Encoding", "gzip")
		return c.HTMLBlob(200, []byte("already packed "+long))
	})
	e.GET("/none", func(c echo.Context) error { return c.NoContent(204) })
	e.GET("/moved", func(c echo.Context) error { return c.Redirect(303, "/") })
	e.GET("/broken", func(c echo.Context) error { return echo.ErrNotFound })
	e.GET("/status", func(c echo.Context) error { return c.HTML(422, long) })
	for _, tc := range []struct {
		name, path, accept string
		status             int
		packed, vary       bool
	}{
		{"long text", "/long", "gzip, br", 200, true, true},
		{"another status", "/status", "gzip", 422, true, true},
		{"not asked for", "/long", "br", 200, false, true},
		{"refused", "/long", "gzip;q=0", 200, false, true},
		{"a small weight", "/long", "gzip;q=0.1", 200, true, true},
		{"short text", "/short", "gzip", 200, false, false},
		{"a picture", "/png", "gzip", 200, false, false},
		{"nothing", "/none", "gzip", 204, false, false},
		{"a redirect", "/moved", "gzip", 303, false, false},
		{"an error", "/broken", "gzip", 404, false, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := do(e, "GET", "http://localhost"+tc.path, header("Accept-Encoding", tc.accept))
			if w.Code != tc.status || (w.Header().Get("Content-Encoding") == "gzip") != tc.packed || (w.Header().Get("Vary") != "") != tc.vary {
				t.Fatalf("%d %v", w.Code, w.Header())
			}
			if tc.packed {
				if unzip(t, w.Body.Bytes()) != long {
					t.Error("packed into something else")
				}
				if tag := w.Header().Get("ETag"); tag != "" && tag != `W/"1"` {
					t.Errorf("the packed page keeps the strong tag %s", tag)
				}
			}
		})
	}
	t.Run("stored packed", func(t *testing.T) {
		w := do(e, "GET", "http://localhost/stored", header("Accept-Encoding", "gzip"))
		if !strings.HasPrefix(w.Body.String(), "already packed") {
			t.Error("packed twice")
		}
	})
}

func TestNotModified(t *testing.T) {
	e := web.New(options())
	tag := web.ETag([]byte("page"))
	show := func(c echo.Context) error {
		if done, err := web.NotModified(c, tag); done {
			return err
		}
		return ok(c)
	}
	e.GET("/", show)
	e.POST("/", show)
	for _, tc := range []struct {
		method, match string
		want          int
	}{
		{"GET", "", 200}, {"GET", tag, 304}, {"HEAD", tag, 304}, {"GET", "W/" + tag, 304}, {"GET", `"x", ` + tag, 304},
		{"GET", "*", 304}, {"GET", `"x"`, 200}, {"POST", tag, 200},
	} {
		w := do(e, tc.method, "http://localhost/", header("If-None-Match", tc.match))
		if w.Code != tc.want || w.Header().Get("ETag") != tag || tc.want == 304 && w.Body.Len() > 0 {
			t.Errorf("%s with %s answers %d %v", tc.method, tc.match, w.Code, w.Header())
		}
	}
}

func TestAssets(t *testing.T) {
	css := strings.Repeat("p { color: black }\n", 200)
	assets, err := web.NewAssets(fstest.MapFS{
		"app.css":       {Data: []byte(css)},
		"img/logo.webp": {Data: []byte("webp")},
		"LICENSE":       {Data: []byte("free")},
	}, "/assets")
	if err != nil {
		t.Fatal(err)
	}
	e := web.New(options())
	e.GET("/assets/*", assets.Serve)
	address := assets.URL("app.css")

	t.Run("kept for ever, packed", func(t *testing.T) {
		w := do(e, "GET", "http://localhost"+address, header("Accept-Encoding", "gzip"))
		if w.Code != 200 || w.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" ||
			w.Header().Get("Content-Type") != "text/css; charset=utf-8" || unzip(t, w.Body.Bytes()) != css {
			t.Errorf("%d %v", w.Code, w.Header())
		}
		again := do(e, "GET", "http://localhost"+address, header("Accept-Encoding", "gzip"), header("If-None-Match", w.Header().Get("ETag")))
		if again.Code != 304 || again.Body.Len() > 0 {
			t.Errorf("the same file again answers %d", again.Code)
		}
	})
	t.Run("plain, in part", func(t *testing.T) {
		w := do(e, "GET", "http://localhost"+address, header("Range", "bytes=0-3"), header("Accept-Encoding", "gzip"))
		if w.Code != 206 || w.Body.String() != css[:4] {
			t.Errorf("%d %q", w.Code, w.Body)
		}
	})
	t.Run("every file", func(t *testing.T) {
		for _, name := range []string{"img/logo.webp", "LICENSE"} {
			for _, method := range []string{"GET", "HEAD"} {
				if w := do(e, method, "http://localhost"+assets.URL(name)); w.Code != 200 {
					t.Errorf("%s %s answers %d", method, name, w.Code)
				}
			}
		}
	})
	for _, path := range []string{
		"/assets/app.css", "/assets/", "/assets/img/", "/assets/app.0000000000.css", "/assets//etc/passwd",
		"/assets/..%2f..%2fetc%2fpasswd", "/assets/%2e%2e/doc.go", "/assets/....//doc.go", "/assets/img%5clogo.webp", "/assets/%00",
	} {
		t.Run(path, func(t *testing.T) {
			if w := do(e, "GET", "http://localhost"+path); w.Code != 404 && w.Code != 400 {
				t.Errorf("%s answers %d %q", path, w.Code, w.Body)
			}
		})
	}
	t.Run("a change changes the address", func(t *testing.T) {
		other, err := web.NewAssets(fstest.MapFS{"app.css": {Data: []byte(css + " ")}}, "/assets")
		if err != nil || other.URL("app.css") == address {
			t.Errorf("%s, %v", address, err)
		}
	})
}

func TestServeMedia(t *testing.T) {
	content := "0123456789"
	e := web.New(options())
	e.GET("/:name", func(c echo.Context) error {
		return web.ServeMedia(c, web.Media{
			Content: strings.NewReader(content), Type: "image/svg+xml", ETag: `"v1"`, Modified: noon,
			KeepFor: time.Hour, Download: c.QueryParam("as"), Embeddable: true,
		})
	})
	get := func(method, address string, change ...func(*http.Request)) *httptest.ResponseRecorder {
		return do(e, method, "http://localhost"+address, change...)
	}
	w := get("GET", "/a.svg")
	for name, want := range map[string]string{
		"Content-Type": "image/svg+xml", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "cross-origin",
		"Cache-Control": "public, max-age=3600, immutable", "Content-Length": "10", "Accept-Ranges": "bytes", "Content-Disposition": "",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if policy := w.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "sandbox") || !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("a picture with script would run: %s", policy)
	}
	for _, tc := range []struct {
		name, method, header, value string
		status                      int
		body                        string
	}{
		{"HEAD", "HEAD", "", "", 200, ""},
		{"a range", "GET", "Range", "bytes=2-4", 206, "234"},
		{"the end", "GET", "Range", "bytes=-2", 206, "89"},
		{"beyond", "GET", "Range", "bytes=50-", 416, "invalid range: failed to overlap\n"},
		{"same version", "GET", "If-None-Match", `"v1"`, 304, ""},
		{"same date", "GET", "If-Modified-Since", noon.Format(http.TimeFormat), 304, ""},
		{"other version", "GET", "If-None-Match", `"v0"`, 200, content},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := get(tc.method, "/a.svg", header(tc.header, tc.value))
			if w.Code != tc.status || tc.method == "GET" && w.Body.String() != tc.body {
				t.Errorf("%d %q, want %d %q", w.Code, w.Body, tc.status, tc.body)
			}
		})
	}
	for as, want := range map[string]string{
		"report.pdf":       `attachment; filename=report.pdf`,
		"Rechnung%20ä.pdf": `attachment; filename*=utf-8''Rechnung%20%C3%A4.pdf`,
		"../../etc/passwd": `attachment; filename=passwd`,
		"..\\evil.exe":     `attachment; filename=evil.exe`,
		`a%22;%0d%0aX:y`:   `attachment; filename="a\";X:y"`,
	} {
		if got := get("GET", "/a.svg?as="+strings.ReplaceAll(as, ";", "%3b")).Header().Get("Content-Disposition"); got != want {
			t.Errorf("%s is saved as %s, want %s", as, got, want)
		}
	}
}
