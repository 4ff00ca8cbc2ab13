// Package payment gets a shop paid: by banks, through one port that every protocol family
// implements, and without banks, by instructions.
//
//   - Gateway is the port; the folders below are families, in which banks are data: a Brand is a row, and each
//     brand is a Gateway of its own, whose key is stored. Gateways is the set a program is built with, and
//     package banks lists the families.
//   - Modes are the ways to pay a merchant has set up: any number of a kind, each with its own
//     names, conditions and sealed credentials.
//   - The book is two tables: payments, one row for each attempt to pay an order, and
//     payment_events, the append-only ledger of all that was said about them.
//
// # How an order is paid
//
// The caller is package checkout; the steps in capitals are its units of work.
//
//	WRITE   place the order; a := modes.FindAccount; p := Begin(tx, gateway, a, bill)
//	call    action := gateway.Start(ctx, a, Request{Payment: p, …}); show it to the buyer
//	WRITE   Started(tx, p.ID, bankRef), only when the action brought a bank's reference
//
//	notice  a := modes.RecallAccount (the mode is in the address the bank calls, never in the body), from memory
//	call    n, err := gateway.ReadNotice(ctx, a, raw)
//	WRITE   out := Record(tx, a, SourceNotice, n); then the order, by out.Captured and out.Flag
//	answer  gateway.Acknowledge(n, err), err being the first error of the above
//
//	return  the same with Returner.ReadReturn and SourceReturn where the family has it; else show
//	        FindByRef, and while it is open ask again: Inquirer.Inquire, Record with SourceInquiry
//	sweep   READ ListOpen(tx, gateways.Asked(), now - AskAfter, n); for each: Inquire, then WRITE
//	        Record with SourceInquiry; on ErrNotKnown after Patience: Record(SourceSweep, Lapse(p))
//	daily   READ ListStale(tx, gateways.Asked(), gateways.Told(), n); for each: Inquire, WRITE Record with SourceInquiry, and
//	        WRITE Looked
//	refund  WRITE asking := Ask(tx, who, payment, Refunded, amount); Refunder.Refund(…, amount, asking.Key);
//	        WRITE Record with SourceCall, or Deny. When asking.Again, Inquire first; a gateway that cannot be asked
//	        and is Keyless is not called (ErrUnanswered). The same for Capturer and Canceller
//	cheque  WRITE Settle(tx, who, payment, Settlement{Captured, amount, note})
//
// # Invariants
//
//   - An attempt exists in the database before a bank hears of it.
//   - Record is the only transition. It holds the locks of all attempts of the order, so that two
//     of them cannot both be the first to pay it.
//   - A message moves a payment at most once. Its id and its meaning are kept: the same again is a
//     repetition, the same id with another meaning is a contradiction, recorded and flagged.
//   - Only the amount and currency that were asked, by Begin or for a part by Ask, make a payment
//     captured by themselves. Anything
//     else waits in review for a person.
//   - An order is paid by one attempt, unless its bill says that this is the rest of what another brought
//     (Bill.Rest); the caller, who knows the total, tells a second part from the same paid twice.
//   - What was captured is undone by refunds and lost disputes only; a late "failed" is recorded and changes nothing.
//   - A dispute moves no money before it is lost. Its deadline is kept with the payment (Dispute), and ListDisputed is the
//     merchant's list of what waits for evidence.
//   - An account speaks for the payments begun with it and for no others, and test messages for
//     test payments only.
//   - A sealed card (Card) stands with an open attempt only: updatePayment takes it away with the first step out of that state.
//   - A card is kept with the written consent of a customer who had signed in, and once for a payment: told again it does not come
//     back when it was removed. What its bank calls it is sealed, and the bank is told when it is removed.
//   - A mandate is given once for a payment, with the words its buyer read. Its card is kept for it alone: withdrawn, it is erased at
//     the bank.
//   - No secret and no card number is stored in clear, logged or handed to a screen.
//
// # Decisions
//
// A notice is answered in one unit of work of few round trips, since banks send many at once: the modes come from memory, where
// they are kept by the page version with their secrets sealed (so a key that was changed may be believed for as long as
// another process may serve an old page, see tenant.Versions), attempts are locked and read in one round trip, and the
// ledger's line is written with what it moves, which depends on the line being new.
//
// The digest by which a repetition is known covers the meaning of a notice, not its bytes: banks
// sign repetitions anew, and the browser's return brings the same fact in another form.
//
// A notice id is unique within an account ("kind/mode") and not within a family: two contracts at
// one bank both count from 1.
//
// A mode may cost the buyer something or save him something (Cost); the price kernel charges it, and
// charges no fee where SurchargeBan forbids it. A family says what the law takes it for
// (Capabilities.Instrument), and FeeGate says before that which sales a fee can hold for: one that could
// hold for none is refused when the mode is saved. Cash handed to the carrier and a
// cheque are no payment instruments in the sense of these laws and may cost what they cost the shop.
//
// What a mode costs is part of the order's price, and an order is never priced again. So an order that
// contains a fee or a rebate can be paid again with its own mode only, and any other with modes that
// cost nothing: no buyer pays the carrier's fee for a card.
//
// A mode may name another that takes over when its bank does not answer (Scope.StandIn, PGW-45). The price is agreed by
// then, so both must cost the buyer the same, be the same to the law, and settle in the same currencies; a mode in test
// never stands in for a real one. It is asked when the mode is saved and again when it is needed, since either may have
// been changed. The attempt that could not be opened is recorded as failed, and nothing more: whether the bank has heard
// of it is not known, so money that comes for it is taken, and flagged where the order was paid already.
//
// The breaker (Outage) is kept with the mode in the database, and not in Redis: it is written by failures only, which are
// rare, read with the mode that is read anyway, the same for all processes, and what staff reads on its home page.
//
// Where a mode is offered is said in the zones of shipping (PAY-09), of the address of the bill: a merchant finds one
// way to write a place. While an address is being typed, what its country asks for and is missing does not speak
// against a mode; an order is only placed with a whole address, and then the same question is asked again.
//
// # What it does not know
//
// What an order is, beyond its id and what it wants paid; carts, stock and mails. When pieces leave
// the stock is only told (Moment), not done. It speaks no HTTP; families do, as clients.
//
// # For whoever adds a family
//
// Everything is in new folders, but for a line in each of two lists.
//
//  1. The bank's side first, from the bank's text: cmd/fakebank/families/NAME implements bank.Dialect, and gets a
//     line in cmd/fakebank/families. Its doc.go says which texts it was written from and what is not sure. It may
//     have Samples: the contracts the real bank publishes for tests.
//  2. tenant/payment/NAME is the family: doc.go; brands.go, rows of payment.Brand with their hosts, and
//     All(calls) which gives a Gateway for each; gateway.go (Key is the brand's, Config, CheckConfig,
//     Capabilities, Brand, Start); sign.go; notice.go (ReadNotice, ReadReturn, Acknowledge); call.go (Inquire,
//     Capture, Refund, Cancel). It imports nothing of the bank's side.
//  3. Addresses, for calls and for browsers, come from bankcall.Client.At, calls go through bankcall.Client.Do (or
//     a vendor's library with Client.HTTP), so that the pretend bank can stand in. Call.Repeat is for what may be
//     asked twice without harm, and only for that.
//  4. NAME/locales/{fr,en,es,de}.json and a words.go that loads them: "payment.kind.<brand>" (the name a merchant
//     chooses by), the labels and helps of Config ("payment.<name>.…"), Brand.AskKey of brands that are not Alive.
//  5. A line in package banks, and one in its about.go for each brand that is of one country, needs no contract, or is looked
//     for by other names. Brand.Office where a payment has an address in the bank's office.
//  6. Tests: gatewaytest.Run with two contracts and Family.Lacks, Untold and Trials where the protocol is weak;
//     gatewaytest.Vectors with the vectors of the family; a golden form or call; Fuzz on the parser of notices, once
//     with what nobody signed and once with what the bank signed and did not mean; a check that every word
//     exists (i18ntest.Complete and Used).
//  7. A contract to try with in cmd/internal/demo/contracts.go: every brand is bought through (TestBrands).
//
// What the port has for special cases:
//
//   - A bank that is told in its own office where its notices go: Capabilities.Declared; the merchant is led to the address once the
//     mode is saved, and the help of the fields says where to enter it.
//   - A bank with other keys for tests than for real money: Keyed names those the family cannot do without; a mode is not offered
//     to buyers before it has them.
//   - A bank that shows wallets on hosts it was told of implements Domains: Registrar tells it those of the shop by a job,
//     when a mode is saved and when the shop's addresses change.
//   - A family with fields of its bank for the shop's own page gives Embedded where the merchant chose it, and its
//     hosted page when Request.Plain is set. gatewaytest.Family.Frame says where the fields are.
//   - A bank that keeps cards implements Saver: it asks for a card to be kept where Request.Save is set, which is never without the
//     buyer's consent, gives the bank's name for it as Notice.Token, and charges it again (Charge). Whether a mode offers it is the
//     merchant's choice (Scope.Saves); tokens are kept sealed, for the shop, the customer, the mode, and test or live.
//   - A family that not every shop may use, or not before something was done, says so (Conditional).
//   - One that can charge such a card without its buyer is a Repeater: Request.Lasting asks for a card to be kept for that, Request.Absent
//     for the money. A card whose bank wants to see the buyer is then refused with ReasonSecure; one that must not be charged again says so
//     (Notice.Never). What the buyer agreed to is a Mandate, which its caller keeps (KeepMandate): it hangs on what is repeated, and not on a
//     customer, so that a guest can give one, and its card is among nobody's saved cards.
//   - Banks that limit references implement Referrer. 26 letters and digits are the default.
//   - What a call needs besides our reference (transaction numbers, dates) is packed into Notice.BankRef, which
//     comes back as Payment.BankRef; give the same one with every message about a payment. It is empty when no
//     notice has come: Inquire must do without.
//   - Notice.ID names the fact and not the message: the notice, the browser's return, an inquiry and the
//     answer to a call must give the same one for the same fact, and two refunds different ones.
//   - A bank whose money takes days, as that of a direct debit, sets Notice.Settling while it is on its way, and says with
//     Capabilities.Settles for how long that may be believed.
//   - A bank that signs nothing, or not for whom, sets Notice.Unproven: the money then waits for a person. Better
//     is to ask the bank in ReadNotice; an error of kind Upstream makes it repeat the notice.
//   - A bank that signs the address it calls: RawNotice.URL is the one it was told.
//   - What a bank tells of the card (its last digits, country, issuer, the authorisation) goes into Notice.Card, as it writes it.
//   - An answer that is signed and made of the message is made in ReadNotice, as Notice.Receipt.
//   - A contract that may not call gives ErrOffice: the merchant does it in his bank's office and records it here.
//   - A bank that does not know our keys gets no call twice (Capabilities.Keyless, and Lacks.Keys in the test).
//     Where an inquiry does not tell refunds either, say so (Capabilities.RefundsUntold); where it does not tell how much of a
//     promise was taken, too (CapturesUntold): what was asked for is recorded then.
//   - A family whose buyer only agrees on the page, so that the shop has to ask for the money, does so in ReadReturn,
//     ReadNotice or Inquire; the pretend bank has Request.OnCall and bank.Complete for it.
//   - A bank that sends a notice about what it answered to a call as well gives both the same Notice.ID.
package payment
