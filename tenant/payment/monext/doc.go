// Package monext is Payline, which Monext now sells as Monext Online and Monext Retail (GWN-13).
//
// The shop opens a session by a call and sends the buyer to its page. When the session is over the bank calls the address for
// notices with nothing but the session's token, and the shop asks the bank what became of it: that answer, had with the
// merchant's own key, is the proof. Newer contracts have the REST API of Monext Retail, older ones the SOAP services
// WebPaymentAPI, DirectPaymentAPI and ExtendedAPI of Payline; the merchant says which (field "api"). Both are a desk
// (desk.go), and everything else is written once.
//
// # Invariants
//
//   - Nothing of a notice is believed, and nothing is signed. A token the bank does not know under the merchant's key, in
//     test or in production, is refused; a bank that cannot be asked makes it repeat the notice.
//   - The world (host and key) that knows a session tells whether its money is real.
//   - Money counts only with a code the vendor's own modules take for done, and the title ACCEPTED. Fraud suspected (04003)
//     and codes that are new wait for a person. An error of the question is never taken for a word about the payment.
//   - The fact is named by the transaction and what became of it; a session nobody paid by its token. BankRef is the token
//     and, once paid, the transaction, with a space between.
//   - The bank opens another session each time it is asked. A session that is known and not over is shown again.
//   - Neither API has keys of calls. Before a capture, a cancellation or a refund the transaction is asked after: what was
//     done before is recognised, a refund by the sums of the bank and of our book, and not done again. Where the two differ
//     in another way (somebody gave money back in the bank's office) the refund is declined, for a person to look at.
//   - Answers are at most payment.MaxBody long; XML is refused when it declares anything, or is deeper or longer than any
//     answer there is.
//
// # What was looked up
//
// In the vendor's modules and kits: the hosts of REST in test and production (payline-commercetools; the notes on the
// protocol had only the first), the shapes of sessions, transactions, associated transactions and moves, that REST answers
// errors with 201 too (payline-sylius), the words ACCEPTED, REFUSED, CANCELLED, ERROR, INPROGRESS, ONHOLD_PARTNER and
// PENDING_RISK which SOAP has as shortMessage, the codes of sessions that are done, wait, were left or cancelled
// (payline-magento-2), the names, name-spaces and order of elements (payline-php-sdk, WebPaymentAPI.wsdl) and that
// getTransactionDetails belongs to ExtendedAPI.
//
// Still unsure: that the codes 01… are those of ISO 8583:1993 (by which a refusal is told as a lack of money or a wrong card;
// others are only told as refused); what REST answers to an unknown session besides 404 and code 02304; the order of several
// transactions of one session (the accepted one is looked for); whether the page of a REST session opened in test is on the
// same host as that of SOAP (it is only used to show a session again; else the bank's own address is); whether elements the
// description wants as nil may be left out, as they are here; a contract without ExtendedAPI cannot be asked what was done,
// so that its calls end as a bank that is away, and are done in its office and recorded by hand; the names of the menus of the
// bank's administration centre in the help texts. Notices of other types (TRS for what was done in the bank's office)
// are answered as not implemented, as the vendor's modules do. doReAuthorization, for an authorisation that has run out,
// is not used: the bank declines the capture, and the merchant asks the buyer anew.
//
// Of the card SOAP tells card, extendedCard and authorization (WSDL of the vendor's library); of REST only maskedNumber is known. No
// Brand.Office: no public address of a payment is known.
package monext
