// Package bank is the pretend bank: an http.Handler with a hosted payment page, notices that are
// delivered like a real bank's, a few calls for shops, and a log people can read. Its protocol is
// the text of package cmd/fakebank; a shop's side must not import this package but in tests.
//
// # Invariants
//
//   - With a file, every payment, answer and notice still to be sent is on disk before the buyer or
//     the shop hears of it: a killed bank goes on where it was.
//   - It calls hosts that its Options allow and no others; redirects are not followed.
//   - What a visitor chooses to go wrong (Quirk) goes wrong in what is sent, never in what the bank
//     itself remembers: status calls and the log always tell the truth.
//
// # What it does not know
//
// Orders, shops and how this program takes a notice. It has no accounts to sign in to and shows its
// log to whoever reaches it: it is for one's own machine and for tests.
//
// A further family gets a package of its own beside this one, with the protocol text of its bank,
// and uses the same Teller for what happens to the money.
package bank
