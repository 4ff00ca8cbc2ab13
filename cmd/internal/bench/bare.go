package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
)

// answer is a page as it was sent: what the twins are to send.
type answer struct {
	header http.Header
	body   []byte
}

// capture asks for a page until it comes from memory, and keeps it.
func capture(ctx context.Context, l load) (answer, error) {
	var last answer
	const enough = 3 // cold, stored, from memory
	for range enough {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+l.addr+l.path, nil)
		if err != nil {
			return last, err
		}
		req.Host = l.host
		req.Header.Set("Accept-Encoding", "gzip")
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			return last, fmt.Errorf("ask for %s: %w", l.path, err)
		}
		body, err := io.ReadAll(res.Body)
		err = errors.Join(err, res.Body.Close())
		if err != nil {
			return last, fmt.Errorf("read %s: %w", l.path, err)
		}
		if res.StatusCode != http.StatusOK || res.Header.Get("Content-Encoding") != "gzip" {
			return last, fmt.Errorf("%s answered %s, %s", l.path, res.Status, bytes.TrimSpace(body[:min(len(body), 300)]))
		}
		last = answer{res.Header, body}
	}
	last.header.Del("Date") // every server adds its own
	return last, nil
}

// headerBytes is what the headers take on the wire.
func (a answer) headerBytes() int {
	n := 0
	for name, values := range a.header {
		for _, v := range values {
			n += len(name) + len(v) + len(": \r\n")
		}
	}
	return n
}

// ServeHTTP writes the answer and does nothing else.
func (a answer) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	for name, values := range a.header {
		h[name] = values
	}
	w.Write(a.body) //nolint:errcheck // the client has hung up
}

// serveBare serves an answer by itself: no router, no log, no time-outs.
func serveBare(ctx context.Context, a answer) (addr string, stop func(), err error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: a}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(l) // ends with Close
	}()
	return l.Addr().String(), func() { _ = server.Close(); <-ended }, nil
}

// asDirectives writes the headers for nginx, which says type and length itself.
func (a answer) asDirectives() string {
	var b bytes.Buffer
	for name, values := range a.header {
		switch name {
		case "Content-Length", "Content-Type", "Connection", textproto.CanonicalMIMEHeaderKey("ETag"):
			continue
		}
		for _, v := range values {
			fmt.Fprintf(&b, "add_header %s %s;\n", name, quoteNginx(v))
		}
	}
	return b.String()
}
