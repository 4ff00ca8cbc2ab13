// Package analysis tells how the payments of a shop go (PGW-38, PGW-43): how many are accepted, by which mode, from which
// country and with which card, why others are refused, what is given back or disputed, how long buyers take, and what the
// merchant's banks take.
//
// Every figure is read from the payments themselves, by one statement along the index of their times; an order of which
// nobody tried to pay anything is not there. Attempts are counted and not orders: who is refused and pays with another card
// under a new attempt is one refused and one accepted. Payments in test are left out. Amounts are those of the currency that
// was settled in, and amounts of different currencies are never added: whatever has amounts is said once for each.
//
// # Decision
//
// What a bank takes is what the mode said of the contract when the payment began, and for payments from before that was
// kept, what it says today. Nothing of it is known from the bank.
//
// It changes nothing, and knows no page. Of an order it reads the country of the bill.
package analysis
