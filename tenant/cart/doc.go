// Package cart keeps what visitors mean to buy, from the first article to the order.
//
// # Invariants
//
//   - A line is a variant, the extras chosen for it, and a quantity. Names, prices and stock are read
//     when a cart is shown and never believed from outside, so a cart cannot be cheaper than the shop.
//   - A variant with the same extras has one line: adding it again adds to the quantity. Lines of one
//     variant share its pieces, the first is served first (Ahead).
//   - A line whose extras cannot be had as they were chosen is marked (Withdrawn) and blocks the
//     checkout; it is never sold without them, or at another price.
//   - What is added from a table is added whole or not at all, with a reason for every cell (AddAll).
//   - The browser holds a token, the database its digest. A cart that belongs to a customer is shown
//     to that customer only, on all his devices, whatever token comes along.
//   - An untouched cart lives for Life. One that became an order is found no more by its token.
//   - Every removal can be taken back until the next change.
//   - A cart holds no stock: pieces are promised when an order is placed. A line that asks for more
//     than there is stays, is marked, and blocks the checkout (CART-03).
//   - Coupon codes are kept as package discount writes them, up to MaxCodes. One the shop does not know is
//     refused; any other is kept, and the price says why it is not given.
//
// A cart with a Deal is no cart of this package's table: it stands for a quote while that is ordered, at the
// prices that were agreed, so that whoever prices and places carts does not know the difference.
//
// # What it does not know
//
// How a price comes about: it declares the port Pricer, which package checkout implements, because
// prices need rules that stand above the cart. Cookies and pages.
//
// # Decision: lines are one JSON column
//
// A cart is always read and written whole, by one browser. Rows of their own would cost a table in
// every shop and a join in every page, and give nothing: nobody asks for lines without their cart.
package cart
