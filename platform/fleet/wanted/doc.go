// Package wanted is the list of banks that merchants asked the operators for because they are not among those a shop can be
// paid by (PAY-07): who asks, for which bank, with which protocol and how many payments, and what became of it.
//
// A request is asked once by a merchant, moved and answered by operators, and never edited otherwise. Each answer is sent
// to the address the merchant gave, by a job that is written in the transaction of the answer; each deed is in the fleet's
// journal. A shop may ask a few times a day, so that nobody fills the list.
//
// It knows a shop by its row and its id, and no payment; the office that draws the form and the console that draws the list
// are elsewhere.
package wanted
