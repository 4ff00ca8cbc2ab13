// Package fraud says how likely it is that an order is not meant to be paid by who it seems to come from, and
// keeps what was found.
//
//   - A Case is what is known of an order. It holds no card number: none ever reaches the program.
//   - A Screener looks at a case and gives a Result: points from 0 to 100, each with its reason, and an advice.
//     Screening is the built-in one, by rules, free and on for every shop; those of others (package fianet, the
//     signals of the fleet) add their reasons to it (Join).
//   - Rules are what the merchant decides: what counts how much, from how many points on an order is held for
//     a person, who is always or never believed.
//   - A Finding is what an order keeps of it.
//
// # Invariants
//
//   - A screener only advises. That an order is held, released or marked is a deed of package checkout, written on
//     the order's timeline with who did it; a person's word is never overruled by a later look.
//   - Buyers are never told points, reasons or that an order was looked at.
//   - Whom the merchant always believes has no points; whom he never believes has all of them, and is held whatever
//     else is decided, since that is what he wrote the name down for.
//   - A screener that does not answer costs nobody his order: its silence is a reason with no points.
//   - The address of the client and its network are forgotten after Keep; what was concluded from them stays.
//
// # Decisions
//
// Holding orders by points is off until a merchant wants it: a parcel that waits for somebody who does not know
// that it does is worse than the rare fraud.
//
// Networks are compared by /24 and /48 (Network): who has one address of them commonly has the others.
//
// # What it does not know
//
// Orders, payments, HTTP and the fleet: package checkout gathers a case and acts on the result.
package fraud
