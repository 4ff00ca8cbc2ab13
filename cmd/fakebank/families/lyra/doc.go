// Package lyra is the bank's side of Lyra's platform (Systempay, Scellius, Sogecommerce, PayZen), written from the
// notes on the protocol (payments.md, section 3), the published vectors, and the vendor's pages: the hosted payment
// guide (data dictionary, error 03, nature of the notification, notification rules) and the reference of the REST
// services V4 (Order/Get, Transaction/Get, CancelOrRefund, Update, Validate, transaction lifecycle, error codes).
//
// A contract is a shop of 8 digits with a test key (Key) and a production key (Fields "key_live"), and REST passwords
// for both (Fields "password" and "password_live"). Field "hash" is SHA-1 for a shop that signs in the old way, "remit"
// is "night" for a bank that has not yet taken what was authorised, so that money goes back as it does before: by a
// cancellation, or by lowering the amount.
//
//   - {host}/vads-payment/: the form. Signed are the values of all fields named vads_…, in the order of the names.
//
//   - Notices are a form of the same making, posted to vads_url_check; the browser brings the same by GET or POST, as
//     vads_return_mode says. The shop has switched on the rules for the end of the payment, for cancellations and
//     for operations of the bank's own office. Nothing is sent about what REST was asked for.
//
//   - {host}/api-payment/V4/…: REST with HTTP Basic, the password telling test from production. Answers are not
//     signed.
//
//   - {host}/static/…: a stand-in for the script of the fields on a shop's page (contract fields "public" and "return"). It shows the
//     hosted page in a frame, and the buyer's window as a whole goes on from there; notices and the way back are kr-answer.
//
// A card is kept where the form says REGISTER_PAY and a mail address; its identifier comes with the notice. Whoever pays with one
// sees the hosted page all the same, and there chooses a test card again. With SILENT it is charged at once, and the answer is the
// payment; Token/Cancel deletes it.
//
// CancelOrRefund without a resolutionMode, or with AUTO, lets go of the whole of what was not yet remitted, whatever
// amount was asked: so the reference says, and a shop that overlooks it gives everything back.
//
// Not sure: what Update and Validate answer with (the reference says a Transaction, the pages on Conecs a
// ResponseCodeAnswer; here one of each), whether a buyer's session that ran out is told as ABANDONED (here: it is), and
// which code an amount too large has (here PSP_100).
package lyra
