// Package vat keeps the two promises of tax law that need more than a table of
// rates: that a business abroad is not taxed only if its VAT number exists, and
// that a shop notices when its sales at a distance make it owe VAT elsewhere.
//
// # Numbers
//
// [Checker] asks VIES (platform/driver/vies) and gives a pricing.VATProof: valid,
// invalid, or unknown when the register is away. An answer holds for a day and is
// remembered for the shop in a cache; "unknown" is never remembered. It speaks to
// the outside and is called before a unit of work; the proof goes into the
// destination of the basket as a value, and with the price into the order, where
// it stays as evidence. What unknown means is the merchant's decision
// (tax.Verify). Package checkout asks at the right moments and looks an unknown
// number up again later.
//
// # The threshold
//
// [Watch] reads orders. A shop established in one member state may tax consumers in
// the others at home as long as those sales, net and over all of them together,
// stayed below 10,000 EUR in this and the last calendar year (Directive
// 2006/112/EC art. 59c); from the sale that exceeds, the VAT of the destination is
// due. Counted are orders that were taxed as such, whichever choice the shop has
// made, without tests and without those called off. A shop that keeps its books in
// another currency is watched at the rate to the euro among its own; without one
// the watch says that it cannot tell.
//
// # What it does not know
//
// How an invoice or a return is written, and sales made elsewhere than in this
// shop: a merchant with a second channel adds them himself.
package vat
