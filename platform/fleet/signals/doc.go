// Package signals lets shops of the fleet warn each other of fraud without telling each other, or anybody else, whose
// orders they were (FRD-03, FRD-05).
//
// A shop that takes part reports what an order can be known by: mail address, phone, network, door. Another asks, for
// an order of its own, in how many other shops the like was reported. That number is all it learns.
//
// # Invariants
//
//   - Nothing is kept but keyed hashes (secret.Ring.Print), of shops and orders too: who reads the table learns neither
//     whom it is about nor who said so, and cannot find out by trying what there is.
//   - There is no card number, and nothing a card can be known by.
//   - A shop is never told which others, when, or by which sign; its own reports do not count for it.
//   - What is older than Keep is never found, and gone after the next Sweep.
//   - A shop can take back a report (Retract) and all of them (Forget), which happens when it takes part no longer.
//
// # Decisions
//
// A network is many people: alone it counts only where several shops reported it.
//
// Reports survive a new key, as they are looked for under every key of the ring. A shop that reported under two keys
// may count twice until the first report is too old.
//
// Taking part is each shop's decision and off by default; that it asks nobody whom it is about rests on its
// legitimate interest in not being cheated (Regulation (EU) 2016/679, article 6(1)(f) and recital 47), which the
// office says beside the switch, with words for the shop's own privacy page.
//
// # What it does not know
//
// Orders and what makes an address the same: it is given texts that are already made comparable.
package signals
