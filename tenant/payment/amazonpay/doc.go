// Package amazonpay is Amazon Pay, API version 2: checkout sessions in the form of an additional payment button, charges,
// refunds, disputes, and notices by Amazon SNS (PGN-03, PAY-05).
//
// Start sends the buyer to Amazon, where he only agrees. The money moves when the shop completes the session: in ReadReturn, or
// in Inquire when he did not come back. A session that nobody completes ends after a day, and no money has moved.
//
// There are two ways to Amazon. By the button, Amazon's script (checkout.js) creates the session with a payload we sign, and its
// number is first known when the buyer is back (payment.Embedded). Without script the shop creates the session itself, once for
// our reference, and the browser is sent to its amazonPayRedirectUrl (payment.Redirect).
//
// BankRef is the session where Start created it, and the charge as soon as there is one: sessions are deleted after 30 days, and
// refunds may come later.
//
// # Invariants
//
//   - Requests and payloads are signed AMZN-PAY-RSASSA-PSS-V2, with the private key of the payment's mode. Requests cover all
//     headers of Amazon's own and the body.
//   - A message of SNS is believed to be of SNS when its certificate comes from sns.{region}.amazonaws.com itself, in the region of
//     its topic, and signed it. Where the pretend bank stands in it is asked for that same host, by the same rules.
//   - Anybody may have a topic at SNS. So a notice only says which object to ask Amazon Pay for, and only the answer is believed: for
//     money that came as well as for money that went back. Confirming a subscription gives nobody more than that.
//   - What a charge is for is said by its permission: our reference, and in customInformation the mode. Of other shops and other
//     software with the same Amazon account nothing is recorded, and SNS is told that it was heard.
//   - All who tell of a charge, refund or dispute give it the same Notice.ID, made of Amazon's number of it.
//   - Calls that take or give back money have an idempotency key made of our key, completing one made of the session, and creating
//     one made of our reference. Amazon has none for cancelling, so the charge is looked at first.
//   - Sandbox and live are told apart by the payment's mode in calls, by the first letter of the number in notices, and by
//     releaseEnvironment in all answers.
//
// # What was looked up
//
// In Amazon's libraries: the canonical request (the empty line between the headers and their names is part of it), the paths of keys
// that name their environment, the reason codes of errors, the words of disputes. On its pages: the states of sessions, charges and
// refunds, the fields of notices, and that completing asks for the amount of the session. In shop modules: reason codes of cancelled
// sessions (Declined, BuyerCanceled), hosts of the page, and what a page's content policy must allow for Amazon's script.
//
// # What is not sure
//
// Whether Amazon lets every account create a session with checkoutMode ProcessOrder by a call: its pages show it for the
// button only, and in 2020 the call was reported to answer UnrecognizedField (amazon-pay-api-sdk-php, issue 9). Then Start fails
// with ErrBank, and the button is the way, which is why it is the default; buyers without script must pay otherwise.
//
// Also: whether a declined card is told by a notice (both is dealt with); whether an A-to-z claim comes as a CHARGEBACK, or
// only as a refund; which form merchantResponseDeadline has in answers (three are read); that numbers begin with S or P, which
// published examples show. A buyer who takes both ways at once agrees to two sessions: both are completed, and the second is
// flagged as paid twice. A refund that is under way counts as given back, since asking again would give back twice; one that
// is declined later is noted in the ledger. Charge permissions are left open, and close by themselves.
package amazonpay
