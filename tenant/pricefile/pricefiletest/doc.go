// Package pricefiletest draws random carts, each with all its rules as a price file: the one generator
// behind the properties of the price kernel.
//
// A cart has a number, and the same number is always the same cart, so that a failure is told by its
// number and a million carts need no store. What is drawn is valid: whatever a merchant can set up and a
// shopper can put together, small enough that odd cents and rules that meet are common. It does not
// know the laws the carts are held against.
package pricefiletest
