// Package authorizenet is Authorize.Net: its hosted page Accept Hosted, the JSON API and webhooks (PGN-05).
//
// Start asks for the token of a page and makes the browser post it. The page takes cards only. Nothing the browser brings back is
// signed: the shop learns of the payment by a webhook, or asks (Inquire).
//
// # Invariants
//
//   - A webhook is believed when X-Anet-Signature is the HMAC-SHA512 of the bytes of the body under the signature key as its text, not
//     decoded. The key that signed tells the mode; sandbox and real money have hosts, logins and keys of their own.
//   - A webhook only says which transaction to ask for. What it means, and how much, is what getTransactionDetails answers.
//   - Our reference is the invoice number, which has 20 characters at most. A transaction with another one is not of a shop; such webhooks
//     are answered with 200, since an account may also be used by others and one that is refused too often is switched off.
//   - Details name no currency. An account has one, which the merchant says in the form: Start refuses any other (ErrUnfit), and
//     every call that moves money names it.
//   - An authorisation, its capture and its void have one number, a refund has its own. "NUMBER:paid", "NUMBER:authorised",
//     "NUMBER:cancelled", "NUMBER:void", "NUMBER:refund" and "NUMBER:failed" are what a webhook, an inquiry and the answer to a call say alike. BankRef is the
//     number of the transaction that brought the money.
//   - The elements of a call are in the order of the vendor's schema, which counts in JSON too: they are structs, never maps.
//   - Answers begin with a byte order mark, have status 200 whatever they say, and write amounts as numbers; these are read as text and
//     never become floats.
//   - A new token is made each time, and each could be paid. So Start first looks whether the reference was paid, and then leads back to
//     the shop. It cannot see a buyer who has two pages open; the book flags what is paid twice.
//
// # Refunds
//
// A refund needs a settled transaction, the last four digits of its card (read from its details each time, stored nowhere) and XXXX for
// the end of validity. Settlement is once a day. Before it, the whole is given back by a void, told as a refund of all. A part cannot be
// given back then: it is answered with ErrDeclined, nothing is kept for later, and the merchant asks again the next day.
//
// Calls have no keys (Keyless), and refunds are not listed with what they refund (RefundsUntold). A void or a capture that was done before is
// recognised by the transaction's status. A refund the bank calls a duplicate (code 11: the same card and sum within two minutes) may be
// the one whose answer was lost, so that nobody knows what was done: ErrBank.
//
// # Recurring payments (PGW-31)
//
// Not here. Subscriptions (ARB) are charged by Authorize.Net by itself, with no attempt of ours behind each charge; every notice must
// be of an attempt that was begun, so they have no place in the port.
//
// # Saved cards (PGW-32)
//
// A buyer who agreed is marked on his transaction by the customer's number keepID, which details repeat. When money is told of it,
// a customer profile is made of the transaction, with its number and nothing else of the buyer, and the token is "profile/card". Charge
// is a transaction of that profile, in answer to which the bank says at once what came of it; there is no 3-D Secure. Forget
// deletes the card and leaves the empty profile, by which a webhook that comes again is known to bring nothing back. The element
// orders are those of the vendor's schema; that profiles can be made of transactions of the hosted page, and cost what the contract says,
// was not tried.
//
// For a mandate (PGW-31) the first transaction is isFirstRecurringPayment, and its networkTransId becomes the third part of the token; those
// without the buyer are isSubsequentAuth with that as originalNetworkTransId, and recurringBilling. Their order in the schema is the vendor's, and
// so are the names on its page "Card-On-File Transactions". Unsure: that the hosted page takes the option, that details name the network's id with
// every processor (it is left out where they do not), and which reason a card's bank has that asks for its holder; there is no code for that, and
// it counts as a refusal.
//
// # What was looked up
//
// In the vendor's schema, as its SDK for Ruby has it: the order of elements, what details and lists hold, and the statuses. On the
// vendor's pages: that a token is good for 15 minutes, that webhooks may be set up in the merchant's office, and that details are to
// be asked for. In published answers: the shape of details. In published signatures: that the signature key is used as text.
//
// Still unsure, with no account to try: whether a refused card is told by a webhook at all (it is read, and inquiries find it);
// the transaction type shown for an authorisation that was captured (taken for authOnlyTransaction, so that a void of it in the bank's
// office cannot be told from letting go, is recorded, and moves nothing); whether the page brings the browser back by GET; which
// currencies each processor takes; that errors 16 and 54 are the only ones for a wrong state (any response code but 1 and 4 is a
// no). Chargebacks have a status but no webhook, and are recorded by hand. The page has no language to choose.
package authorizenet
