package bench

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func serve(t *testing.T, h http.HandlerFunc) load {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return load{addr: server.Listener.Addr().String(), host: "shop.example", path: "/page?x=1", clients: 4}
}

// Every answer that is counted was one the server gave, asked for as a browser does, on as many
// connections as there are clients.
func TestLoad(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	var peers sync.Map
	l := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		peers.Store(r.RemoteAddr, true)
		if r.Host != "shop.example" || r.RequestURI != "/page?x=1" || r.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("asked for %s at %s with %v", r.RequestURI, r.Host, r.Header)
		}
		w.Header().Set("Content-Length", "100000")
		w.Write(bytes.Repeat([]byte("x"), 100_000)) //nolint:errcheck // the client has hung up
	})
	v, err := l.play(t.Context(), 50*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	connections := 0
	peers.Range(func(any, any) bool { connections++; return true })
	if int64(v.n) != asked.Load() || v.n == 0 || connections > l.clients {
		t.Errorf("%d counted, %d asked on %d connections", v.n, asked.Load(), connections)
	}
}

func TestLoad_Refuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"an error page":           {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }, "418"},
		"an answer of any length": {func(w http.ResponseWriter, _ *http.Request) { w.(http.Flusher).Flush() }, "how long"},
		"a server that hangs up":  {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := serve(t, tt.answer).play(t.Context(), time.Minute); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// The twins send what the program sent: the same bytes, and the headers it chose.
func TestTwins(t *testing.T) {
	t.Parallel()
	ours := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", `default-src 'self'; script-src "x" a\b`)
		h.Set("ETag", `W/"1"`)
		w.Write([]byte("not really packed")) //nolint:errcheck // the client has hung up
	})
	copied, err := capture(t.Context(), ours)
	if err != nil {
		t.Fatal(err)
	}
	addr, stop, err := serveBare(t.Context(), copied)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	same(t, copied, load{addr: addr, host: ours.host, path: "/"}, "ETag", "Content-Security-Policy", "Content-Type", "Content-Encoding", "Content-Length")
	if findNginx() == "" {
		return // it is measured where it is installed
	}
	addr, stopNginx, err := startNginx(t.Context(), t.TempDir(), copied)
	if err != nil {
		t.Fatal(err)
	}
	defer stopNginx()
	same(t, copied, load{addr: addr, host: ours.host, path: "/" + pageFile}, "Content-Security-Policy", "Content-Type", "Content-Encoding", "Content-Length")
}

func same(t *testing.T, want answer, l load, headers ...string) {
	t.Helper()
	got, err := capture(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.body, want.body) {
		t.Errorf("the twin wrote %q", got.body)
	}
	for _, name := range headers {
		if got.header.Get(name) != want.header.Get(name) {
			t.Errorf("%s: %q, want %q", name, got.header.Get(name), want.header.Get(name))
		}
	}
}

func TestCapture_Refuses(t *testing.T) {
	t.Parallel()
	plain := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "plain") }) //nolint:errcheck // as above
	if _, err := capture(t.Context(), plain); err == nil || !strings.Contains(err.Error(), "/page") {
		t.Errorf("an answer that is not compressed gives %v", err)
	}
}
