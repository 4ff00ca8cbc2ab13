// Package supply is where goods come from: suppliers, what is to be ordered from them, the orders, and
// the delivery notes that fill the shelf.
//
// # How goods come in
//
// Wanted lists the variants whose virtual stock has come down to their minimum (STK-03); Draft makes of
// it one order a supplier, and one for what has none. An order is a draft until it is Placed: from then
// on its pieces are "on order". Each delivery note is one receipt (STK-08), posted in one unit of work:
// pieces on the shelf, pieces no longer on order, cost price, state of the order. A receipt carries a
// key of the page it was typed on, so the same page sent twice is one receipt. A supplier may send less
// (the order is then partly received, and what will not come is Finished) or more than was ordered.
//
// # Cost price
//
// A receipt that names a cost makes it the variant's (variants.cost): the last price paid, which is
// what the next sale's margin is reckoned from. A weighted average would need a value of the stock at
// the beginning that most shops cannot give; the receipts keep every price paid, so it can be computed.
//
// # Alerts
//
// Package stock writes a line into the ledger when a variant runs low or out; List shows who stands
// there now, and Postmaster writes one letter a morning about those that came since the last (STK-05).
//
// # Decisions
//
// Lines and receipts are documents of the order's row: they are read and written with it, and nothing
// looks for one of them. The supplier of a variant, with his reference and price, is a document on the
// variant. Only one supplier a variant: a second one is a second reference, which receipts accept as
// barcode or SKU.
//
// # What it does not know
//
// How the stock is kept (package stock), what customers' orders are but for the numbers of those that
// wait in a queue, and pages.
package supply
