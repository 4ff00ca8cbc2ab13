// Package stock keeps how many pieces there are, who may count on them, and why that changed.
//
// Three facts per variant: on hand (pieces in the shop), reserved (pieces promised), available
// (on hand − reserved, what others can buy). On hand and reserved are sums of an append-only
// ledger and are changed by one statement that also refuses: "on_hand − reserved ≥ q" is decided
// by Postgres under the row's lock, never by a number read earlier.
//
// A hold belongs to the buyer, that is to his cart, and not to an order: when he changes a
// quantity or tries another payment mode the hold is replaced, so nobody competes with himself.
// An order takes the hold over (Assign) with an expiry that fits its payment mode; Commit turns it
// into pieces gone. Holds that expire are swept, and count no longer the moment they are.
//
// Rows are always locked in the order of their ids, so that two baskets with the same articles
// wait for each other instead of deadlocking.
//
// A page shows a stock level, not a number, unless the merchant wants the number: only a change
// of level makes cached pages stale, and thousands of orders a minute do not.
//
// Next slice (suppliers, receipts, the four decrement moments): Moves already carry reason and
// reference; "on order" is a further sum of the same ledger.
package stock
