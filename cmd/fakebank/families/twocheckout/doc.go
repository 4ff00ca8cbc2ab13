// Package twocheckout is the side of 2Checkout (Verifone), written from the notes on the protocol (payments.md, section 10),
// 2Checkout's reference and the published vectors.
//
// A contract is a merchant code with a secret key, which signs IPNs and opens REST, and a buy-link secret word (Fields
// "word"). With Fields "hash": "md5" it is an old account, which signs with MD5 alone. A pretend bank has no control
// panel: the buy link says the address of IPNs in a parameter "declared" that no signature covers.
//
//   - {secure…}/checkout/buy: the buy link of one dynamic product. "test" is as it comes: nothing signs it.
//   - The IPN: a form whose values are signed in their order, and a receipt that is read back. Of a payment it tells
//     COMPLETE alone, as an account does where the merchant ticked no other state.
//   - The browser goes back to return-url with refno, and nothing that would prove anything.
//   - {api…}/rest/6.0/orders/: search, order and refund. A refund that was asked for is told by an IPN as well, with its
//     amount below zero.
package twocheckout
