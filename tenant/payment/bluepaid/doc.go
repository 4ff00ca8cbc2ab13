// Package bluepaid is the family of bluePaid (GWN-16), for single payments on its page.
//
// The buyer is sent to the page by a form. Nobody signs anything: what became of the payment is posted to the
// confirmation address that the merchant declared in bluePaid's office.
//
// # How a message is believed
//
//   - The declared address holds the merchant's own secret, which only he and bluePaid know: the form, which passes
//     through the buyer's browser, does not contain it. bluePaid itself advises to give that address a name nobody can
//     guess.
//   - The form's "divers" comes back: a MAC of our reference under the same secret (HMAC-SHA-256). It ties a message to
//     a payment that this shop has opened.
//   - id_boutique must be the account's, and the payment of a live account must not be a test ("mode").
//   - The amount and the currency are not under the MAC; package payment compares them with what was asked.
//   - It is no signature all the same: money waits in review unless the merchant decides otherwise (field "review").
//     bluePaid's modules also look at the caller's address; its list is not public, so that is not done here.
//
// # Invariants
//
//   - Nothing can be asked and nothing can be given back by a call: both are done in bluePaid's office, which tells of
//     a refund (mode "r").
//   - What the browser brings back proves nothing.
//
// # What was looked up, and what is unsure
//
// Field names and answers are those of the notes on the protocol, which were compared with bluePaid's modules for
// PrestaShop and WooCommerce. Both leave the scheme out of the addresses they send; so does this one. The WooCommerce
// module sends the confirmation address with the form (url_retour_bo), the other one tells merchants to declare it: only
// the second keeps the secret from the buyer, and url_retour_bo is left out. Nothing says whether id_trans of a refund
// is its own: where it is that of the payment, a second partial refund shows up as a contradiction and is looked at by a
// person. Any answer with status 200 is taken for heard.
//
// Nothing is told of the card: the confirmation has no field for it. No Brand.Office: no public address is known.
package bluepaid
