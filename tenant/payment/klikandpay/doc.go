// Package klikandpay is the family of Klik & Pay (GWN-17), for payments that are made at once on its page.
//
// The buyer is sent to the page by a form. Nobody signs anything: what became of the payment is told by a GET to an
// address that the merchant declared in Klik & Pay's office (the "dynamic return"), with the variables he ticked there
// added to it.
//
// # How a message is believed
//
//   - The declared address holds the merchant's own secret, which only he and Klik & Pay know: the form, which passes
//     through the buyer's browser, does not contain it.
//   - The form's RETOUR comes back at the end of that address: our reference, test or live, and a MAC of both under the
//     same secret (HMAC-SHA-256). It ties a message to a payment that this shop has opened.
//   - The amount and the currency must be among the ticked variables (MONTANTXKP, DEVISEXKP): they are not ours, and
//     package payment compares them with what was asked.
//   - Nothing tells a test from a real payment, and the test page takes the same form. So money waits in review unless
//     the merchant decides otherwise (field "review").
//
// # Invariants
//
//   - Nothing can be asked and nothing can be given back by a call: both are done in Klik & Pay's office.
//   - What the browser brings back proves nothing.
//   - An account has one currency, which no form says: a payment in another is not opened.
//
// # What was looked up, and what is unsure
//
// Field names, addresses and answers are those of the notes on the protocol, which were compared with the modules of
// PrestaShop, Thelia and VirtueMart. RETOUR is put after the declared address as it stands (Thelia declares
// "…?commande="), and so are RETOURVOK and RETOURVHS after the addresses of accepted and refused payments: there the
// merchant declares the shop's scheme and host alone. VirtueMart's module says that refusals are not told, PrestaShop's
// reads them: both are taken. Which encoding the names of buyers must have is said nowhere; it is UTF-8 here.
//
// Of the card only the kind (PAIEMENT) and the country of its bank (PAYSBXKP) are told. No Brand.Office: no public address is known.
package klikandpay
