// Package paypal is PayPal: Orders v2 with webhooks, and classic IPN beside them (GWN-01, PGN-04, PAY-05).
//
// Start creates an order and sends the buyer to PayPal, where he only agrees. The money moves when the shop captures or
// authorises the order: in ReadReturn, in ReadNotice of CHECKOUT.ORDER.APPROVED, or in Inquire, whichever is first. The
// number of the order is BankRef, from Start on.
//
// The REST calls go through github.com/plutov/paypal/v4. Of the library only its client is used, made anew for each
// conversation: it writes to its own settings without a lock, reads answers of any length, takes a page of errors for
// broken JSON, has no PayPal-Request-Id for authorisations and voids, and cannot read the empty answer to a void.
//
// # Invariants
//
//   - A webhook is believed when the certificate it names comes from PayPal's own hosts, carries PayPal's name for webhooks
//     in that mode, is issued under a root of this machine, and signed the text with the ID of our own webhook. The pretend
//     bank's root is the only one in a program that calls the pretend bank, and none in any other.
//   - The signed text covers the body by its CRC-32 alone, which is no protection against who has one genuine message. So of
//     money that came a webhook only says which order to ask for. That money went back is believed.
//   - IPN is believed when PayPal answers VERIFIED to the very bytes, and the receiver is this merchant.
//   - All who tell of a capture, authorisation or refund give it the same Notice.ID, made of PayPal's number of it.
//   - Every call that moves money has a PayPal-Request-Id made of our key, and Start's is made of our reference: what was
//     lost may be asked for again. That an order is captured already is success.
//   - JPY, HUF and TWD are written without decimals. An amount PayPal has no coin for is ErrUnfit, never rounded.
//   - Sandbox and live have hosts, apps, webhooks and certificates of their own. The payment's mode chooses in calls, the
//     certificate's host in webhooks, test_ipn in IPN (by the host that is asked for it).
//
// # What was looked up
//
// On PayPal's pages: currency codes and which have no decimals; the events of Payments v2 (DECLINED, where other pages write
// DENIED: both are read); the issues of failed payments. In published webhooks: custom_id and the number of the order
// (supplementary_data) stand in captures. In the SDKs: the names in the certificates, and that their addresses give a chain.
//
// In the reference of Customer Disputes v1: the outcomes, seller_response_due_date, and that custom of a disputed transaction is what the
// order was given as custom_id. The webhook of a dispute is believed as signed, like one of a refund.
//
// No Brand.Office: PayPal shows a payment by the number of its capture, and the book knows the order's.
//
// Still unsure: whether that chain always has the issuer's certificate (without it webhooks are refused, and the return,
// IPN and inquiries remain); the resource of PAYMENT.CAPTURE.REVERSED, here read as a refund; how long PayPal remembers a
// PayPal-Request-Id (six hours for orders, so Start asks for an order it knows before it makes another);
// application_context, which the library writes, is called outdated by PayPal and taken. A refund that is pending counts as
// given back, since asking again would give back twice.
package paypal
