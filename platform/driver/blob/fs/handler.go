package fs

import (
	"io"
	"net/http"
	"strings"
)

// purpose keeps tokens for objects apart from other links of the same ring.
const purpose = "blob"

// Handler serves the addresses that SignedURL returns. It is mounted at
// Config.BaseURL with http.StripPrefix. Range requests are honoured; an object is
// never rendered as a page of the origin it is served from.
func (b *Bucket) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
			return
		}
		key := strings.TrimPrefix(r.URL.Path, "/")
		signed, err := b.cfg.Signer.Verify(purpose, r.URL.Query().Get("token"), b.cfg.Clock.Now())
		if err != nil || signed != key {
			http.Error(w, http.StatusText(http.StatusForbidden), http.StatusForbidden)
			return
		}
		f, m, err := b.file(r.Context(), key)
		if err != nil {
			http.Error(w, http.StatusText(http.StatusNotFound), http.StatusNotFound)
			return
		}
		defer func() { _ = f.Close() }()
		h := w.Header()
		h.Set("Content-Type", m.ContentType)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
		h.Set("ETag", `"`+m.ETag+`"`)
		if m.CacheControl != "" {
			h.Set("Cache-Control", m.CacheControl)
		}
		http.ServeContent(w, r, "", m.Modified, io.NewSectionReader(f, 0, m.Size))
	})
}
