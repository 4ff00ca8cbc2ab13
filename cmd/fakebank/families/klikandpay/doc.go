// Package klikandpay is the side of Klik & Pay, written from the notes on the protocol (payments.md, section 8) and the
// public modules named there.
//
// A contract is an account number with a currency (Fields "currency"). Its key is the secret that the merchant has put
// into the address of the dynamic return when he declared it in the office: "<address>?secret=<key>&order=". A pretend
// bank has no office: the form says the address in a field "declared", and the shop's scheme and host in
// "declared_shop".
//
//   - {www.klikandpay.com}/paiement/check.pl: the form; /paiementtest/check.pl for tests. Nothing is signed.
//   - The dynamic return is a GET: the declared address, RETOUR, and the variables that are ticked. All are.
//   - The browser goes back to the declared host and RETOURVOK, or RETOURVHS for a buyer who did not pay.
//
// Payments, refusals and buyers who give up are told; nothing else is, and nothing can be asked. No message says whose
// account it is about, or whether it was a test.
package klikandpay
