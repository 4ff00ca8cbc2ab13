package webtest

import (
	"net"
	"net/url"
	"strings"
)

// crossing remembers the farthest border a navigation has crossed, redirects
// included: once cross-site, it stays so.
type crossing struct {
	typed bool
	site  string // "", "same-origin", "same-site", "cross-site"
	last  string // origin of the last address
}

func (x *crossing) add(from string, to *url.URL) {
	if x.last == "" {
		x.last = from
	}
	next := to.Scheme + "://" + to.Host
	if x.last != "" {
		x.site = farther(x.site, between(x.last, next))
	}
	x.last = next
}

// word is the value of Sec-Fetch-Site.
func (x crossing) word() string {
	if x.typed || x.site == "" {
		return "none"
	}
	return x.site
}

// crossSite reports whether Lax cookies are held back from changes.
func (x crossing) crossSite() bool { return x.word() == "cross-site" }

func farther(a, b string) string {
	rank := map[string]int{"": 0, "same-origin": 1, "same-site": 2, "cross-site": 3}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

func between(a, b string) string {
	if a == b {
		return "same-origin"
	}
	from, errA := url.Parse(a)
	to, errB := url.Parse(b)
	if errA == nil && errB == nil && from.Scheme == to.Scheme && site(from.Hostname()) == site(to.Hostname()) {
		return "same-site"
	}
	return "cross-site"
}

// site is the registrable domain, taken to be the last two labels: tests use
// no names under "co.uk". Under .localhost it is that one label, since
// browsers know no shorter suffix for it.
func site(host string) string {
	if net.ParseIP(host) != nil {
		return host
	}
	labels := strings.Split(host, ".")
	keep := 2
	if labels[len(labels)-1] == "localhost" {
		keep = 1
	}
	if len(labels) > keep {
		labels = labels[len(labels)-keep:]
	}
	return strings.Join(labels, ".")
}
