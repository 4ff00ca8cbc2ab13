// Package stock keeps how many pieces there are, who may count on them, and why that changed.
//
// Four figures per variant are sums of an append-only ledger: on hand (pieces in the shop), reserved
// (pieces held for somebody), pending (ordered by customers and not yet gone), on order (with
// suppliers). Two are made of them: available (on hand − reserved, what others can buy) and virtual (on
// hand − pending + on order, what there will be; STK-02). The figures stand on the variant as well,
// changed by the statement that also refuses: "on hand − reserved ≥ q" is decided by Postgres under the
// row's lock, never by a number read earlier.
//
// # Holds and orders
//
// A hold belongs to the buyer or to the order he placed, and a retry replaces it, so nobody competes
// with himself. An order that is placed is Promised its pieces: they are pending, and held as long as
// its payment mode is patient. When its moment comes (STK-12) Commit takes them; when money came before
// the moment, Keep makes the hold last. What an order took, waits for and holds is read from the ledger
// by its reference, so each of these does what is left to do and is harmless the second time: Return
// brings back exactly what is out, once. Holds that expire are swept, and count no longer the moment
// they are; the order stays pending.
//
// Rows are always locked in the order of their ids, so that two baskets with the same articles wait for
// each other instead of deadlocking.
//
// # Pre-orders
//
// Until an article's day comes, as many pieces of a variant as the merchant allows may be promised
// before they are there (STK-04): reserved may then be more than on hand. First come, first served: an
// order takes pieces only if those who hold before it can still be served. What is not there leaves with
// the parcel, whatever the moment of the payment mode. Queue tells who stands where and whose pieces are there.
//
// Before its day an article is a pre-order only as long as its pieces are not there: when more are on hand than are
// held for those who came before, the rest is sold from stock (Level.Awaited, in SQL Announced). Who wants more pieces
// than are free pre-orders all of them. Who was told that pieces are there is not promised them ahead when somebody was
// faster (Want.There): he is short of them, and sees the pre-order before he agrees to it. An article that cannot be
// ordered before its day waits for it, whatever is on hand; pieces nobody counts are awaited until the day. On its day the
// article is sold like any other without anybody doing anything; days are those of the shop's time zone.
//
// # Pages and alerts
//
// A page shows a stock level, not a number, unless the merchant wants the number: only a change of
// level makes cached pages stale, and thousands of orders a minute do not. A variant that falls to "few
// left" or to "out" leaves a line of that reason in the ledger (STK-05), which web hooks can be sent
// from, and asks for one Digest the next morning.
//
// # What it does not know
//
// What an order, an article's price or a supplier is. Suppliers and receipts are package supply.
package stock
