// Package bank is the engine of the pretend banks: an http.Handler with a hosted payment page, notices
// that are delivered like a real bank's, and a log people can read. It knows payments, cards, states
// and what goes wrong; how any of it is written down is said by a Dialect, one a family, in
// cmd/fakebank/families. A shop's side must not import either but in tests.
//
//   - Dialect is the protocol of a family, Teller the engine as a dialect sees it.
//   - A payment is opened by the dialect (Teller.Open), paid at the engine's page, told of by notices that the
//     dialect writes (Dialect.Letters, Dialect.Notice), and captured, refunded or let go of by a call
//     (Teller.Move) or at the bank's own desk (Bank.Desk).
//   - A card that was kept is charged again by Teller.Charge, and does then what it does; one that asks for confirmation is refused where
//     its buyer is absent.
//   - A Quirk is what goes wrong. The engine bends the message, repeats, delays and reorders; what a
//     wrong key or another merchant means in a protocol, its dialect says by how it writes the bent
//     message.
//
// # Invariants
//
//   - With a file, every payment, answer and notice still to be sent is on disk before the buyer or
//     the shop hears of it: a killed bank goes on where it was.
//   - It calls hosts that its Options allow and no others; redirects are not followed.
//   - What a visitor chooses to go wrong (Quirk) goes wrong in what is sent, never in what the bank
//     itself remembers: the log always tells the truth, and so do answers to calls (Teller.Truth).
//
// # What it does not know
//
// Orders, shops and how this program takes a notice. It has no accounts to sign in to and shows its
// log to whoever reaches it: it is for one's own machine and for tests.
package bank
