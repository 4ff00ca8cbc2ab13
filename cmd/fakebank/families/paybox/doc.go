// Package paybox is the bank's side of Paybox System (Verifone e-commerce, Up2pay e-Transactions), written from the
// notes on the protocol (payments.md, section 2), the published vectors, and where those are silent from the Paybox
// manuals (System 6, Direct 8.1) as they are cited below.
//
// A contract is a site (7 digits), a rank and an identifier (Fields "rang", "identifiant"), with a key of 128
// hexadecimal digits. The path's first step is the host that is played, and tells test from live.
//
//   - {tpeweb…}/php/, …/cgi/MYchoix_pagepaiement.cgi: the form, signed by PBX_HMAC: HMAC-SHA512 over the fields in the
//     order they came. The merchant's own texts come back under the names that PBX_RETOUR gives them.
//   - {tpeweb…}/load.html: whether the host is well.
//   - Notices (PBX_REPONDRE_A) are signed with RSA and SHA-1 over the variables as they are sent, and posted when PBX_RUF1
//     says so. The way back carries the same variables; there the signature covers all that follows the question mark
//     (manual System 6, "signature Paybox": only for the URL IPN does it leave out the merchant's own fields).
//   - {ppps…}/PPPS.php: capture 00002, cancellation 00005, refund 00014, consultation 00017, and the search by reference
//     00011. Answers are a query string in ISO-8859-1. 00055 cancels what was asked for a subscriber, which some
//     modules use for want of 00005.
//
// What the notices of this bank do not say, and so cannot get wrong: the merchant and the currency. Everybody's notices
// are signed with one key. Of another merchant's transaction one learns only by asking: a consultation finds none.
// A test is told by its authorisation, XXXXXX. Nothing is sent about what was asked by PPPS, nor when a buyer
// cancels; his browser brings 00001 then (vector v15).
//
// Not sure, since only the manuals of subscribers say it: that 00011 answers with the numbers of the transaction (here: it
// does, or 00018 when there is none), and which words STATUS has (here those of the Direct manual).
package paybox
