package ui_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"echoppe.dev/platform/driver/ui"
)

func ask(method, path, encoding string) *http.Response {
	request := httptest.NewRequest(method, path, nil)
	request.Header.Set("Accept-Encoding", encoding)
	recorder := httptest.NewRecorder()
	ui.Assets().ServeHTTP(recorder, request)
	return recorder.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	var reader io.Reader = r.Body
	if r.Header.Get("Content-Encoding") == "gzip" {
		unpacked, err := gzip.NewReader(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		reader = unpacked
	}
	text, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAssets(t *testing.T) {
	style := ui.Assets().URL("ui.css")
	if !regexp.MustCompile(`^/_ui/[0-9a-f]{12}/ui\.css$`).MatchString(style) {
		t.Fatalf("address %s", style)
	}
	plain, packed := ask("GET", style, ""), ask("GET", style, "br, gzip")
	if a, b := body(t, plain), body(t, packed); a != b || !strings.Contains(a, "--accent") {
		t.Error("packed and plain differ, or are no style sheet")
	}
	for name, want := range map[string]string{
		"Cache-Control": "public, max-age=31536000, immutable", "Content-Type": "text/css; charset=utf-8",
		"Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff",
	} {
		if got := packed.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := body(t, ask("HEAD", style, "")); got != "" {
		t.Errorf("HEAD answers a body of %d bytes", len(got))
	}
}

// During a deploy a page of the old release asks the new one: it gets the file, but
// must not keep it under the old name.
func TestAssets_OtherRelease(t *testing.T) {
	r := ask("GET", "/_ui/000000000000/ui.js", "")
	if r.StatusCode != http.StatusOK || r.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("%d, %s", r.StatusCode, r.Header.Get("Cache-Control"))
	}
}

func TestAssets_Refused(t *testing.T) {
	for path, want := range map[string]int{
		"/_ui/x/none.css": 404, "/_ui/x/../assets.go": 404, "/_ui/": 404, "/_ui/x": 404, "/_ui/x/css/00-tokens.css": 404,
	} {
		if got := ask("GET", path, "").StatusCode; got != want {
			t.Errorf("%s: %d", path, got)
		}
	}
	if got := ask("POST", ui.Assets().URL("ui.css"), "").StatusCode; got != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", got)
	}
}

// A style sheet leads to its fonts by relative addresses, which must be in the set.
func TestAssets_StyleIsComplete(t *testing.T) {
	style := body(t, ask("GET", ui.Assets().URL("ui.css"), ""))
	for _, m := range regexp.MustCompile(`url\("([^"]+)"\)`).FindAllStringSubmatch(style, -1) {
		if got := ask("GET", ui.AssetPrefix+"x/"+m[1], "").StatusCode; got != http.StatusOK {
			t.Errorf("%s: %d", m[1], got)
		}
	}
	if strings.Contains(style, "http") {
		t.Error("the style sheet leads to another host")
	}
}

// What a first visit transfers: the goal is that nobody waits for the frame.
func TestAssets_Weight(t *testing.T) {
	const most = 20 << 10
	for _, name := range []string{"ui.css", "ui.js", "htmx.min.js", "icons.svg"} {
		if n := ask("GET", ui.Assets().URL(name), "gzip").ContentLength; n > most {
			t.Errorf("%s is %d bytes packed, more than %d", name, n, most)
		}
	}
}

func TestNewAssetSet(t *testing.T) {
	set, err := ui.NewAssetSet(fstest.MapFS{"editor/editor.js": {Data: []byte("1")}})
	if err != nil {
		t.Fatal(err)
	}
	if got := set.URL("editor/editor.js"); !strings.HasSuffix(got, "/editor/editor.js") {
		t.Error(got)
	}
	if set.URL("ui.css") == ui.Assets().URL("ui.css") {
		t.Error("another content has the same address")
	}
	for name, source := range map[string]fstest.MapFS{
		"taken": {"ui.js": {Data: []byte("1")}}, "unknown kind": {"a.exe": {Data: []byte("1")}},
	} {
		if _, err := ui.NewAssetSet(source); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
