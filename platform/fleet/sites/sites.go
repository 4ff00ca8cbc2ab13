package sites

import (
	"fmt"
	"regexp"

	"echoppe.dev/platform/fleet/registry"
)

// The sub-domains of the platform's own desks.
const (
	OfficeLabel  = "admin"
	ConsoleLabel = "console"
)

// Suffix ends the first segment of a path that leads to a shop.
const Suffix = ".shop"

// Sites says under which name the platform is reached.
type Sites struct {
	Scheme string // "http" or "https"
	Host   string // "localhost", "platform.tld"
	Port   string // as visitors see it; "" when it is the scheme's own
	// BareIP lets an IP address stand for the platform host, for a trial on a machine that has no
	// name yet. Sub-domains do not exist there.
	BareIP bool
}

var hostShape = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)*$`)

// Check refuses values that make no addresses.
func (s Sites) Check() error {
	switch {
	case s.Scheme != "http" && s.Scheme != "https":
		return fmt.Errorf("sites: scheme %q is neither http nor https", s.Scheme)
	case !hostShape.MatchString(s.Host):
		return fmt.Errorf("sites: %q is no host name in lower case", s.Host)
	}
	return nil
}

// Platform is the origin of the platform host.
func (s Sites) Platform() string { return s.origin(s.Host) }

// Office is the origin of the back office.
func (s Sites) Office() string { return s.Desk(OfficeLabel) }

// Console is the origin of the operators' console.
func (s Sites) Console() string { return s.Desk(ConsoleLabel) }

// Desk is the origin of a sub-domain of the platform.
func (s Sites) Desk(label string) string { return s.origin(label + "." + s.Host) }

// Shop is the canonical address of a shop, without a trailing slash.
func (s Sites) Shop(shop *registry.Shop) string {
	switch {
	case shop.Canonical == registry.ByDomain && shop.Domain != "":
		return s.origin(shop.Domain)
	case shop.Canonical == registry.BySubdomain:
		return s.Subdomain(shop)
	default:
		return s.Path(shop)
	}
}

// Path is the shop's address on the platform host. It never lapses, so banks are told to send
// their notices here.
func (s Sites) Path(shop *registry.Shop) string { return s.Platform() + "/" + shop.Slug + Suffix }

// Subdomain is the shop's address on a sub-domain of the platform.
func (s Sites) Subdomain(shop *registry.Shop) string { return s.Desk(shop.Slug) }

func (s Sites) origin(host string) string {
	if s.Port == "" {
		return s.Scheme + "://" + host
	}
	return s.Scheme + "://" + host + ":" + s.Port // a name, never an IPv6 address: see Check
}
