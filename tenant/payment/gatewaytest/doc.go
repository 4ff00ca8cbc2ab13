// Package gatewaytest holds every payment family to the contract of payment.Gateway, by HTTP, with a
// pretend bank on the other side and a real database on ours. A family's own test calls [Run] with a
// Family: its gateway, its dialect of cmd/fakebank/families, two contracts, and what its protocol cannot do.
// The signatures its bank has published are held by [Vectors], its parsers by [Fuzz].
//
// What is proved for each family: an order is paid exactly once or not at all, whatever the bank
// does with its notices and whether or not it answers our calls; the ledger says what happened; the bank
// hears what it expects; nothing forged, foreign, mixed up or garbled is believed; nothing secret is
// written down.
//
// Nothing is skipped in silence: what a family lacks it declares with the reason (Family.Lacks, Family.Untold), and
// the suite checks that it is so.
package gatewaytest
