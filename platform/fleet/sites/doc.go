// Package sites writes the addresses of the platform: which host is what, and how a shop is
// reached.
//
//	platform.tld            sign-up, help, and shops by path: /{slug}.shop/
//	admin.platform.tld      the back office
//	console.platform.tld    the operators
//	{slug}.platform.tld     a shop's own origin
//	any other host          a shop's own domain, once it is proved
//
// It is a value made from the configuration: no look-ups, no requests. Reading an address that
// came in is router's.
package sites
