// Package terminal is what a shop needs to take cards for the merchant's own payment terminal (PAY-03): his written
// acceptance of what that means, his keys, and the shape of what buyers' browsers send.
//
// # How a card travels
//
// The merchant's browser makes a pair of keys (ECDH, P-256). The public one is kept here; the private one leaves his
// browser only wrapped by a key made of his passphrase, into a file and, if he wants, to us. The buyer's browser
// makes a pair of its own for each box, derives a key from both (HKDF, SHA-256) and seals the card with it (AES-256 in
// GCM, with the payment, the part and the key's id as authenticated data): what was sealed for one payment opens for no
// other. Number, expiry and name are one box, the security code another, which is deleted when the card is first opened
// (PCI DSS 4.0.1, 3.3.1). Both are padded, so that their size says nothing.
//
// # Invariants
//
//   - Nothing here can open a box. There is no function that takes a private key, a passphrase or a card number.
//   - A box is accepted for the current key only, whole and of exactly its size; a text in which a card number stands is
//     refused wherever it stands, and the refusal does not repeat it.
//   - A shop takes cards while an operator allows it, the merchant has accepted the text of today, and there is a key.
//     Cards that are here can be opened whatever becomes of that, until they are purged.
//   - A key is never removed: what was sealed with it may still have to be opened.
//
// # Decisions
//
// ECDH and not RSA: a public key of 65 bytes can be checked to be a point of the curve, a box is a quarter as large, and
// each has a key of its own. The private key is wrapped wherever it is kept, in the file as well: a file that is found
// opens nothing without the passphrase. Who loses both has lost the cards of a week at most.
//
// # What it cannot do
//
// The scripts that seal and open come from our servers. Whoever controls those can change them: that is why an operator
// must allow this and a merchant must accept the duty, and why a payment link is the better way for nearly everybody.
//
// It does not know payments, orders, HTTP or the database: package payment keeps boxes, package checkout moves them.
package terminal
