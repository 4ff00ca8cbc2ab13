// Package monetico is the bank's side of Monetico Paiement v3 (CyberMUT, CIC, OBC, CaixaNet), written from the notes on
// the protocol (payments.md, section 5) and the published vectors.
//
// A contract is a terminal number (TPE, 7 characters) and a site code (Fields "societe"), with a key of 40 characters.
// Whether money is only authorised is a matter of the contract (Fields "capture": "later"), and no message says it. The
// path's first step is the host that is played; below it /test/ tells test from live.
//
//   - {p…}/paiement.cgi: the form, under the MAC over all its fields in the order of their names.
//   - The notice goes to the address that was declared to the bank when the contract was opened. A pretend bank has no
//     such office: the form tells it in a field of its own, "declared", which no MAC covers.
//   - url_retour_ok and url_retour_err: the browser goes back to one of them, with nothing signed.
//   - {payment-api…}/capture_paiement.cgi and recredit_paiement.cgi, answered by lines.
//
// The bank tells of success and of refusal, by one notice each; not of buyers who leave, and of nothing the shop or its
// office did.
package monetico
