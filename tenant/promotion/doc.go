// Package promotion keeps a shop's discounts and coupons: the rules of package discount, the codes
// that ask for them, and who used what in which order.
//
// # Reading
//
// Read gives the Book: the rules that are switched on and not over, compiled once for every page
// version; they are read with the settings, so that no page pays a query for them. A rule that cannot be read or makes no sense any more (written by a later
// program, or in a currency the shop gave up) is left out of the Book and shown as broken by List: one
// such rule must not close the shop. Book.Facts reads what the rules want to know of a buyer, in one
// query, and in none where no rule asks.
//
// # Remembering
//
// What a rule took off articles before it was altered, switched off or put away stays with its row, each version
// dated, for as long as prices of the past matter: the Book's Memory tells pages what was in force at an instant, so
// that no reduction is measured against a price that was lower the week before (LAW-03). A rule of that kind is
// therefore archived, not deleted. Rules with a limit are remembered as if it had not been reached.
//
// # Redeeming
//
// Facts are a look at the past. When an order is placed the caller locks what its price uses up
// (Lock), reads the facts again and prices again; only then does it Redeem. Lock takes the rules in the
// order of their ids, then the codes in the order of the alphabet, so that two orders never wait for
// each other; it is called between the lock of the cart and those of the stock. Of two hundred buyers
// with one code for one use, one has an order.
//
// A use is a row that names discount, order and code, and nothing of the buyer: whose it is says the
// order. Uses are counted by order: whoever gives an order two codes of one rule has used it once. An
// order that is cancelled gives back (GiveBack).
//
// # Who has ordered before
//
// A customer is known by his account or by the mail address of his orders, a guest by the address he
// gives in the checkout. His cart therefore shows him a discount for first orders as long as he has not
// said who he is.
//
// # Invariants
//
//   - A code is in the shop once, in the form of discount.Code, whether it stands in a rule or was
//     issued: discount_codes has a row for each. An archived rule gives its codes free, those issued
//     excepted.
//   - A rule that was used, or whose prices still matter, is never deleted, only archived.
//   - Every change of a rule is in the journal and makes cached pages new.
//
// # What it does not know
//
// What a rule gives: that is package discount. Orders, but for the three columns that say who placed
// them and whether they stand. Pages and forms.
package promotion
