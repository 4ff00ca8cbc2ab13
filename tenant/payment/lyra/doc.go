// Package lyra is the family of Lyra's platform, which French banks sell under names of their own: Systempay, and what it
// took over from SP Plus, CyberPlus and cyberPaiement; Scellius, Sogecommerce, PayZen (GWN-04, GWN-07, GWN-14,
// GWN-15, GWN-19).
//
// The buyer is sent to the bank's page by a form signed with the shop's key (HMAC-SHA-256, or SHA-1 for contracts of old);
// the bank posts notices of the same making, and the browser brings them too. Captures, refunds, cancellations and
// questions go to REST V4, with a password of its own; without one everything but Start is for the bank's office. A notice
// of REST (kr-answer, as the embedded form has it) is read as well, where the bank's office was told our address for it.
//
// Where the merchant chose it the fields stand on a page of the shop (embed.go): REST opens the payment and gives a token, the
// bank's script puts its frames there, its notices are those of REST, and the browser posts kr-answer under a third key. A buyer
// without script is sent to the form. Token and form are two ways to one order: who pays by both pays twice, which the book flags.
//
// # Invariants
//
//   - The signature covers values in the order of their names, and not the names (see plain.go): what a buyer writes is sent
//     so that it cannot be taken for a status, a mode, a reference or two values; a name twice or of another shape, a missing
//     field that counts, and a status, amount, reference or number of another shape are refused. What the bank itself asks
//     a buyer for on its page is out of our hands; no field of that kind is known that could hold all it takes.
//   - The mode a message claims chooses the key that must have signed it, so a test key never speaks of real money. An answer
//     of REST in the other mode is no answer.
//   - AUTHORISED is paid: the bank takes it in the night without being asked. It is the same fact as CAPTURED. With the
//     validation left to us (capture later) the status is AUTHORISED_TO_VALIDATE, and that is only a promise.
//   - A transaction is asked after before anything is done to it. CancelOrRefund in mode AUTO lets go of the whole of what
//     was not yet taken, whatever amount was asked; so AUTO is never used: what was taken goes back with REFUND_ONLY, what
//     was not by CANCELLATION_ONLY or, in part, by an Update to the amount our book says is left.
//   - The same request gives the same vads_trans_id and date, which the bank accepts once. The date is that of the attempt.
//   - Validate, Update and CancelOrRefund are sent once. REST has no keys of calls; a capture, a cancellation and a lowered
//     amount are recognised when they are asked for again, a credit is not.
//
// # Saved cards
//
// A buyer who agreed registers his card while he pays (REGISTER_PAY); the bank's notice, and no browser, brings the identifier. With
// it the same page or fields open without a number to type (vads_identifier, paymentMethodToken), and the bank asks for the code and
// for 3-D Secure: Charge takes no money by itself, as what REST calls SILENT would, which is for payments without the buyer. The
// contract must have payment by token. Forget is Token/Cancel. Unsure: the codes of a token that is gone (PSP_030 to PSP_032), and
// what the hosted page tells a buyer whose identifier the bank no longer knows.
//
// By a mandate (PGW-31) the money is taken by REST, with formAction SILENT and the token, which a contract with a REST password can do
// (Repeats). The answer is a V4/Payment as notices are; transactions of our reference are looked for before, since REST has no keys of
// calls. Unsure: that a token registered on the page may be charged so with every contract, and that 81 is the only code by which a card's
// bank asks for its holder.
//
// # What was looked up
//
// In the vendor's pages on the form (docs.lyra.com, paiement.systempay.fr/doc): vads_trans_id is six letters and digits without
// regard to case, new for each shop and UTC day (error 03), and all-digit numbers from 900000 are the bank's own;
// vads_url_check_src and the rules for notices: those for cancellations and for operations of the bank's office must be
// switched on there; vads_operation_type is missing when the buyer gave up. In the reference of REST: which status
// CancelOrRefund, Update and Validate want, that Update only lowers amounts and may end the wait for validation, PSP_010,
// PSP_104, PSP_105, the prefixes of codes, and that ACCEPTED is a card looked at without a payment and
// PARTIALLY_AUTHORISED a part of one: both wait for a person (the notes on the protocol count them as paid).
//
// The static hosts were read in public integrations of each brand; that the frames need no other origin than the static, REST and page
// hosts was not seen with a real contract.
//
// Still unsure: whether a notice repeats validation_mode for operations in the office (a cancellation of money told as paid is
// known by it, else it is recorded and changes nothing); whether a notice of the nightly remittance after an Update carries
// the lowered amount (it is then flagged as a contradiction, for a person to see); all codes PSP_1xx are taken for refusals,
// other codes for answers that say nothing. REST's answers are not signed: there TLS and the password have to do. That
// cyberPaiement was taken over by Systempay is concluded from its bank, since no document of it was found.
package lyra
