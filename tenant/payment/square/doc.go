// Package square is Square: its hosted page, which a payment link leads to, with cards, Apple Pay and Google Pay (PGN-01, PGW-01).
//
// Start makes a payment link with an order of one line, the total, and sends the browser to it. Square tells of the payment by
// webhook, and is asked (Inquire) when the browser is back: what Square adds to the address then (orderId, transactionId)
// is signed by nobody and not used, and the sandbox adds nothing.
//
// # Invariants
//
//   - The signature covers the address of the subscription and the bytes of the body. The address is the one the merchant was
//     given (RawNotice.URL), not the one a proxy made of it, and the whole text is compared in constant time. The key that
//     signed tells the mode; sandbox and real money have hosts, tokens, locations and keys of their own.
//   - No event says which payment of ours it is about, and a seller's events tell of his tills too. So Square is asked for the
//     payment's order, and only what carries our mode in its metadata, at our location, is ours; of all else Square is told
//     that it was heard. What the event says of the money is believed as signed.
//   - An attempt is about one order. BankRef is link and order from Start on ("LINK:ORDER"), so that a buyer who comes again is
//     led to the same page, and the order alone as soon as a notice tells of money. An order that can no longer be
//     paid is not replaced: another attempt is.
//   - Facts are of objects: "PAYMENT:paid" is what both events, a capture and an inquiry call the same money; a refund is its own
//     name; a dispute "NAME:" and where it stands.
//   - A link whose order has another sum than was asked, or is not of this payment, is shown to nobody.
//   - The same request has the same key of idempotency. A refund has the key of the call, and as its reason too, which is looked for
//     before one is made.
//   - Sums are integers in the smallest unit of the currency.
//
// # What is not possible
//
// The hosted page always takes the money at once: CreatePaymentLink has nothing like CreatePayment's autocomplete, so a merchant
// cannot choose to collect later, and the form does not ask. A payment that is only APPROVED for whatever reason is told as
// such, and Capture (CompletePayment) and Cancel (CancelPayment) do their work; completing a part is declined, since Square
// completes whole payments. Fields on a page of the shop (the Web Payments SDK) would allow it and are not here, nor are saved
// cards (PGW-32) and subscriptions (PGW-31).
//
// The page has no language to choose, no way back for who gives up, and no end: who pays a link days later has paid, and the
// book flags what was paid twice. An order that is paid in parts (a gift card and a card) is told as sums that were not
// asked, and waits for a person.
//
// # What was looked up
//
// In Square's SDK for Python: paths, fields, statuses, codes of errors, the states and reasons of disputes, and how a signature is
// verified; that a tender has the ID of its payment, that only the application that wrote metadata reads it, and that keys
// of refunds have 45 bytes. Version 2025-03-19 is one its older half names. On Square's pages: that payment links take one
// buyer, that their order is a DRAFT until it is paid, that refund.created says PENDING, that answers are awaited for ten
// seconds, that all payments of a seller are told of, and that a subscription nobody answers well for three weeks is ended.
//
// Still unsure, with no account to try: which code a seller gets for a currency that is not his (CURRENCY_MISMATCH is read);
// whether a refused card is told by an event at all before another is tried (FAILED is read); whether the order of a refund
// is the one that was paid (the payment is asked for it); how long keys of idempotency are remembered; whether a link can
// still be asked for once it is paid (the order is asked first); whether the sandbox's page sends the buyer back. Cash App
// Pay and Afterpay are left to the default of the account.
//
// A refund that fails at the buyer's bank after all is recorded and moves nothing, since the book cannot take a refund back.
// An inquiry that becomes a dispute before it is closed keeps its first deadline in the book.
//
// No Brand.Office: the dashboard shows a sale by the number of a transaction, and that it is the order's, which the book knows, is
// nowhere said.
package square
