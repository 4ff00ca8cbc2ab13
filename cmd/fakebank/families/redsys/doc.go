// Package redsys is the bank's side of Redsys (CyberPac of CaixaBank and the other Spanish banks), written from the notes on the protocol
// (payments.md, section 6), the published vectors, and where those are silent from the vendor's pages for developers
// (pagosonline.redsys.es, docs.globalpayments.es) and its manual of the query service.
//
// A contract is a merchant of 9 digits with a key of 24 bytes in base64 and a terminal (Fields "terminal", 1 if absent). The path's
// first step is the host that is played; sis-t is the test platform.
//
//   - {host}/sis/realizarPago: the form. Ds_MerchantParameters is JSON in base64, Ds_Signature is over that text with a key made of the
//     merchant's and the order's number: HMAC_SHA512_V2, or HMAC_SHA256_V1. Parameters of the first must not be padded.
//   - The notification is a form with the same three fields, signed as the payment's form was. Its values are written as in an address.
//     Status 200 was heard, and nothing is repeated. The browser brings the same in the address it comes back to; terminals whose Fields
//     say "parameters": "no" send it back with nothing.
//   - {host}/sis/rest/trataPeticionREST: JSON with these fields, for confirmations (2), refunds (3) and cancellations (9). An answer is signed,
//     or is {"errorCode": "SIS…"}.
//   - {host}/apl02/services/SerClsWSConsulta: the query Monitor in SOAP, always HMAC_SHA256_V1 over its element Version.
//
// Nothing is sent about what the shop asked for by a call, nor about what is done in the bank's office, nor about a session that ran out.
//
// Not sure: the codes of errors of the query but XML0024; whether the answer's Signature is over its element Version, as here;
// what a query says of a buyer who looks at the page (here one operation in state S); the codes of calls that are not possible.
package redsys
