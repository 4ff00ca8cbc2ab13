// Package gatewaytest holds every payment family to the contract of payment.Gateway, by HTTP, with a
// pretend bank on the other side and a real database on ours. A family's own test calls [Run] with a
// Family; the golden signatures of its bank are for that test to hold.
//
// What is proved for each family: an order is paid exactly once or not at all, whatever the bank
// does with its notices; the ledger says what happened; the bank hears what it expects; nothing
// forged, foreign, mixed up or garbled is believed; nothing secret is written down.
package gatewaytest
