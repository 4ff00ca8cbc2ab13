// Package currency keeps a shop's three kinds of currency apart.
//
// The management currency is the one prices are entered, computed and kept in;
// there is exactly one, and package pricing sees no other. A display currency only
// shows: [Display] turns an amount into a [Shown], a type that cannot be added to
// money or charged by mistake. A settlement currency is what a payment mode
// collects: [Rates.Settle] converts the total, once, and the buyer sees the
// outcome before he confirms. Where it is the one he sees amounts in, he is charged
// what he sees.
//
// # Invariants
//
// Display never changes what the shop reckons in its own currency. A rate is so many units of the other
// currency for one of the management currency, positive, and is used as stored:
// it is never inverted or chained, except once, when the management currency itself becomes another ([Exchange],
// package conversion). Digits are those of ISO 4217. A sale that
// starts with a [Lock] keeps its rates for [LockFor]; after that the buyer is told
// and confirms again, but only if what he would pay has changed. An order stores
// [Record], the amount, currency and rate of all three.
//
// Rounding rules such as ".95" are for prices on display. What a basket comes to in a
// display currency is reckoned from those prices, in package bill; [Display.Sum] is for sums that
// stand alone. An [Exchange] comes to the same in Go and in SQL.
//
// # What it does not know
//
// Where rates come from (typed by the merchant, or the daily file of the European Central
// Bank, which a job writes into the same document), price lists with fixed
// prices in another currency (they replace the conversion, in the price list's own
// package), SQL and words.
package currency
