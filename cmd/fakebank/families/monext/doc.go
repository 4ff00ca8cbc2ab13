// Package monext is the bank's side of Payline, which Monext now sells as Monext Online and Monext Retail, written from the
// notes on the protocol (payments.md, section 7), the vendor's service description WebPaymentAPI.wsdl, and the shapes the
// vendor's own modules for Magento, Sylius and commercetools read and write.
//
// A contract is a merchant number with an access key for SOAP (Key, and Fields "key_live") and an API key for REST (Fields
// "api_key" and "api_key_live"), a point of sale (Fields "pos") and the numbers of its payment methods (Fields "contracts").
// The host tells test from production.
//
//   - {host}/v1/checkout/…: REST. Sessions are opened and asked after, transactions asked after, captured, let go of and
//     given back.
//   - {host}/V4/services/{WebPaymentAPI,DirectPaymentAPI,ExtendedAPI}: SOAP 1.1, with HTTP Basic.
//   - {host}/v2/?token=…: the page of a session.
//   - The notice is a GET of notificationURL with notificationType=WEBTRS and the token. It says nothing and is signed by
//     nobody: what happened is told to whoever asks with the merchant's key. So a quirk bends what is told then. A notice of
//     somebody else, or one that is forged, brings a token the merchant has no session of.
//
// Nothing is sent about what a call or the bank's office did: the session is over by then.
//
// Not sure: the shape of a session's id and of a transaction's number; that a session nobody paid is answered with the
// order it was opened for; what exactly is answered to an unknown token (here 404 by REST and 02304 by SOAP). The real bank
// opens another session for the same order each time it is asked; this one gives the first again.
package monext
