// Package pricefile prices a basket that stands in a file together with everything its price depends
// on: the kernel by itself, without a shop and without a database.
//
// A [File] names its version, the basket, the rules (tax, shipping modes, payment modes, discounts) and
// the currencies. [File.Price] runs the same steps in the same order as the checkout does, and gives
// an [Answer]: lines, adjustments, totals and the trace, what the buyer is shown in his currency and
// what he is charged in that of the payment. Tests, the simulator of the back office and checkers
// outside this house use this one door ("echoppe price FILE.json").
//
// A file may bring the profiles of customers: the one of the basket has its view, its minimum, its modes and its
// countries, what it may not do is refused as in the shop, and the modes it may not use are named ([Barred]).
//
// [Explain] puts the calculation stored with an order into the same form; the office and the buyer's page of the
// order serve it, the buyer a short one ([Answer.Short]).
//
// # The schema
//
// schema.json describes a file (JSON Schema 2020-12) and answer.json what comes of it; [Schema] and
// [AnswerSchema] give them. A test compares them with the
// types field by field, so it cannot say less or more than what is read. A field the version does not
// know is refused, and so is one that stands twice: a rule that is misspelt must not be a rule that silently
// does not hold. Everything that is wrong is named by its place ("basket.lines.0.unit.amount.amount") with
// what was expected there. The same goes for a choice of the basket (profile, way to send, way to pay) that
// names nothing of the file.
//
// # Versions
//
// [Version] is raised when a file of the version before would be read differently. Fields that may be
// absent can be added within a version.
//
// # Examples and laws
//
// testdata/examples holds the worked examples of the house's rules as files that anybody can price, each
// beside what it must come to.
//
// The laws of prices are tested here, since a file is all a price depends on: rows sum to what is to pay,
// pricing again is identical, no line is negative, order means nothing, a cent more never loses two.
// They are held against random carts of package pricefiletest, a million of them with "make carts".
//
// # What it does not know
//
// Where rules come from: package checkout reads those of a shop. Words: reasons are message keys with
// their arguments, as everywhere in pricing.
package pricefile
