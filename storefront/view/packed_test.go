package view_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// SPD-01: assets are compressed once, kept by browsers for ever under the address of their content, and
// asked for again only under another; what is compressed by its nature stays as it is.
func TestAssets_Packed(t *testing.T) {
	e := strict(t)
	get := func(url string, header ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, url, nil)
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		e.Assets().ServeHTTP(w, r)
		return w
	}
	for _, name := range []string{"theme.css", "theme.js", "icon.svg"} {
		url := e.AssetURL("base", name)
		plain, packed := get(url), get(url, "Accept-Encoding", "br, gzip")
		if packed.Header().Get("Content-Encoding") != "gzip" || packed.Body.Len() >= plain.Body.Len() {
			t.Fatalf("%s: %d bytes of %d, %v", name, packed.Body.Len(), plain.Body.Len(), packed.Header())
		}
		unpack, err := gzip.NewReader(packed.Body)
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(unpack); err != nil || !bytes.Equal(body, plain.Body.Bytes()) {
			t.Errorf("%s: other bytes, %v", name, err)
		}
		for _, w := range []*httptest.ResponseRecorder{plain, packed} {
			if h := w.Header(); !strings.Contains(h.Get("Cache-Control"), "immutable") || h.Get("Vary") != "Accept-Encoding" || h.Get("ETag") == "" {
				t.Errorf("%s: %v", name, h)
			}
			if again := get(url, "Accept-Encoding", "gzip", "If-None-Match", w.Header().Get("ETag")); again.Code != http.StatusNotModified {
				t.Errorf("%s: known bytes are sent again: %d", name, again.Code)
			}
		}
		if part := get(url, "Accept-Encoding", "gzip", "Range", "bytes=0-9"); part.Code != http.StatusPartialContent || part.Body.String() != plain.Body.String()[:10] {
			t.Errorf("%s: a part is %d %q", name, part.Code, part.Body)
		}
		if old := get(strings.Replace(url, strings.Split(url, "/")[3], "000000000000", 1)); old.Code != http.StatusOK || strings.Contains(old.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: an old address is answered %d %v", name, old.Code, old.Header())
		}
	}
	if font := get(e.AssetURL("base", "bricolage.woff2"), "Accept-Encoding", "gzip"); font.Header().Get("Content-Encoding") != "" || font.Header().Get("Vary") != "" {
		t.Errorf("the font is packed twice: %v", font.Header())
	}
}
