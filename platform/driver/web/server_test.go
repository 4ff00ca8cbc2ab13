package web_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/clock"
)

func TestHealth(t *testing.T) {
	var broken error
	health := &web.Health{
		Checks: []web.Check{{Name: "postgres", Run: func(context.Context) error { return broken }}},
	}
	var log journal
	o := options()
	o.Health, o.Log = health, log.logger()
	o.MaxBody, o.Proxies = 0, []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")}
	o.Router = func(echo.HandlerFunc) echo.HandlerFunc { return func(echo.Context) error { return echo.ErrNotFound } }
	h := web.New(o)
	try := func(path string, status int, body string, change ...func(*http.Request)) {
		t.Helper()
		if w := do(h, "GET", "http://any.example"+path, change...); w.Code != status || !strings.Contains(w.Body.String(), body) {
			t.Errorf("%s answers %d %q, want %d %q", path, w.Code, w.Body, status, body)
		}
	}
	from := func(peer string) func(*http.Request) { return func(r *http.Request) { r.RemoteAddr = peer } }
	try("/healthz", 200, "ok")
	try("/readyz", 200, "ready")
	if log.Len() != 0 {
		t.Errorf("probes fill the log: %s", &log)
	}
	broken = errors.New("password authentication failed for secret-user")
	try("/healthz", 200, "ok")
	try("/readyz", 503, "failing: postgres")
	if w := do(h, "GET", "http://any.example/readyz"); strings.Contains(w.Body.String(), "secret-user") {
		t.Error("the cause is shown")
	}
	if !strings.Contains(log.String(), "secret-user") {
		t.Error("the cause is not in the log")
	}
	broken = nil
	// Whoever is on this machine, or behind a proxy on it, is told nothing.
	try("/metrics", 404, "", from("203.0.113.7:1"))
	try("/metrics", 404, "", from("127.0.0.1:1"))
	try("/metrics", 404, "", from("127.0.0.2:1"), header("X-Forwarded-For", "127.0.0.1"))
	health.Drain()
	try("/readyz", 503, "draining")
	try("/healthz", 200, "ok")
	if w := do(h, "POST", "http://any.example/healthz"); w.Code != 404 {
		t.Errorf("POST /healthz answers %d", w.Code)
	}
}

// TestNewInside: what a process counts, beside its probes, at an address of its own; a scrape every few
// seconds is no news for the log.
func TestNewInside(t *testing.T) {
	var log journal
	health := new(web.Health)
	h := web.NewInside(log.logger(), health, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "jobs 3\n") }))
	for path, want := range map[string]int{"/metrics": 200, "/healthz": 200, "/readyz": 200} {
		if w := do(h, "GET", "http://127.0.0.1:9090"+path); w.Code != want || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s answers %d %v", path, w.Code, w.Header())
		}
	}
	if w := do(h, "GET", "http://127.0.0.1:9090/metrics"); w.Body.String() != "jobs 3\n" {
		t.Errorf("metrics are %q", w.Body)
	}
	if log.Len() != 0 {
		t.Errorf("scrapes fill the log: %s", &log)
	}
	health.Drain()
	if w := do(h, "GET", "http://127.0.0.1:9090/readyz"); w.Code != 503 {
		t.Errorf("draining, it answers %d", w.Code)
	}
	for _, method := range []string{"POST", "DELETE"} {
		if w := do(h, method, "http://127.0.0.1:9090/metrics"); w.Code < 400 {
			t.Errorf("%s answers %d", method, w.Code)
		}
	}
	if w := do(h, "GET", "http://127.0.0.1:9090/"); w.Code != 404 {
		t.Errorf("another path answers %d", w.Code)
	}
}

// serve runs a server for the test and returns its address and what Serve
// returned after stop.
func serve(t *testing.T, h http.Handler, o web.ServerOptions) (address string, stop func() error) {
	t.Helper()
	o.Log = slog.New(slog.DiscardHandler)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- web.NewServer(h, o).Serve(ctx, l) }()
	stop = func() error { cancel(); return <-done }
	return l.Addr().String(), stop
}

