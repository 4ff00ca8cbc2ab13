// Package square is Square's side, written from the notes on the protocol (payments.md, section 13), the published
// signatures of its webhooks, and the names of fields and statuses in Square's own SDKs: payment links, orders, payments,
// refunds, disputes, and the events of the last three.
//
// A contract is a location (Number) with the signature key of its webhook subscription in the sandbox (Key) and fields:
// "token" and "token_live" the access tokens, "hook_live" the signature key for real money. The field "capture" is "later" for
// a seller whose payments are only approved and wait for CompletePayment: no payment link can ask for that, and it is here so
// that what comes of it can be tried.
//
//   - {host}/v2/…: the API in JSON, with a Bearer token that is good on the host of its mode only. Fields nobody knows are
//     refused. A key of idempotency used again with another body is refused.
//   - {host}/u/{token}: the short address of a payment link.
//   - Notices are events, signed with the subscription's key over the address they go to and the body. A real
//     subscription is made once, in the developer dashboard; here whoever opens a payment link tells the address in a
//     header of its own, Pretend-Notify.
//
// payment.created and payment.updated tell of each payment. A bank that contradicts itself does so in the second only. Square
// has no way back for a buyer who gives up; this one leads to the shop's address as if he had paid, without the names
// Square adds.
//
// Not as there: a second link for a reference is the first one; a refund is done at once, where Square's is pending for a
// while; a link that ran out does so because the buyer chose it, and says so nowhere, as Square's never end.
package square
