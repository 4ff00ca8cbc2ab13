// Package trading gives the demo's first shop some days of business, so that whoever looks at its office finds
// orders on every step of their way, what parcels have cost, somebody who waits for a pre-order, goods on order and
// a quote that was sent.
//
// Everything comes through the doors that shoppers and staff use: carts, checkout, recorded money, parcels,
// deliveries of a supplier. So every figure, movement, letter and line of the journal beside it is real, and all of
// it has happened now: nothing here turns the clock back.
//
// What is done can be seen in the shop: each buyer has an address of his own, and each step asks how far his order
// has come. A process that is killed in the middle goes on where it was; the quote comes last, and once it was
// sent nothing is looked at again, whatever the merchant does with it. What a shop refuses, because its merchant
// has changed it meanwhile, is left out.
//
// The people and companies do not exist, and neither does the VAT number: it is well-formed and nobody's, so it is
// not looked up while the order is placed, and the order says that the register has not confirmed it.
package trading