// TestServer_drain: a deploy loses no request. Ready flips first, the request
// under way is finished, then nobody is served any more.
func TestServer_drain(t *testing.T) {
	health := new(web.Health)
	o := options()
	o.Health = health
	e := web.New(o)
	entered, leave := make(chan struct{}), make(chan struct{})
	e.GET("/slow", func(c echo.Context) error {
		close(entered)
		<-leave
		if err := c.Request().Context().Err(); err != nil {
			t.Errorf("the request under way was canceled: %v", err)
		}
		return ok(c)
	})
	address, stop := serve(t, e, web.ServerOptions{Health: health})
	answer := make(chan string, 1)
	go func() {
		response, err := http.Get("http://" + address + "/slow")
		if err != nil {
			answer <- err.Error()
			return
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		answer <- string(body)
	}()
	<-entered
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	for refused := false; !refused; {
		conn, err := net.DialTimeout("tcp", address, time.Second)
		if refused = err != nil; !refused {
			conn.Close()
		}
	}
	if w := do(e, "GET", "http://localhost/readyz"); w.Code != 503 {
		t.Errorf("ready answers %d while the listener is closed", w.Code)
	}
	select {
	case err := <-stopped:
		t.Fatalf("stopped with a request under way: %v", err)
	default:
	}
	close(leave)
	if got := <-answer; got != "ok" {
		t.Errorf("the request under way got %q", got)
	}
	if err := <-stopped; err != nil {
		t.Errorf("Serve = %v", err)
	}
}

func TestServer_drainLimit(t *testing.T) {
	entered := make(chan struct{})
	h := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { close(entered); <-r.Context().Done() })
	address, stop := serve(t, h, web.ServerOptions{Drain: time.Millisecond})
	go http.Get("http://" + address) //nolint:errcheck // it is cut off
	<-entered
	if err := stop(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Serve = %v, want to be told that a request was cut off", err)
	}
}

func TestServer_listenerFails(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	server := web.NewServer(http.NotFoundHandler(), web.ServerOptions{Log: slog.New(slog.DiscardHandler)})
	if err := server.Serve(t.Context(), l); err == nil {
		t.Error("Serve on a closed listener returns nil")
	}
}

// TestServer_slowClients: whoever sends too slowly, too much or nothing at all
// is cut off by a limit.
func TestServer_slowClients(t *testing.T) {
	const brief = 50 * time.Millisecond
	read := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			http.Error(w, "cut", http.StatusRequestTimeout)
		}
	})
	for _, tc := range []struct {
		name, send string
		o          web.ServerOptions
		want       string // the status, "" when the connection just ends
	}{
		{"headers that never end", "GET / HTTP/1.1\r\nHost: x\r\nX-A: b\r\n", web.ServerOptions{ReadHeader: brief}, ""},
		{"a body that never ends", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc", web.ServerOptions{Read: brief}, "408"},
		{"a connection left open", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", web.ServerOptions{Idle: brief}, "200"},
		{"headers too large", "GET / HTTP/1.1\r\nHost: x\r\nX-A: " + strings.Repeat("x", 64<<10) + "\r\n\r\n", web.ServerOptions{}, "431"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			address, stop := serve(t, read, tc.o)
			defer stop() //nolint:errcheck // the test is about the client
			conn, err := net.Dial("tcp", address)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			conn.SetDeadline(clock.System().Now().Add(10 * time.Second))
			fmt.Fprint(conn, tc.send)
			answer, err := io.ReadAll(bufio.NewReader(conn)) // ends when the server hangs up
			var slow net.Error
			if errors.As(err, &slow) && slow.Timeout() {
				t.Fatal("the server waits for ever")
			}
			if status, _, _ := strings.Cut(strings.TrimPrefix(string(answer), "HTTP/1.1 "), " "); status != tc.want {
				t.Errorf("answer %q, want status %q", answer, tc.want)
			}
		})
	}
}

// TestUpload_slow: a slow line that is cut off on an ordinary route gets its
// time on one with Upload.
func TestUpload_slow(t *testing.T) {
	e := web.New(options())
	entered := make(chan struct{}, 2)
	read := func(c echo.Context) error {
		entered <- struct{}{}
		body, err := io.ReadAll(c.Request().Body)
		if err != nil {
			return err
		}
		return c.String(200, string(body))
	}
	e.POST("/plain", read)
	e.POST("/upload", read, web.Upload(1<<20, time.Minute))
	address, stop := serve(t, e, web.ServerOptions{Read: 100 * time.Millisecond})
	begin := func(path string) net.Conn {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		conn.SetDeadline(clock.System().Now().Add(10 * time.Second))
		fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 6\r\n\r\nabc", path)
		<-entered
		return conn
	}
	upload, plain := begin("/upload"), begin("/plain")
	defer upload.Close()
	defer plain.Close()
	if cut, err := io.ReadAll(plain); !strings.HasPrefix(string(cut), "HTTP/1.1 408 ") {
		t.Fatalf("the ordinary route answers %q, %v", cut, err)
	}
	fmt.Fprint(upload, "def") // the time of an ordinary request is over by now
	if answer, err := io.ReadAll(upload); !strings.HasSuffix(string(answer), "abcdef") {
		t.Errorf("the upload got %q, %v", answer, err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}
