// Package pack prepares a shop for a country: VAT, the zones and fees of two ways to
// deliver, and the currency.
//
// A [Pack] is data: one file a country in data/, with the laws it rests on beside its
// numbers ([Source]; what each is about is said by whoever shows it). A [Plan] says what a pack would change in a shop as it is, item by item,
// and writes nothing; [Plan.Apply] does the chosen items in the caller's unit of work.
// A plan is known by its digest, so that nobody applies another one than he was
// shown.
//
// # Invariants
//
//   - Nothing is overwritten that was not shown: each item says what is there and
//     what would be. A way to deliver is only ever added, and never twice.
//   - What buyers can choose does not change behind the merchant's back: a way to
//     deliver is added switched on only where none goes yet, and never at a shop's
//     first start.
//   - Fees are in the currency the shop is kept in: converted and rounded where the pack's is another and a rate is
//     known, and left out by name (Plan.Left, Apply) where none is.
//   - The currency is no item once prices or orders exist; before, it is changed by package conversion, so that what
//     is there keeps about its worth.
//
// # What it does not know
//
// Pages, and what else a new shop is asked (package start, which applies a pack
// when the country is answered). Rates of VAT are package tax's. Fees are of the
// usual size and nobody's tariff.
package pack
