// Package testbank is the family of the built-in pretend bank, cmd/fakebank, whose families/testbank
// holds the text of the protocol. It shows a merchant how card payment feels before he has a contract,
// and the tests how a
// family behaves.
//
// # Invariants
//
//   - It is as strict as a family for real money: signatures are checked first, in constant time,
//     over the bytes as received; merchant and mode are checked against the account.
//   - Where the bank is, is the operator's decision (Options.Endpoint) and not the merchant's: an
//     address typed into a shop's settings would let its owner make our servers call hosts inside
//     our own network.
//   - It shares no code with the bank.
//
// It does not know what a payment's state is, nor which notices have been seen; package payment does.
//
// An account works in test or live mode like any other, since the code that tells them apart must be
// tried too; neither moves money. A public installation leaves the family out of its gateways.
package testbank
