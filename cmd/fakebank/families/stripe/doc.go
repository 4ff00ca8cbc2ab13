// Package stripe is Stripe's side, written from the notes on the protocol (payments.md, section 11), the published signatures
// of its webhooks and the API reference of version 2023-10-16: Checkout Sessions, PaymentIntents, Refunds, payment method
// domains, idempotent requests, errors, and the events of the four.
//
// A contract is an account (acct_…) with the signing secret of its endpoint for tests (Key) and fields: "hook_live" the one
// for real money, "secret" and "secret_live" the API keys, "public" and "public_live" the publishable keys. Field "methods" is
// "sepa_debit" for an account whose buyers all pay by direct debit: they agree, and the money comes when the bank's office
// completes it.
//
//   - {host}/v1/…: the API, form-encoded, with a Bearer key that tells test from real money. Parameters nobody knows are
//     refused, as there. A key of idempotency used again with other parameters is refused.
//   - Notices are events, signed with the endpoint's secret. A real endpoint is declared once, in the dashboard; here
//     whoever opens a payment tells it in a header of its own, Pretend-Notify.
//   - {host}/v3/: a stand-in for Stripe.js (stripe.js). Its payment element shows the hosted page in a frame that is not left;
//     confirmPayment asks what became of it, with the publishable key and the client secret as the real script does, and
//     goes to the return_url or gives an error.
//   - {host}/v1/payment_method_domains and {host}/files/apple-pay/…: what wallets want of a shop's domain.
//
// A card is kept for the customer a session makes ("customer_creation") or an intent names, where setup_future_usage asks for it;
// payment_methods tells its digits, an intent that is confirmed at once charges it, with off_session one that was kept for that, and deleting
// the customer deletes it.
//
// Two events tell of each payment: that of the session and that of the intent, or for a payment in the shop's own page that of
// the charge and that of the intent. A bank that contradicts itself does so in the first of the two only. A buyer who leaves the
// hosted page makes no event: his session expires.
//
// Not as there: a second session for a reference is the first one; a refund is at once done; what expires here expires when
// the buyer chooses so.
package stripe
