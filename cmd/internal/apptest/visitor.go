package apptest

import (
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
)

// visitors counts those of this process, to give each an address of its own.
var visitors atomic.Uint32

// firstVisitor keeps clear of 127.0.0.1, from where letters and banks are asked.
const firstVisitor = 10

// Visitor is a browser without script or screen that reaches the program through the network, from
// an address nobody else has.
func (p *Place) Visitor(t testing.TB, language string) *webtest.Browser {
	t.Helper()
	b := webtest.Open(t, p.Door())
	b.Language = language
	return b
}

// Door is the way of one client to the program, as a handler: any host, one address of its own.
func (p *Place) Door() http.Handler {
	n := visitors.Add(1) + firstVisitor
	from := &net.TCPAddr{IP: net.IPv4(127, 0, byte(n>>8), byte(n))}
	program := &url.URL{Scheme: "http", Host: p.Addr}
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(program)
			r.Out.Host = r.In.Host
			for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"} {
				r.Out.Header[name] = r.In.Header[name] // what a client claims arrives
			}
		},
		Transport: &http.Transport{
			DialContext:        (&net.Dialer{LocalAddr: from}).DialContext,
			DisableCompression: true,
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			w.Header().Set(Broken, err.Error())
			w.WriteHeader(http.StatusBadGateway)
		},
	}
}

// Broken is the header of an answer that did not come from the program: the connection broke.
const Broken = "Apptest-Broken"

// WantAnswer fails the test when the program hung up instead of answering.
func WantAnswer(t testing.TB, page *webtest.Page) {
	t.Helper()
	if why := page.Header.Get(Broken); why != "" {
		t.Fatalf("%s: no answer: %s", page.URL, why)
	}
}
