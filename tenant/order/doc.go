// Package order keeps what was bought: the order with its lines, its timeline, and the state machine
// that it goes through.
//
// # Invariants
//
//   - An order is a copy. Every name, price, tax rate and label it shows was written when it was
//     placed, the whole calculation with its trace included; nothing is read from the catalogue or
//     the settings again.
//   - What was chosen beside an article is part of its line's words and of its price; the calculation
//     keeps it by code, for ordering the same again (Extras).
//   - State moves by the table in state.go and by nothing else; a transition writes the timeline in
//     the same unit of work: who, when, from, to, why. Whoever moves an order holds its row's lock.
//   - What was paid and what was sent are facts, computed from amounts and lines, not states to be
//     kept in step. That a deposit was paid is such a fact: the order is placed until the rest has come (Advance).
//   - One checkout page places one order, however often it is sent (place_key).
//   - A guest leaves no trace but the order itself (ORD-09): his mail address is in no other table, unless he
//     asked for a quote.
//
// # The link
//
// Whoever has an account sees his orders there; a guest, and everybody who reads the letter on
// another device, has a signed link (Links). It is made from the order's id and time alone, so
// every letter carries the same one and none has to be kept. The digest of the one made when the
// order was placed is stored: it keeps letters good after the signing key has been replaced.
//
// # Numbers
//
// A number is taken with the row, as the last thing of placing, because the counter's row is locked
// from then to the commit and every order of the shop waits for it. An order that fails gives its
// number back. Orders may have gaps (an import, a number raised by the merchant); invoices may not
// and will have a series of their own.
//
// # What it does not know
//
// Carts, payments, stock and letters: checkout moves those together with the order. Editing the
// lines of an order needs invoices and credit notes first (ORD-14).
package order
