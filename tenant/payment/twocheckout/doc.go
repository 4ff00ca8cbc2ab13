// Package twocheckout is the family of 2Checkout (GWN-18), today Verifone's: ConvertPlus, Instant Payment Notifications and
// REST 6.0.
//
// The buyer follows a buy link with a product made up for this order, under a signature (HMAC-SHA-256 with the buy-link
// secret word). 2Checkout posts an IPN to the address declared in its control panel, signed with the account's secret
// key, and wants to hear a receipt that is signed with it too. The same key opens REST, by which the state of an order
// is asked and a refund is asked for.
//
// # Invariants
//
//   - What the browser brings back is not read: it proves nothing.
//   - The signature of an IPN covers the values in their order and not their names, so the raw body is read here, and a
//     name that comes twice is refused.
//   - "test" is no signed part of the link: a buyer may put it there himself and pay with a test card. So an IPN has to
//     say TEST_ORDER, and one that does not is not understood.
//   - A refund is a request, which 2Checkout approves and then tells by an IPN: the call's own answer moves nothing
//     (Waiting), the IPN does. It is never sent twice: nothing says that it would be recognised.
//   - Money counts as taken with PAYMENT_RECEIVED and COMPLETE. AUTHRECEIVED and PAYMENT_AUTHORIZED come before and may
//     still be reversed; an order under fraud review waits.
//   - MD5 is taken from accounts that send nothing else, when the merchant says so, and then answered in the old form.
//
// # What was looked up, and what is unsure
//
// Signatures, receipt and authentication are those of 2Checkout's reference (docs.2checkout.com, ConvertPlus buy-links
// signature; IPN read receipt response; API authentication) and its vectors (v107 … v110, v112). The search of orders by
// ExternalRefNo, StartDate and IncludeTestOrders is that of the reference of REST 6.0. The names in an order's JSON
// (RefNo, ExternalReference, Status, ApproveStatus, Currency, GrossPrice, TestOrder) are those of answers that clients of
// 2Checkout have published; one of them found that the gross sums of a search add up from order to order, so that an
// order's own is read from itself, and that sums turn negative with a refund. So REST does not tell what was given back
// (Capabilities.RefundsUntold). The refund's body is that of the notes on the protocol. A refund's IPN shows "the total canceled amount as
// a negative value": whether a second partial refund shows its own or the sum is not said. A sum is more than what is
// left and waits for a person, and so does a refund whose amount is not negative. A refund is
// named by MESSAGE_ID, or by IPN_DATE where that is not sent; that both stay the same when an IPN is repeated is assumed.
//
// V1 accounts (INS, www.2checkout.com/checkout/purchase) cannot be opened any more and are not spoken: vectors v85 … v89.
// The signature service and its token (v111) are not needed, since links are signed here.
//
// Card: the fields CARD_TYPE, CARD_LAST_DIGITS and CARD_EXPIRATION_DATE come where the merchant ticked them in the settings of IPN; that REST
// has LastDigits and CardType in PaymentDetails.PaymentMethod was not tried with a real account. No Brand.Office: no address of an order is known.
package twocheckout
