// Package paypal is the bank's side of PayPal: Orders v2, Payments v2, webhooks and classic IPN, written from the notes on
// the protocol (payments.md, section 12), the published vectors, and PayPal's public pages on orders, captures,
// authorisations, refunds, currency codes and payment failures.
//
// A contract is a PayPal merchant ID of 13 letters and digits with the sandbox secret (Key) and Fields: "client" and
// "webhook" of the sandbox app, "client_live", "secret_live" and "webhook_live" of the live one, "email" for IPN.
//
//   - {api-m…}/v1/oauth2/token, /v2/checkout/orders…, /v2/payments…: REST under a bearer token. A host with "sandbox" in
//     its name is the sandbox.
//   - {www…}/checkoutnow?token=…: where the buyer is sent.
//   - {api…}/v1/notifications/certs/…: the certificate a webhook was signed under, with its issuer's.
//   - {ipnpb…}/cgi-bin/webscr: the post-back of IPN.
//
// Notices go to the address the merchant declared with his app. A pretend bank has no such office: the call that creates
// an order tells it in a header of its own, Pretend-Notify.
//
// The buyer only agrees on the page: money moves when the shop captures or authorises the order. Calls are recognised by
// PayPal-Request-Id; an order of a reference that is there with another one is refused, where the real bank would open a
// second order and a shop that overlooks it would be paid twice.
//
// Not sure: whether the real bank tells of a card that was refused on its page (here: by PAYMENT.CAPTURE.DECLINED and a
// declined capture in the order), and which status it answers a repeated void with (here 422).
package paypal
