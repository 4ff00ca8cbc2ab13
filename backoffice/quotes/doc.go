// Package quotes is the desk of the office for quotes (QUO-03): what customers asked for, what is being
// offered to them, and what they answered.
//
// A quote that has not become an order is a form: quantities, prices of a piece on the side its customer
// sees, articles added by their code, a remark, a price for sending, the last day. Saving changes the draft
// and nothing else; sending is a step of its own, and says which version the customer then has. What the
// customer asked for, and what the shop would have charged for a piece, stay beside the fields.
//
// An article is added by its code. Where something has to be chosen of it, its variant or what adds to the price,
// saving is refused and the page asks, beside all that was typed; the answers count for the code they were asked
// about and for no other. One that was refused or is over can be done again at today's prices; what is left out then
// is named. What stands before numbers, and how long an offer holds, is a page of the settings.
//
// Prices are reckoned by package checkout; which state takes which event is asked of package quote. A list
// is read by keyset, like that of orders.
//
// Words are in locales/ under "quotes."; names of states and letters are those of the rooms they belong to.
// It opens no unit of work of its own but to read.
package quotes

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
