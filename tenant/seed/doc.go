// Package seed fills shops: with what every new one begins with, with the demo's articles, and with
// thousands of articles for measurements.
//
// Defaults is part of signing up and must be quick: its rows go to Postgres in one batch. It writes
// the rows other rooms own (pages, delivery and payment modes) in their stored form, which the tests
// read back and save again through those rooms' own doors. Its legal pages are short, honest drafts:
// what only the merchant knows stands in [brackets].
//
// Demo stocks a shop through the very import merchants use: data/*.csv are files in the format of
// package transfer, in four languages, and the pictures they name are drawn by package still. What a
// shop takes off comes with it: a code that its first page tells at once, discounts on families when the
// import has brought them.
//
// What no column of a file carries, options that add to the price and tables to order from, two of its
// articles get afterwards (adorn).
//
// The publisher among the demo's shops tells customers apart (PROF-07): passers-by pay by card and live in
// France, booksellers may do more and order more. The first shop, in which most people try things out,
// restricts nobody; companies may see its prices without tax.
//
// Orders the demo gets from package trading, when all its shops are stocked.
//
// Samples are a few articles that make an empty shop worth looking at. They come by the same import,
// say in their name what they are, and go without a trace; one that was edited is a sample no more.
//
// The texts, names and pictures of the demo are dedicated to the public (CC0 1.0).
package seed
