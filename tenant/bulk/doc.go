// Package bulk says what changing many articles at once does to each of them (ART-06): an [Operation] is made of
// what a merchant chose, and [Operation.Apply] gives the article as it is to be, what differs, field by field,
// or why it is refused.
//
// It is pure: the same article and operation always give the same answer, so that what was shown before is what
// is done, unless the article has changed meanwhile. Choosing articles, writing them, undoing and
// progress belong to package transfer, which runs it beside imports; what an article may not be is said
// by catalog.Product.Check.
//
// # Prices
//
// A percentage or an amount moves the price of every variant, and of the article's other prices in the
// management currency when asked to ([Operation.Others]). Without an ending the result keeps as many
// decimals as the currency has, or as the price had: a screw at 0.0125 does not become 0.01. With an ending it
// goes to the nearest price that ends so, or the next above or below; a price never becomes nothing by its
// looks.
//
// The present price can be kept crossed out where the new one is lower. What buyers then see crossed out is
// still no more than the lowest of the 30 days before (LAW-03, package pricelist).
//
// # Stock
//
// Pieces are not written here: Result.Counts says how many there are to be, and the ledger of package stock
// moves them. Variants whose pieces are not counted are left alone.
package bulk
