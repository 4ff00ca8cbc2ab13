package web_test

import (
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
)

// TestBody_cap: a body is refused by what it announces and by what it is.
func TestBody_cap(t *testing.T) {
	const limit = 100
	for _, tc := range []struct {
		name      string
		size      int
		announced int64
		want      int
	}{
		{"exactly full", limit, limit, 200},
		{"one more", limit + 1, limit + 1, 413},
		{"full, length unknown", limit, -1, 200},
		{"one more, length unknown", limit + 1, -1, 413},
		{"endless, length unknown", 50_000, -1, 413},
		{"announced ten gigabytes", 10, 10 << 30, 413},
		{"empty", 0, 0, 200},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := options()
			o.MaxBody = limit
			e := web.New(o)
			read := 0
			e.POST("/", func(c echo.Context) error {
				body, err := io.ReadAll(c.Request().Body)
				read = len(body)
				return err
			})
			r := httptest.NewRequest("POST", "http://localhost/", io.MultiReader(strings.NewReader(strings.Repeat("x", tc.size))))
			r.ContentLength = tc.announced
			w := httptest.NewRecorder()
			e.ServeHTTP(w, r)
			if w.Code != tc.want {
				t.Errorf("answered %d, want %d", w.Code, tc.want)
			}
			if read > limit || tc.want == 200 && read != tc.size {
				t.Errorf("read %d bytes of %d", read, tc.size)
			}
		})
	}
}

func TestBody_surfaces(t *testing.T) {
	for surface, size := range map[web.Surface]int{web.Notice: 256 << 10, web.ShopPath: 1 << 20, web.Office: 4 << 20} {
		for extra, want := range map[int]int{0: 200, 1: 413} {
			o := options()
			o.Surface = surface
			e := web.New(o)
			e.POST("/", func(c echo.Context) error { _, err := io.Copy(io.Discard, c.Request().Body); return err })
			w := httptest.NewRecorder()
			e.ServeHTTP(w, httptest.NewRequest("POST", "http://localhost/", strings.NewReader(strings.Repeat("x", size+extra))))
			if w.Code != want {
				t.Errorf("%s with %d bytes answers %d, want %d", surface, size+extra, w.Code, want)
			}
		}
	}
}
