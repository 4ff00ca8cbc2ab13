// Package bill lays a price out for whoever reads it: the lines as they stand on the shelf ([Lines]), the totals
// under them ([Totals]), the short answer to "why this price" ([Trace]), and all of it in the currency the reader
// sees ([In]). List, article, cart, checkout, order, letters and papers show nothing else, so what one says is
// what the next says.
//
// # In another currency
//
// What a basket comes to in a display currency is reckoned here and nowhere else (CUR-02, CUR-03):
//
//   - goods cost what the shelf says: the price of one piece, by the rounding rule of the currency, times the
//     quantity. A reader who sees 47.95 and takes two pays 95.90, not what two converted prices come to;
//   - what is taken off goods is taken off that in proportion, so that the free article of "three for two" is
//     free to the cent; where it comes out even for each piece, the reduced price follows the rounding rule like
//     the one on the shelf;
//   - delivery, insurance and fees are converted, and what is taken off delivery in proportion to it;
//   - tax is that on what is shown, by its rate.
//
// The sum is the sum of what is shown. It is what is charged where a payment mode settles in that currency; where
// it settles in the shop's own, that is charged, and the reader is told. An order keeps rate and rounding, so
// that its bill is the same for ever.
//
// Fractions of the smallest coin are carried from one amount to the next ([carry]): no row is off by more than one
// coin, and no sum by more than half of one.
//
// # What it does not know
//
// SQL, screens, and how a price comes about: that is package pricing.
package bill
