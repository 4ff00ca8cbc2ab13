package web_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
)

// BenchmarkStack is what the stack adds to a page that is served from memory.
func BenchmarkStack(b *testing.B) {
	page := make([]byte, 20<<10)
	o := options()
	o.Log = slog.New(slog.NewJSONHandler(nowhere{}, nil))
	e := web.New(o)
	e.GET("/page", func(c echo.Context) error {
		h := c.Response().Header()
		h["Content-Encoding"] = []string{"gzip"}
		return c.HTMLBlob(200, page)
	})
	for name, h := range map[string]http.Handler{
		"stack": e,
		"bare":  http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(page) }),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			r := httptest.NewRequest("GET", "http://localhost/page", nil)
			r.Header.Set("Accept-Encoding", "gzip")
			w := &sink{header: make(http.Header)}
			for b.Loop() {
				clear(w.header)
				h.ServeHTTP(w, r)
			}
		})
	}
}

type nowhere struct{}

func (nowhere) Write(p []byte) (int, error) { return len(p), nil }

type sink struct{ header http.Header }

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) Write(p []byte) (int, error) { return len(p), nil }
func (s *sink) WriteHeader(int)             {}
