package bank

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// allowed tells whether the bank may call that address.
func (b *Bank) allowed(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	for _, rule := range b.options.Allow {
		below, wild := strings.CutPrefix(rule, "*")
		if host == rule || wild && strings.HasSuffix(host, below) && len(host) > len(below) {
			return true
		}
	}
	return false
}

// browsable tells whether a browser may be sent there: anywhere the merchant signed, but nothing
// that runs as script.
func browsable(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// answerLimit is how long a shop has to answer a notice.
const answerLimit = 20 * time.Second

// newClient knows that names below localhost are this machine, and follows nobody elsewhere.
func newClient() *http.Client {
	dialer := &net.Dialer{Timeout: answerLimit}
	return &http.Client{
		Timeout:       answerLimit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			MaxIdleConnsPerHost: couriers,
			DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
				if host, port, err := net.SplitHostPort(addr); err == nil && strings.HasSuffix(host, ".localhost") {
					addr = net.JoinHostPort("127.0.0.1", port)
				}
				return dialer.DialContext(ctx, network, addr)
			},
		},
	}
}
