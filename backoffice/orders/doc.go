// Package orders is the desk of the office where orders are followed: found, read, moved on, sent,
// written about, printed.
//
// What an order may do next is asked of package checkout (File.Allowed) and never known here; an
// action that came too late is refused by the state machine and told on the order's page. Money is
// recorded and given back, never typed into an order.
//
// Who waits for pre-ordered articles has a list of its own, in the order in which they are served, from which
// the rest of what they pay is asked for (STK-04); the parcel form proposes what is there, as the buyer wished.
//
// The list is read by keyset, so its next page costs the same on the thousandth page as on the
// first; there is a way back to the newest and none to "page 17". A print sheet speaks the buyer's
// language, not the reader's: paper goes into the parcel.
//
// What a parcel really cost may be typed when it is sent, or later on its own page; desk carriage takes whole
// bills and compares. Of each payment the page says what its bank tells of the card, where to find it in the bank's office, and
// what it costs by the merchant's own contract (facts.go). The calculation of an order stands behind an address of its own as data (CAT-05).
//
// A card for the merchant's own terminal (PAY-03) waits in a list of its own and on its order's page, which holds nothing of it:
// card.js unlocks the key in this browser first, and then asks for the box. Asking is the opening that is written down.
//
// A payment for what is in no catalogue is asked for on a page of its own (PGW-34): it becomes an order, whose page holds the link and its
// code for as long as something is to be paid.
//
// What is asked for again and again (PGW-31) shows its schedule, its orders and the buyer's mandate on the page of each of them; it is
// stopped there, and a card that was refused is charged once more where that has a chance.
//
// Words are in locales/ under "orders."; names of states, actions, letters and payments are those of
// the rooms they belong to. It opens no unit of work of its own but to read.
//
// For the next slice: saved filters and invoices. Editing lines waits for credit notes.
package orders

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
