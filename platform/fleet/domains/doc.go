// Package domains connects a shop to its own domain.
//
// Two records prove that the merchant holds the name and means this shop: a TXT record with a
// token of the shop, and a CNAME (or, at an apex, addresses) leading to a target of the shop. The
// target is different for every shop, so a record left behind by a shop that went away points at
// nothing that somebody else could claim: that is how domains get hijacked.
//
// Invariants:
//
//   - A host belongs to one shop at most, and leads to it only while its proof stands.
//   - A released host is in quarantine for a month. Only the shop that let go of it may take it
//     back sooner. The row is kept for that.
//   - A claim that is not proved gives way to another after a day, so that nobody holds names that
//     are not theirs.
//   - Names of the platform, addresses and names without a dot are no domains.
//
// Who answers for DNS is behind Resolver, so that a test needs no network.
//
// What it does not do yet: certificates. Until a later slice issues them, TLS for custom domains
// ends at whatever proxy stands in front; and the weekly re-check of proofs is Recheck, which a
// periodic job may call.
package domains
