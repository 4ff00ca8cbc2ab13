package web

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/fault"
)

// ErrAddress refuses a request whose host or path no browser would send.
var ErrAddress = fault.New(fault.Malformed, "error.address")

// Request holds the checked facts of a request. Use these, never the headers.
type Request struct {
	ID     string     // also the reference number shown on error pages
	IP     netip.Addr // of the client, seen through trusted proxies
	Scheme string     // "http" or "https", as the client sees it
	Host   string     // lower case, without port and final dot
	Port   string     // "" when the client named none
}

// RequestOf returns the facts of the current request.
func RequestOf(c echo.Context) Request { return exchangeOf(c).request }

// RequestID returns the number of the request that ctx belongs to, "" outside
// a request. It is what lower floors put into their own log lines.
func RequestID(ctx context.Context) string {
	if x := exchangeIn(ctx); x != nil {
		return x.request.ID
	}
	return ""
}

// Authority is host and port as written in an address.
func (r Request) Authority() string {
	host := r.Host
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if r.Port == "" {
		return host
	}
	return host + ":" + r.Port
}

// Origin is scheme, host and port: what the browser calls the origin.
func (r Request) Origin() string { return r.Scheme + "://" + r.Authority() }

// inspect establishes the facts and rewrites r so that code which reads
// headers all the same finds no forged ones.
func inspect(r *http.Request, proxies []netip.Prefix) (Request, error) {
	seen := look(r, proxies)
	for name := range r.Header {
		if forwardedHeaders[name] {
			delete(r.Header, name)
		}
	}
	host, port, ok := splitHost(seen.host)
	facts := Request{IP: seen.ip, Scheme: seen.scheme, Host: host, Port: port, ID: seen.id}
	if !ok {
		facts.Host, facts.Port = "invalid", ""
		return facts, ErrAddress.Because(errBadHost)
	}
	r.Host = facts.Authority()
	if !cleanPath(r.URL.Path) {
		return facts, ErrAddress.Because(errBadPath)
	}
	return facts, nil
}

// splitHost checks a Host header: a name of letters, digits, dots, hyphens and
// underscores, or an IP literal, with an optional port.
func splitHost(raw string) (host, port string, ok bool) {
	host = raw
	if h, p, err := net.SplitHostPort(raw); err == nil {
		if !digits(p) || len(p) > 5 {
			return "", "", false
		}
		host, port = h, p
	} else if strings.HasPrefix(raw, "[") && strings.HasSuffix(raw, "]") {
		host = raw[1 : len(raw)-1]
	}
	if strings.Contains(host, ":") {
		addr, err := netip.ParseAddr(host)
		if err != nil || addr.Zone() != "" {
			return "", "", false
		}
		return addr.String(), port, true
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "" || len(host) > 253 || strings.Contains(host, "..") || host[0] == '.' || host[0] == '-' {
		return "", "", false
	}
	for i := range len(host) {
		if b := host[i]; !(b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '.' || b == '-' || b == '_') {
			return "", "", false
		}
	}
	return host, port, true
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// cleanPath refuses what a browser never sends because it resolves or encodes
// it first: dot segments, backslashes and control characters.
func cleanPath(path string) bool {
	for i := range len(path) {
		if path[i] < 0x20 || path[i] == 0x7f || path[i] == '\\' {
			return false
		}
	}
	if !strings.Contains(path, "/.") {
		return true
	}
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "." || segment == ".." {
			return false
		}
	}
	return true
}
