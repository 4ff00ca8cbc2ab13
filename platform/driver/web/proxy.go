package web

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

var (
	errBadHost = errors.New("malformed Host")
	errBadPath = errors.New("malformed path")
)

// forwardedHeaders are removed from every request once they were judged. The
// names are canonical, since the headers of a request are.
var forwardedHeaders = map[string]bool{
	"Forwarded":            true,
	"X-Forwarded-For":      true,
	"X-Forwarded-Host":     true,
	"X-Forwarded-Port":     true,
	"X-Forwarded-Proto":    true,
	"X-Forwarded-Protocol": true,
	"X-Forwarded-Ssl":      true,
	"X-Url-Scheme":         true,
	"X-Real-Ip":            true,
	"X-Original-Url":       true,
	"X-Rewrite-Url":        true,
	"X-Request-Id":         true,
}

// sight is what can be believed about where a request comes from.
type sight struct {
	ip           netip.Addr
	scheme, host string
	id           string // given by a trusted proxy, else ""
}

// look reads the forwarded headers when the peer is a trusted proxy. Of
// X-Forwarded-For it believes the entries from the right for as long as they
// are trusted proxies themselves; the first one that is not is the client.
// Everything left of it may have been written by the client.
func look(r *http.Request, proxies []netip.Prefix) sight {
	s := sight{ip: peer(r.RemoteAddr), scheme: "http", host: r.Host}
	if r.TLS != nil {
		s.scheme = "https"
	}
	if !trusted(s.ip, proxies) {
		return s
	}
	if proto := last(r.Header["X-Forwarded-Proto"]); proto == "http" || proto == "https" {
		s.scheme = proto
	}
	if host := last(r.Header["X-Forwarded-Host"]); host != "" {
		s.host = host
	}
	if id := r.Header.Get("X-Request-Id"); plausibleID(id) {
		s.id = id
	}
	hops := strings.Split(strings.Join(r.Header["X-Forwarded-For"], ","), ",")
	for i := len(hops) - 1; i >= 0 && trusted(s.ip, proxies); i-- {
		hop, err := parseHop(strings.TrimSpace(hops[i]))
		if err != nil {
			break // an unreadable entry ends what can be believed
		}
		s.ip = hop
	}
	return s
}

// last is the entry added by the nearest proxy.
func last(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	line := lines[len(lines)-1]
	return strings.ToLower(strings.TrimSpace(line[strings.LastIndexByte(line, ',')+1:]))
}

func peer(remote string) netip.Addr {
	if ap, err := netip.ParseAddrPort(remote); err == nil {
		return ap.Addr().Unmap().WithZone("")
	}
	addr, _ := netip.ParseAddr(remote) // a Unix socket has no address: the zero Addr
	return addr.Unmap().WithZone("")
}

func parseHop(s string) (netip.Addr, error) {
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	s = strings.TrimSuffix(strings.TrimPrefix(s, "["), "]")
	addr, err := netip.ParseAddr(s)
	return addr.Unmap().WithZone(""), err
}

func trusted(ip netip.Addr, proxies []netip.Prefix) bool {
	for _, p := range proxies {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}
