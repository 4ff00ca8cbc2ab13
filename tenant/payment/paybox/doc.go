// Package paybox is the family of Paybox System: Paybox, today Verifone e-commerce, and e-Transactions, today Up2pay
// e-Transactions (GWN-02, GWN-03).
//
// The buyer is sent to the bank's page by a form sealed with the contract's key (HMAC-SHA512); the bank calls back
// with what the form asked for (PBX_RETOUR), signed with a key of its own (RSA, SHA-1), and the browser brings the
// same. Captures, refunds, cancellations and questions go to PPPS, sealed like the form.
//
// # Invariants
//
//   - What is read of a notice is read from the very bytes that were signed.
//   - One key signs for all merchants of the bank, in test and live mode alike, and a notice names no merchant: anybody
//     with a contract, or with the published test contract, could have the bank sign that our reference was paid. So a
//     notice of money is believed only when PPPS knows the transaction under our own contract. Where the contract has no
//     PPPS the merchant decides whether the signature will do, as it does for the vendor's modules, or whether he
//     looks at each payment himself (Notice.Unproven).
//   - A test is told by its authorisation, XXXXXX; and by the names of the variables, which the form chose, where there
//     is none.
//   - The pretend bank's key is believed only in a program that calls the pretend bank.
//   - What may move money is never sent twice: the bank asks for a new number with each question, and nothing says that
//     it would recognise an old one.
//
// # What was looked up
//
// Of the marks † and ⚠ in the notes on the protocol: the operations are 00002 capture, 00005 cancellation, 00014 refund, 00017
// consultation and 00011 search by reference; 00055 cancels what was asked for a subscriber (list of operations in a
// public Ruby module; 00005 also in ActiveMerchant's PayboxDirect). 00001, 00097 and 00098 mean that the bank is not
// available (ActiveMerchant); SITE, RANG and NUMQUESTION come back and should be compared (the vendor's
// pages on Paybox Direct). Test hosts of PPPS for Up2pay are recette-ppps and preprod-ppps (public
// modules). Still unsure: what 00011 answers besides its code; if it gives no numbers, a payment of which no notice came
// is not found, and lapses as such.
package paybox
