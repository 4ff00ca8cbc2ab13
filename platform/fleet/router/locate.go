package router

import (
	"net/netip"
	"net/url"
	"strings"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/sites"
)

// Kind is what sort of place an address names.
type Kind string

// The kinds.
const (
	Nowhere Kind = "nowhere" // malformed, or a host of the platform that is nobody's
	Home    Kind = "home"    // the platform host itself
	Desk    Kind = "desk"    // a sub-domain with a desk: back office, console
	Slug    Kind = "slug"    // a shop by its slug
	Domain  Kind = "domain"  // perhaps a shop by its own domain
)

// Place is what an address names, before anybody has looked whether it exists.
type Place struct {
	Kind Kind
	Name string             // the label of a Desk, the slug, the host of a Domain
	Form registry.Canonical // how a shop is addressed
	Base string             // what was taken off the path: "/demo.shop"
	Path string             // the rest, escaped, beginning with one slash
	// Untidy marks an address that means this place but is not how it is written.
	Untidy bool
}

// Atlas knows the names of the platform.
type Atlas struct {
	Sites sites.Sites
	Desks map[string]bool // labels of sub-domains that are not shops
}

// www is redirected to the platform host: people type it out of habit.
const www = "www."

// Locate reads the host of a request, with or without a port, and its path as it was sent
// (url.URL.EscapedPath).
func (a Atlas) Locate(host, path string) Place {
	name, ok := cleanHost(host)
	if !ok {
		return Place{Kind: Nowhere}
	}
	clean, untidy, ok := cleanPath(path)
	if !ok {
		return Place{Kind: Nowhere}
	}
	p := Place{Path: clean, Untidy: untidy}
	switch label, below := strings.CutSuffix(name, "."+a.Sites.Host); {
	case name == a.Sites.Host, a.Sites.BareIP && isIP(name):
		return p.home()
	case below && a.Desks[label]:
		p.Kind, p.Name = Desk, label
	case below && label+"." == www:
		p.Kind, p.Untidy = Home, true
	case below && registry.IsSlug(label):
		p.Kind, p.Name, p.Form = Slug, label, registry.BySubdomain
	case below, isIP(name), !strings.Contains(name, "."):
		return Place{Kind: Nowhere}
	default:
		p.Kind, p.Name, p.Form = Domain, name, registry.ByDomain
	}
	return p
}

// home tells a shop's path from the platform's own.
func (p Place) home() Place {
	first, rest, more := strings.Cut(p.Path[1:], "/")
	slug, ok := strings.CutSuffix(strings.ToLower(first), sites.Suffix)
	if !ok || !registry.IsSlug(slug) {
		p.Kind = Home
		return p
	}
	return Place{
		Kind: Slug, Name: slug, Form: registry.ByPath,
		Base: "/" + slug + sites.Suffix, Path: "/" + rest,
		Untidy: p.Untidy || !more || first != slug+sites.Suffix,
	}
}

// cleanHost is the host in lower case without port and final dot. Browsers send other alphabets
// as punycode, so everything beyond ASCII is refused.
func cleanHost(raw string) (string, bool) {
	host := raw
	if rest, ok := strings.CutPrefix(raw, "["); ok {
		inside, port, ok := strings.Cut(rest, "]")
		if !ok || port != "" && !isPort(port) {
			return "", false
		}
		addr, err := netip.ParseAddr(inside)
		return inside, err == nil && addr.Is6() && addr.Zone() == ""
	}
	if at := strings.LastIndexByte(raw, ':'); at >= 0 {
		if strings.Count(raw, ":") > 1 { // an IPv6 address that lost its brackets
			addr, err := netip.ParseAddr(raw)
			return raw, err == nil && addr.Zone() == ""
		}
		if !isPort(raw[at:]) {
			return "", false
		}
		host = raw[:at]
	}
	host = strings.TrimSuffix(asciiLower(host), ".")
	return host, isHostName(host)
}

// asciiLower leaves other alphabets alone: strings.ToLower would turn the Kelvin sign into a k.
func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + ('a' - 'A')
		}
		return r
	}, s)
}

// isHostName checks the labels (RFC 1123, section 2.1), of at most 253 octets in all.
func isHostName(host string) bool {
	if host == "" || len(host) > 253 {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for i := range len(label) {
			if b := label[i]; !('a' <= b && b <= 'z' || '0' <= b && b <= '9' || b == '-') {
				return false
			}
		}
	}
	return true
}

func isPort(text string) bool {
	digits, ok := strings.CutPrefix(text, ":")
	return ok && len(digits) <= 5 && strings.Trim(digits, "0123456789") == ""
}

func isIP(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// cleanPath refuses what no browser sends and what could mean two things to two readers: dot
// segments, encoded slashes and backslashes, control characters. Doubled slashes are closed up,
// also because a redirect to "//x" would leave for the host x.
func cleanPath(path string) (clean string, untidy, ok bool) {
	if path == "" {
		return "/", false, true
	}
	plain, err := url.PathUnescape(path)
	if err != nil || path[0] != '/' {
		return "", false, false
	}
	for i := range len(plain) {
		if plain[i] < 0x20 || plain[i] == 0x7f || plain[i] == '\\' {
			return "", false, false
		}
	}
	if strings.Count(plain, "/") != strings.Count(path, "/") {
		return "", false, false
	}
	for segment := range strings.SplitSeq(plain, "/") {
		if segment == "." || segment == ".." {
			return "", false, false
		}
	}
	clean = path
	for strings.Contains(clean, "//") {
		clean = strings.ReplaceAll(clean, "//", "/")
	}
	return clean, clean != path, true
}
