// Package sips2 is the family of Worldline SIPS 2.0: Sogenactif of Société Générale, Mercanet of BNP Paribas, and the shops of
// Paiement Web-affaires, which Société Générale took over (GWN-05, GWN-06, GWN-08).
//
// The buyer is sent to the bank's page by a sealed form (Paypage POST). The bank answers twice with the same sealed form, to our
// server (automatic response) and by the browser (manual response). Captures, refunds, cancellations and questions are JSON
// calls to the office, sealed over their values (CashManagement, Diagnostic).
//
// # Invariants
//
//   - The seal is compared over Data as it was received, before base64, and with the one algorithm the form was sealed with: a
//     message cannot choose a weaker one. InterfaceVersion is not sealed, and so means nothing here.
//   - Shops whose keys are published for tests (published) are believed about tests only, in whatever mode they were typed: anybody
//     could seal with their keys that an order was paid.
//   - A notice is about the shop of the account, by number and version of the key.
//   - What may move money is sent once: nothing in these calls names a repetition.
//   - Money not yet sent to the banks (TO_CAPTURE) cannot be refunded, only cancelled, whole or in part: Refund asks first how the
//     transaction stands. To the buyer and to the book both are money given back.
//   - The bank has no name of its own for a payment: transactionReference is ours, and good for one transaction for ever.
//     BankRef stays empty.
//
// # What was looked up
//
// The vendor's data dictionary and guides (documentation.sogenactif.com, documentation.mercanet.bnpparibas.net, docs.sips.worldline-solutions.com),
// its samples for PHP, and BNP Paribas' modules for PrestaShop and WooCommerce say, where the notes on the protocol had a mark † or were silent:
// the hosts of the office, and of its test platforms, which are not the simulator's; that diagnostics are DR_WS_2.x, whose
// getTransDataResponseCode is the answer's own code beside the payment's responseCode; that 24 is an operation which is not possible, 25 a
// transaction that is not known (or not written yet, for some minutes in a maintenance), 40 a right the contract lacks, 51 too much; that a
// validation may be of a part and leads from TO_VALIDATE to TO_CAPTURE; that a refund in part leaves the status, and a whole one makes it
// CREDITED; that BNP's module demands the seal of answers of the office. An answer with a wrong seal is not believed here
// either; one without any is, since the connection says who speaks.
//
// # What is unsure
//
//   - transactionPlatform says PROD on test platforms too (vectors v35 and v43); if it says SIMU or TEST anyway, it was a test.
//   - Sogenactif's page on the test platform is named after its office there and Mercanet's page; no text names it.
//   - Which amount a diagnostic gives for a validation in part that was then refunded in part. It is compared with what we asked, and
//     is put before a person when it differs.
//   - A transaction held by fraud rules (TO_CHALLENGE) counts as waiting when asked; its notice says 00 like any other.
//   - Some statuses are not in the pages that could be read; unknown ones are no answer, and are asked again.
//
// No Brand.Office: no public address of a payment is known.
package sips2
