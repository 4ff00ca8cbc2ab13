// Package stripe is the family of Stripe: its hosted page (Checkout) and its fields on a page of the shop (the payment
// element), with cards, Google Pay, Apple Pay, SEPA direct debit and whatever else a merchant switched on there (PGN-02,
// PGN-06, PGN-07, PGW-39).
//
// Start opens a Checkout Session with one line, the order's total, and the browser is sent to it; or it opens a PaymentIntent
// and gives what the shop's page needs. Stripe posts events; the browser brings nothing that proves anything, so Stripe is
// asked when the buyer is back (Inquire). The calls are those of the vendor's library, github.com/stripe/stripe-go, in the version of the
// API it was made for; answers and events are read by types of our own, which hold what matters and
// take no offence at an endpoint of another version.
//
// # Invariants
//
//   - Nothing is global: the key goes with each call, and is the one of the payment's mode. Answers are believed when they name
//     our reference, our mode (ModeID) and test or live as asked.
//   - The signature is checked over the bytes as received, in constant time; one of several v1 is enough, other schemes and
//     signatures more than five minutes from our clock are not looked at. The secret that signed tells the mode, and the
//     event must say the same.
//   - Facts are the intent's: "pi_…:paid" is what checkout.session.completed, payment_intent.succeeded, charge.succeeded, a
//     capture and an inquiry call the same money. A refund is "re_…", a dispute "du_…:" and where it stands.
//   - BankRef is the session, or the intent, that was opened first, and the intent as soon as one tells of money. A buyer who goes
//     on from the shop's page to Stripe's gets a session beside the intent: who pays by both pays twice, which the book flags.
//   - A session that is completed and unpaid waits: a direct debit takes days, and checkout.session.async_payment_succeeded or
//     _failed tells the end; meanwhile it is told as settling. A held amount is told by payment_intent.amount_capturable_updated.
//   - An account's events go to every endpoint of the account. What does not carry our mode in its metadata, which no buyer can
//     write, is of another shop or of other software: it changes nothing, and Stripe is told that it was heard.
//   - The same request has the same key of idempotency; a payment that has a session or intent already is led to that one.
//     Refunds carry the key of the call in their metadata and are looked for before one is made, since Stripe forgets keys after
//     a day.
//   - Sums are what Stripe counts (amount.go), which is not everywhere the smallest unit of ISO 4217.
//
// # The shop's own page
//
// Embedded has Driver "stripe", Script https://js.stripe.com/v3/ and Data:
//
//	public-key     the publishable key
//	client-secret  the token of this one intent
//	return         where the browser goes afterwards
//	locale         the language of the fields
//
// The driver (stripe.js) loads Script and then
//
//	const stripe = Stripe(publicKey, {locale});
//	const elements = stripe.elements({clientSecret, locale});
//	elements.create('payment').mount(place);            // on('ready') when the fields are there
//
// and, when the buyer presses the page's own button, which is disabled meanwhile,
//
//	const {error} = await stripe.confirmPayment({elements, confirmParams: {return_url}});
//
// which leaves the page; it comes back only with an error, whose message (in the language of the fields) is shown beside
// the button. Only error.message of the types card_error and validation_error is meant for buyers. Of all else, and where the
// script or the element does not come, the page says so in the shop's words, and the link to Stripe's page stays. What Stripe.js adds to
// return_url (payment_intent, redirect_status, …) is not used. Google Pay and Apple Pay need the domain registered
// (RegisterDomain), Apple Pay also AssociationFile at payment.AssociationPath; the page leaves "payment" of its Permissions-Policy to
// https://js.stripe.com (Origins.Payment).
//
// # What was looked up
//
// In the source and tests of the vendor's library: parameters, paths, errors, and the scheme of signatures; the tool
// stripe-mock, which is made from the vendor's OpenAPI description, takes every call we make (mock_test.go). That an event
// charge.refunded tells only the sum that has gone back, with the sum before in previous_attributes, and that refunds are no
// longer inside a charge, was seen in events others published; so refunds are asked for.
//
// What was paid with stands with the charge (payment_method_details), which events about sessions and intents only name: it is known from
// charge.succeeded and from asking, with the charge whole (expand). Bank and authorisation code are told to some accounts only.
//
// Still unsure: whether releasing what a partial capture leaves is told as a refund of the charge (older plug-ins of others
// reckon so; it is then recorded without moving money, see refunded.go); the origins of the page were written from the vendor's
// guide to security as it is remembered and as public pages quote it, and not tried with a real account; the list of
// currencies and their units is that of the guide to currencies, likewise. An account with adaptive pricing may be paid in
// another currency than was asked, which waits for a person as any other sum does. A key of idempotency whose first answer was
// an error of Stripe's own is answered with that error for a day: the refund is then looked up by a person.
//
// # Saved cards
//
// A buyer who agreed gets a customer of his own at Stripe for each card, made with the session or, for fields on the shop's page,
// before the intent; setup_future_usage is asked of cards alone, so that other methods stay offered, and metadata says that it
// was asked. The token is "customer/payment method". payment_intent.succeeded names both; the brand and the digits are asked for
// then, and while Stripe does not answer that question the event is refused and comes again: the session's event has told of
// the money by then. Charge confirms an intent at once with one key for the payment; what Stripe knows of the
// payment already is looked at and not asked again. Forget deletes the customer, and with him all that Stripe keeps of him. Network tokens
// are Stripe's own business: it uses them behind a payment method where the card's scheme has them.
//
// For a mandate (PGW-31) the card is kept with off_session, so that the buyer's bank makes sure of him then, and is charged with off_session
// when he is not there: authentication_required is a refusal then (ReasonSecure), and nobody is led anywhere. The codes after which a card
// must not be charged again are a list of ours (Notice.Never), of the names in Stripe's list of declines. Stripe's own subscriptions are not
// used: the schedule is the shop's, the same at all banks, and each payment is taxed on its day.
//
// A refund that fails at the buyer's bank after all is recorded and moves nothing, since the book cannot take a
// refund back.
package stripe
