package fetch

import (
	"fmt"
	"net/netip"
	"slices"
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
