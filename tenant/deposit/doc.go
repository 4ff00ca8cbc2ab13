// Package deposit says when the money for what is ordered before it is there is due (STK-04): all of it
// with the order, a part of it, or nothing until the pieces are there.
//
// # Invariants
//
//   - A deposit never changes a price: it is WHEN money is due, not how much. The price pipeline does not
//     know of it, and Due.Now and Due.Later add up to what is to be paid, to the cent.
//   - Only lines with terms of their own are deferred; every other line is due with the order.
//   - What is not goods (delivery, insurance, the fee of a payment mode) is due with the order, unless every
//     line is deferred: then nothing leaves before the rest is paid, and it belongs to the rest.
//   - What is taken off the order as a whole is taken off each line in proportion, before a line is divided.
//
// # VAT
//
// Nothing here decides when VAT is owed. In the European Union it becomes chargeable on a payment on account
// when that is received (Directive 2006/112/EC, article 65); in France so for goods, too, since 1 January
// 2023 (Code général des impôts, article 269, 2, a). An invoice for a deposit belongs to the package that
// will write invoices.
//
// # What it does not know
//
// Articles, orders, payments, stock. Package stock keeps the terms of an article, package checkout divides
// the price of a cart by them, package order keeps the outcome.
package deposit
