// Package offline is being paid without a bank's page: by cheque, by bank transfer, in cash on
// delivery, through a trusted third party, by a card after a call. The buyer gets instructions; the merchant records the money when he has it
// (payment.Settle). Nobody sends notices, and asking a bank for what a transfer was is not possible.
//
// When the goods leave the stock, unless the merchant chooses otherwise for a mode: with the money
// for cheque and transfer, which many buyers never send; with the order for cash on delivery, whose
// parcel leaves before any money comes.
//
// A trusted third party (PAY-01, mode 5) says three things one after the other: that he has the money, and then that he pays it
// out or back. These are a promise, a capture and a release of the port; whoever reads them in the third party's
// office records them.
//
// A card for the merchant's own terminal (PAY-03) is offline too: no bank tells us anything. Its buyer seals the card on a
// page of the shop, and the merchant keys it and records what his terminal says. See package terminal.
//
// None of them has a fee: the fee of collecting cash is part of the delivery (see package payment).
//
// It does not know how instructions look, nor what language the buyer reads: lines are message keys
// of payment.Words.
package offline
