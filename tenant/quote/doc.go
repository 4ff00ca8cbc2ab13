// Package quote keeps quotes: what a customer asked for, what the merchant offers him, and what became of
// it (QUO-01 to QUO-03).
//
// # Versions
//
// A quote holds what the customer asked for (Asked), what the merchant is working on (Draft) and what the
// customer is offered (Sent). Sending copies the draft onto the offer and counts the version; whatever is
// edited afterwards is nobody's but the merchant's until it is sent again. A customer names the version he
// accepts, and another one is refused (ErrRevised): he never gets prices he has not seen.
//
// # Invariants
//
//   - Prices are copies, on the side on which the buyer's profile sees goods: an edit of the catalogue
//     changes no quote. Each offer keeps its whole calculation, which package checkout makes by the one
//     pipeline there is.
//   - State moves by the table in state.go and by nothing else. Expired is no stored state: whoever reads a
//     quote is told so once the last day of the version sent is over, in the shop's time zone, by no job and
//     to the minute.
//   - A quote is accepted by the order it becomes, in the statement that writes it (AcceptSQL), under the
//     lock of its row: it becomes one order at most, and one that failed leaves it as it was.
//   - One page of asking makes one quote, however often it is sent (ask_key).
//   - Numbers are a series of their own, with the shop's prefix of the day before them (settings.Quoting). Another
//     prefix, or another time to hold, changes no quote that has a number or was sent.
//
// # Another management currency
//
// A quote keeps the currency it was made in. One that was not sent yet is converted with the shop (Convert, Recast);
// while one stands, the shop is not converted (ListStanding): it is a promise. What was refused or is over can be read
// and not be sent again (ErrCurrency).
//
// # The cart of a quote
//
// Cart makes a cart of an offer, bound to the prices that were agreed. It is stored nowhere: the visitor's
// own cart stays as it is, two tabs with one quote share nothing but its row, and orders are placed
// through the one door of package checkout.
//
// # The link
//
// As with orders, a signed link opens a quote without an account. Whoever has it may accept, as whoever he
// is, at the prices, the tax side and the modes of the customer the quote was made for: it was sent to him.
//
// # What it does not know
//
// How prices come about, letters, pages and paper. An order that is called off does not bring its quote
// back: the merchant copies it. Stock is promised when the order is placed, and not by a quote.
package quote
