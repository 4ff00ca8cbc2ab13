package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"echoppe.dev/platform/kit/fault"
)

// What a fetch ends with when it does not succeed.
var (
	// ErrAddress: the address is not one of the public web; trying again is useless.
	ErrAddress = fault.New(fault.Malformed, "error.address")
	// ErrUnreachable: the other side did not answer; it may later.
	ErrUnreachable = fault.New(fault.Upstream, "error.upstream")
	// ErrGone: the other side says there is nothing there.
	ErrGone = fault.New(fault.NotFound, "error.not_found")
	// ErrTooLarge: there is more than was asked for.
	ErrTooLarge = fault.New(fault.Malformed, "error.too_large")
)

const (
	dialTimeout  = 10 * time.Second
	fetchTimeout = 60 * time.Second
	maxRedirects = 5
	maxHeader    = 64 << 10
)

// Client fetches. Safe for concurrent use.
type Client struct{ http *http.Client }

// New makes a client; a nil guard is PublicOnly.
func New(guard Guard) *Client {
	if guard == nil {
		guard = PublicOnly
	}
	return &Client{newClient(guard)}
}

// Request is one file to get.
type Request struct {
	Address string
	Accept  string // media types, as in the header
	Agent   string // who asks, for the other side's log
	Max     int64  // bytes
}

// Get reads what is at an address.
//
// Errors: ErrAddress, ErrUnreachable, ErrGone, ErrTooLarge.
func (c *Client) Get(ctx context.Context, r Request) ([]byte, error) {
	if err := CheckAddress(r.Address); err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.Address, nil)
	if err != nil {
		return nil, ErrAddress.Because(err)
	}
	req.Header.Set("Accept", r.Accept)
	req.Header.Set("User-Agent", r.Agent)
	res, err := c.http.Do(req)
	if errors.Is(err, ErrAddress) {
		return nil, ErrAddress.Because(err)
	}
	if err != nil {
		return nil, ErrUnreachable.Because(err)
	}
	defer func() { _ = res.Body.Close() }()
	switch {
	case res.StatusCode == http.StatusTooManyRequests || res.StatusCode >= 500:
		return nil, ErrUnreachable.Because(fmt.Errorf("status %s", res.Status))
	case res.StatusCode != http.StatusOK:
		return nil, ErrGone.Because(fmt.Errorf("status %s", res.Status))
	case res.ContentLength > r.Max:
		return nil, ErrTooLarge
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, r.Max+1))
	if err != nil {
		return nil, ErrUnreachable.Because(err)
	}
	if int64(len(data)) > r.Max {
		return nil, ErrTooLarge
	}
	return data, nil
}

// newClient makes a client that connects only where guard allows. It takes no proxy from the
// environment, which would dial in its place, and keeps no connection.
func newClient(guard Guard) *http.Client {
	dialer := &net.Dialer{
		Timeout: dialTimeout,
		Control: func(_, address string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(address)
			if err != nil {
				return ErrAddress.Because(err)
			}
			return guard(to)
		},
	}
	return &http.Client{
		Timeout: fetchTimeout,
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			DisableKeepAlives:      true,
			TLSHandshakeTimeout:    dialTimeout,
			ResponseHeaderTimeout:  dialTimeout,
			MaxResponseHeaderBytes: maxHeader,
		},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) > maxRedirects {
				return ErrAddress.Because(fmt.Errorf("more than %d redirects", maxRedirects))
			}
			return checkURL(r.URL)
		},
	}
}

// checkURL refuses what is not a plain address of the web.
func checkURL(u *url.URL) error {
	if (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil {
		return ErrAddress
	}
	return nil
}

// CheckAddress tells whether something could be fetched from there, as far as the address itself
// says. Errors: ErrAddress.
func CheckAddress(address string) error {
	const longest = 2000
	u, err := url.Parse(address)
	if err != nil || len(address) > longest {
		return ErrAddress
	}
	return checkURL(u)
}
