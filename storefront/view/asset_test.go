package view_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/theme"
)

func asset(t testing.TB, e *theme.Engine, url string) []byte {
	t.Helper()
	w := httptest.NewRecorder()
	e.Assets().ServeHTTP(w, httptest.NewRequest(http.MethodGet, url, nil))
	if w.Code != http.StatusOK {
		t.Fatalf("GET %s: %d", url, w.Code)
	}
	return w.Body.Bytes()
}

// TestBase_Weight keeps the promise of a light page: its style sheet and its script.
func TestBase_Weight(t *testing.T) {
	e := strict(t)
	for name, limit := range map[string]int{"theme.css": 27_000, "theme.js": 15_000} {
		body := asset(t, e, e.AssetURL("base", name))
		if len(body) > limit {
			t.Errorf("SPD-01: %s is %d bytes, more than %d", name, len(body), limit)
		}
		for _, outside := range []string{"http://", "https://", "@import", "eval("} {
			if strings.Contains(string(body), outside) {
				t.Errorf("%s holds %q", name, outside)
			}
		}
	}
}
