package bankcall

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"echoppe.dev/platform/kit/clock"
)

// Options configure a Client. The zero value of each but Clock has a meaning.
type Options struct {
	Clock clock.Clock
	Log   *slog.Logger
	// StandIn is the address of a pretend bank, without a trailing slash, that stands for every bank;
	// "" for the banks themselves.
	StandIn string
	// Timeout bounds one try; 10 s if zero.
	Timeout time.Duration
	// Pause is waited before the same host is tried again; 200 ms if zero.
	Pause time.Duration
	// Transport carries the calls; nil for one that knows *.localhost.
	Transport http.RoundTripper
}

const (
	defaultTimeout = 10 * time.Second
	defaultPause   = 200 * time.Millisecond
)

// Client calls banks. Safe for concurrent use.
type Client struct {
	options Options
	http    *http.Client
}

// New makes a client.
func New(o Options) *Client {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Timeout == 0 {
		o.Timeout = defaultTimeout
	}
	if o.Pause == 0 {
		o.Pause = defaultPause
	}
	if o.Transport == nil {
		o.Transport = newTransport(o.Timeout)
	}
	return &Client{options: o, http: &http.Client{
		Transport: o.Transport,
		// An answer that sends us elsewhere is no answer.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Clock is the time families go by.
func (c *Client) Clock() clock.Clock { return c.options.Clock }

// Pretended tells that the pretend bank stands for the banks.
func (c *Client) Pretended() bool { return c.options.StandIn != "" }

// At is the address of a path of a bank's host, for calls and for browsers. A host that brings its
// scheme is an address already.
func (c *Client) At(family, host, path string) string {
	if strings.Contains(host, "://") {
		return host + path
	}
	if c.options.StandIn != "" {
		return c.options.StandIn + "/" + family + "/" + host + path
	}
	return "https://" + host + path
}

// HTTP is a client for a vendor's library that brings its own calls: the same transport, time-out and
// redirects, and addresses through At.
func (c *Client) HTTP() *http.Client {
	own := *c.http
	own.Timeout = c.options.Timeout
	return &own
}

// newTransport dials names below localhost on this machine (RFC 6761, section 6.3), which not every
// resolver knows.
func newTransport(limit time.Duration) http.RoundTripper {
	dialer := &net.Dialer{Timeout: limit}
	return &http.Transport{
		MaxIdleConnsPerHost: 16,
		IdleConnTimeout:     time.Minute,
		TLSHandshakeTimeout: limit,
		Proxy: func(r *http.Request) (*url.URL, error) { // the operator's way out, but not to this machine
			if r.URL.Hostname() == "localhost" || strings.HasSuffix(r.URL.Hostname(), ".localhost") {
				return nil, nil
			}
			return http.ProxyFromEnvironment(r)
		},
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			host, port, err := net.SplitHostPort(addr)
			if err == nil && strings.HasSuffix(host, ".localhost") {
				addr = net.JoinHostPort("127.0.0.1", port)
			}
			return dialer.DialContext(ctx, network, addr)
		},
	}
}
