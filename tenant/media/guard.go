package media

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"syscall"
	"time"
)

// Guard decides whether a connection may be made, on the number that is about to be dialled, so
// that a name which answers differently the second time gains nothing. It returns nil to allow.
type Guard func(netip.AddrPort) error

// PublicOnly allows web servers of the public internet.
func PublicOnly(to netip.AddrPort) error {
	if to.Port() != 80 && to.Port() != 443 {
		return ErrAddress.Because(fmt.Errorf("port %d", to.Port()))
	}
	if !public(to.Addr()) {
		return ErrAddress.Because(fmt.Errorf("address %s is not public", to.Addr()))
	}
	return nil
}

// closed are the blocks that are not the public internet, beyond those netip knows by name
// (IANA special-purpose registries; RFC 6890, 6598, 5737, 3849, 8215).
var closed = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // carriers' NAT, and some clouds' metadata
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"),          // IPv4 in IPv6, the old way
	netip.MustParsePrefix("64:ff9b::/96"),   // NAT64: leads to any IPv4 address
	netip.MustParsePrefix("64:ff9b:1::/48"), // NAT64, local
	netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"), // Teredo and others that wrap an IPv4 address
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"), // 6to4
	netip.MustParsePrefix("fec0::/10"),
}

func public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	return !slices.ContainsFunc(closed, func(p netip.Prefix) bool { return p.Contains(a) })
}

const (
	dialTimeout  = 10 * time.Second
	fetchTimeout = 60 * time.Second
	maxRedirects = 5
	maxHeader    = 64 << 10
)

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

// CheckAddress tells whether a picture could be fetched from there, as far as the address itself
// says. Errors: ErrAddress.
func CheckAddress(address string) error {
	const longest = 2000
	u, err := url.Parse(address)
	if err != nil || len(address) > longest {
		return ErrAddress
	}
	return checkURL(u)
}
