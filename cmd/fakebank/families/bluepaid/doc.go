// Package bluepaid is the side of bluePaid, written from the notes on the protocol (payments.md, section 9) and the
// public modules named there.
//
// A contract is a number (id_boutique). Its key is the secret that the merchant has put into the confirmation address
// when he declared it in the office: "<address>?secret=<key>". A pretend bank has no office: the form says the address
// in a field "declared". The mode is a matter of the contract as well: Fields "mode", "live" or else test.
//
//   - {paiement-securise.bluepaid.com}/in.php: the form. Nothing is signed.
//   - The confirmation is a POST to the declared address: etat, id_trans, id_client, montant, devise, divers, mode. A
//     test has mode "test", a refund mode "r".
//   - The browser goes back to url_retour_ok, or url_retour_stop for a buyer who did not pay. Both come without a
//     scheme, and get http.
//
// Payments, refusals and refunds of the office are told; nothing can be asked.
package bluepaid
