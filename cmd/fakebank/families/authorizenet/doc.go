// Package authorizenet is the bank's side of Authorize.Net: Accept Hosted, the JSON API and webhooks, written from the notes on the
// protocol (payments.md, section 15), the order of elements in the vendor's schema, and the statuses named there.
//
// A contract is an API login (Number), the signature key of the sandbox (Key) and of real money (Fields "signature_live"), the
// transaction keys (Fields "key" and "key_live") and its one currency (Fields "currency"). Fields "settle" is "night" for a contract
// whose transactions wait for settlement; those of the others are settled at once, so that parts of them can be given back.
//
//   - {host}/xml/v1/request.api: every call. The body has one object, whose name says what is asked. Elements out of the schema's
//     order are refused as the real one refuses them (E00003), and answers begin with a byte order mark and have status 200.
//   - {host}/payment/payment: the page, to which the browser posts the token.
//   - The webhook names a transaction. What it means is told to whoever asks for it, so a quirk bends what is told then. One for
//     another merchant names a transaction nobody has.
//
// Where webhooks go is declared in the merchant's office. A pretend bank is told with the call that opens the page, in a header of its
// own, Pretend-Notify.
//
// A profile is made of a transaction and has its number for the merchant; its card is charged by a transaction with the profile, and can
// be deleted. The profile stays.
//
// An authorisation, its capture and its void have one number, a refund has its own; what is voided before it is settled keeps its own.
//
// Not sure: whether a refused card is told by a webhook (here it is, with responseCode 2); which transaction type a captured
// authorisation is shown with (here authOnlyTransaction). The office of the pretend bank tells nothing when it lets go of an
// authorisation, and nothing is known of what the engine calls a dispute.
package authorizenet
