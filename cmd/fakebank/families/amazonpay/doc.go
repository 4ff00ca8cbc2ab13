// Package amazonpay is the bank's side of Amazon Pay, API version 2, written from the notes on the protocol (payments.md,
// section 14), the published signing examples, Amazon's public pages on checkout sessions, charges, charge permissions, refunds
// and instant payment notifications, and AWS's page on the signatures of SNS.
//
// A contract is an Amazon merchant ID with the public half of the sandbox key (Key, PEM) and Fields: "key" the ID of that
// key, "key_live" and "public_live" the same of the key for real money, "store" the store ID. With "sns" set to "2" its
// notices are signed with version 2 (SHA-256) of SNS's signatures, else with version 1 (SHA-1).
//
//   - {pay-api…}/v2/… under keys that name their environment, /sandbox/v2/… and /live/v2/… under those that do not: requests
//     signed AMZN-PAY-RSASSA-PSS-V2. An idempotency key used again with something else is refused.
//   - {static…}/checkout.js: a stand-in for Amazon's script (checkout.js), whose initCheckout goes to {static…}/button with the
//     payload and its signature, where the real one posts them to a page of Amazon's.
//   - {payments…}/checkout?amazonCheckoutSessionId=…: where the buyer is sent.
//   - {sns…}/SimpleNotificationService-….pem: the certificate notices are signed under; {sns…}/?Action=ConfirmSubscription: where a
//     subscription is confirmed.
//
// Notices go to the address the merchant declared in Seller Central. A pretend bank has no such office: the call that creates
// a session tells it in a header of its own, Pretend-Notify, which is not signed.
//
// The buyer only agrees on the page: money moves when the shop completes the session, and nothing is told of it by a notice
// before. Prompt is a bank where it moves on the page.
//
// Not sure: whether the real bank tells of a card that was refused on its page (here by a notice about a declined charge, while
// the session stays open); the status of an answer to a session that is completed again (here 422, InvalidCheckoutSessionStatus), to a
// cancelled charge cancelled again, and to more than was paid. Here a refund is at once done.
package amazonpay
