// Package pricing computes what a basket costs and says why: one pure function
// over one value. Listing, article, cart, checkout, gateway, order and invoice
// call it and therefore agree to the cent.
//
// # The order of work
//
// A [Pipeline] is a slice of steps, run from a clean slate in the order written.
// The house runs
//
//	goods      unit price × quantity, tiers, extras  Shelf
//	tax        who is taxed where, at which rates    tax.Step
//	...        discounts on lines, then on the order, then coupons
//	delivery   the chosen shipping mode, insurance   shipping.Delivery
//	...        discounts on shipping
//	tender     fee or rebate of the payment mode     Tenders
//	totals     both sides of every amount, tax by rate, sums
//
// Tax is decided early and computed last. Decided early, because the shipping
// formulas take the net value of goods as input, and the net value of a price
// entered with tax depends on the rate; computed last, on what is left of each
// line after its discounts. Discounts come before delivery, because the formulas
// want net prices after discounts; those on shipping come after it, and the fee
// for a payment mode is a cost like shipping and must be there before the tax.
//
// # Both sides of an amount
//
// A price is entered without tax or with it, and what was entered is the source
// of truth. Discounts and charges are decided on one of the two sides as well.
// All amounts that are taxed together lie on one pile: a line with its discounts,
// or that part of a shipping charge that follows one rate. Rounding happens
//
//   - once for what each extra adds to a unit, to four decimals, half up;
//   - once for a line: unit price (up to four decimals) times quantity, half up;
//   - once for a discount or a charge on its whole, which is then shared by
//     largest remainder, nothing lost;
//   - once for the tax of a pile, half up, on its final sum. Entered with tax:
//     tax = gross × r/(100+r), net = gross − tax. Entered without: tax = net × r,
//     gross = net + tax.
//
// Each amount on a pile is worth, on the other side, the difference it makes to
// the rounded figures of the pile. So net amounts sum to the net of the line,
// gross amounts to its gross, in both displays, with no rounding line. Order
// totals are sums of lines; the tax at one rate is the sum of the rounded taxes of
// the piles at that rate.
//
// A price entered with tax contains the rate [Duty].Inside. Abroad the merchant
// keeps either his gross price (Inside is the rate levied) or his net price
// (Inside is the rate at home, which comes off first): see package tax. A buyer
// who is not taxed pays exactly the net that a buyer at home finds on his invoice.
//
// # Worked example
//
// A shop in France, prices entered net: 50.00 at 20 %, 22.00 at 5.5 %, sent for
// 10.95 net and insured at 1.5 %. Shipping follows the goods: 7.60 at 20 % and
// 3.35 at 5.5 %, tax 1.52 and 0.18. Insurance is 1.08: 0.75 at 20 %, 0.33 at
// 5.5 %. Tax is 11.67 on 58.35 and 1.41 on 25.68; to pay 97.11. The test of this
// name prints it with its trace.
//
// # Invariants
//
// The rows of [Priced.Rows] that are not Included sum to ToPay. No line and no
// charge is negative, whatever is taken off. Pricing a basket again gives the same
// result, and so does pricing it with its lines in another order: the sheet sorts
// them by SKU and ID, so an odd cent always falls on the same line. One currency
// per basket; mixing panics. Package pricefile holds random carts against all of this,
// a million of them with "make carts".
//
// # Speed
//
// A sheet is scratch paper: it is reused for the next basket, and its postings become
// adjustments only when they are totalled, on a slice of their size. Clearing paper away
// cost more than the sums on it. So no step keeps a sheet beyond its run, and nothing of a
// [Priced] is on it.
//
// # What it does not know
//
// No database, no HTTP, no clock ([Basket].At is given), no words: reasons are
// message keys with arguments, and names the merchant wrote. It does not know what
// a promotion, a carrier or a country is, with one exception, the ban on payment
// surcharges in [SurchargeBan]. Reading what a basket needs inside a transaction
// and building the steps from it belongs to the caller (package checkout), so that
// the kernel stays usable on a file. Display and settlement currencies are package
// currency: they never enter here.
//
// Quantities are whole. Goods sold by measure are sold by their storage unit (100
// g, 10 cm), whose price may have four decimals.
//
// A new rule is a [Step]: it reads the sheet, calls its Discount and Charge
// methods, and refuses with a reason what it does not give. An order copies the
// result and is never priced again; the arguments of reasons survive JSON for that
// purpose.
package pricing
