// Package monetico is the family of Monetico Paiement, formerly CM-CIC p@iement: CyberMUT of Crédit Mutuel, CIC, OBC and
// CaixaNet (GWN-09 … GWN-12).
//
// The buyer is sent to the bank's page by a form under a MAC (HMAC-SHA1 over all fields by their names); the bank calls
// the address that was declared to it, under the same MAC. Captures, cancellations and refunds are forms of the same
// kind, answered by lines of text.
//
// # Invariants
//
//   - What the browser brings back is signed by nobody and proves nothing.
//   - The bank declares nothing but money: whether it was taken or only authorised is a matter of the contract, which
//     the merchant tells in the field "capture".
//   - "payetest" is a payment in a test contract only: a live one does not believe it (Notice.Test).
//   - The order's day, which captures and refunds have to name, is that of Payment.Created in Paris, as the form
//     said it.
//   - What may move money is never sent twice: nothing says that the bank would recognise it.
//
// # What was looked up, and what is unsure
//
// Field names, order of the MAC, the change of the key and the answers are those of the notes on the protocol and its
// vectors (v53 … v60). References have 12 characters, which every contract takes. An answer with cdr 1 is a success;
// that every other number means "not done" is assumed (marked † there). The bank answers no questions about a
// payment: one of which no notice came lapses, and the merchant is told to look into his bank's office.
//
// No Brand.Office: no public address of a payment is known.
package monetico
