package browsertest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/browsertest"
)

func site(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang="en"><title>T</title><main><h1>Page %s</h1>
			<p id="lang">%s</p><p id="js">off</p><script>document.getElementById('js').textContent = 'on'</script>
			<form action="/next"><label>Name <input name="n"></label><button>Go</button></form></main>`,
			r.URL.Path+r.FormValue("n"), r.Header.Get("Accept-Language"))
	}))
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
}

func TestBrowser(t *testing.T) {
	for _, o := range []browsertest.Options{{Width: 360, NoScript: true, Language: "de"}, {Language: "fr"}} {
		b := browsertest.Open(t, o).Go(site(t))
		b.WantText("#lang", o.Language)
		want := "on"
		if o.NoScript {
			want = "off"
		}
		b.WantText("#js", want)
		b.Fill("input", "x").Click("button").WantText("h1", "Page /nextx").WantQuiet()
		if n := b.Sent("GET http"); n < 2 {
			t.Errorf("%d requests were sent for two pages", n)
		}
		if !o.NoScript {
			b.WantAccessible()
		}
	}
}
