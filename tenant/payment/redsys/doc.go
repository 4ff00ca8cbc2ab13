// Package redsys is the family of Redsys, the platform behind the TPV Virtual of the Spanish banks: CyberPac of CaixaBank,
// and the same under the names of the others (GWN-12, for contracts in Spain).
//
// The buyer is sent to the bank's page by a signed form (realizarPago). The bank tells our server (MERCHANTURL) and, where the
// terminal is set so, the browser's return with the same three signed fields. Captures, refunds and cancellations are
// REST calls signed alike (trataPeticionREST); questions go to the older query service, in SOAP (consultaOperaciones).
//
// # Invariants
//
//   - Each signature has a key of its own, made of the merchant's key and the order's number. The number is read from the message
//     before it is believed, and only to make that key.
//   - A message is checked with the one algorithm the merchant chose, whatever it says of itself: it cannot choose the weaker one.
//   - The key the vendor publishes for tests is believed about tests only, in whatever mode it was typed.
//   - A notice is about the merchant and terminal of the account. Notices about captures, refunds and cancellations are not taken: the
//     calls were answered already, and nothing in either names the same fact.
//   - What may move money is sent once: nothing in these calls names a repetition.
//   - The bank has no name of its own for a payment; the order's number is ours, and good for one payment for ever. BankRef stays empty.
//
// # What was looked up
//
// Redsys' manuals for redirection, REST and queries (pagosonline.redsys.es, docs.globalpayments.es for CyberPac, and public programs that
// speak to them) say: that HMAC_SHA512_V2 is the current algorithm, whose parameters are refused (SIS0430) when padded; that
// amounts are whole minor units; that 0000 to 0099 is authorised, 0900 a refund or confirmation done, 0400 a cancellation done; that the
// query Monitor gives all operations of an order, is signed with HMAC_SHA256_V1 over its element Version whatever the terminal
// is set to, answers XML0024 for an order without any, and that an operation is settled when Ds_State is F.
//
// # What is unsure
//
//   - Whether notices are always signed with the algorithm of the form. If a terminal is set otherwise, the merchant chooses that one.
//   - How the answer to a query is signed. It is not checked; the connection says who speaks, and amounts are compared with what we asked.
//   - Which answers of the query say that the contract lacks it: all errors but XML0024 are asked again. The field "calls" ends that.
//   - Whether a notice follows a session that ran out (9142); an inquiry is read so.
//   - Names of Ds_MerchantParameters for the risk analysis of 3-D Secure 2 are not sent with the form: the page asks for what it needs.
package redsys
