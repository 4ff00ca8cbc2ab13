// Package sips2 is the bank's side of Worldline SIPS 2.0 (Sogenactif, Mercanet), written from the notes on the protocol
// (payments.md, section 4), the published vectors, and where those are silent from the vendor's pages for developers
// (data dictionary, "Paypage POST", "Office JSON", "Validation", "Cancellation", "Refund").
//
// A contract is a shop of 15 digits with a secret key, which is used as text, and the key's version (Fields "version",
// 1 if absent). The path's first step is the host that is played; a host with ".simu." or ".test." in it is a test.
//
//   - {payment-webinit…}/paymentInit: the form. Data is "key=value|…", plain or in base64 (Encode); Seal is over Data as it
//     is sent: HMAC-SHA-256, or SHA-256 over Data and key, which is what a form that names no SealAlgorithm means.
//   - Responses, the automatic one to the shop's server and the manual one by the browser, are the same four fields: Data, Seal,
//     InterfaceVersion and Encode, sealed as the form was and encoded as it asked (responseEncoding). What has no value is
//     written "null". There is no repetition worth relying on: whatever is answered with status 200 was heard.
//   - {office-server…}/rs-services/v2/cashManagement/{validate,cancel,refund}, …/diagnostic/getTransactionData: JSON, sealed over
//     its values in the order of their names. The simulator has no such host.
//
// A transaction exists once a card was tried: before, the diagnostic answers 25. Money taken at once is TO_CAPTURE until it is sent
// to the banks and CAPTURED then; the first can only be cancelled, whole or in part, and the second only refunded. Contracts whose
// Fields say "remitted": "no" never get further than TO_CAPTURE; all others are sent at once. Fields "office": "no"
// is a contract that may not call: code 40.
//
// Nothing is sent about what the shop asked for by a call, nor about what is done in the bank's office.
//
// Not sure: whether a second call with the same content is known as such (here: it is not); in which status a refund leaves a
// transaction that was cancelled whole (here CANCELLED, as the page on cancellations draws it); what transactionPlatform says
// on test platforms: vector v43 is of one and says PROD, so this bank always does, and no response tells a test
// from a sale.
package sips2
