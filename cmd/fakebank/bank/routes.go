package bank

import (
	"embed"
	"net/http"
	"strings"
)

//go:embed locales/*.json pages/*
var files embed.FS

// routes is the table of contents.
func (b *Bank) routes() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /pay/{token}", b.showPayment) // the hosted page
	mux.HandleFunc("POST /pay/{token}", b.choose)
	mux.HandleFunc("GET /{$}", b.showLog) // for people who try things
	mux.HandleFunc("GET /log/{token}", b.showEntry)
	mux.HandleFunc("POST /log/{token}", b.actOnEntry)
	mux.HandleFunc("GET /style.css", serveStyle)
	for name, d := range b.dialects {
		own := http.NewServeMux()
		d.Routes(own, &Teller{bank: b, dialect: name})
		mux.Handle("/"+name+"/", http.StripPrefix("/"+name, own))
	}
	b.mux = http.NewServeMux()
	b.mux.Handle("/", http.StripPrefix(b.options.Base, guard(mux)))
}

// maxForm is the largest request the bank reads.
const maxForm = 64 << 10

// guard sets the headers of every answer and bounds every request. Forms may lead anywhere, since
// the browser goes back to a shop in answer to one, and a browser counts that as its target.
func guard(next http.Handler) http.Handler {
	policy := strings.Join([]string{
		"default-src 'none'", "style-src 'self'", "img-src 'self' data:",
		"form-action 'self' http: https:", "base-uri 'none'", "frame-ancestors 'none'",
	}, "; ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		next.ServeHTTP(w, r)
	})
}

func serveStyle(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "public, max-age=300")
	http.ServeFileFS(w, r, files, "pages/style.css")
}
