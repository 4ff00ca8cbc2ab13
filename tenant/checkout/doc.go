// Package checkout is where the papers meet: it turns carts into orders and sees orders through,
// moving cart, payment, order, stock and letters together. None of those knows the others.
//
// # The price
//
// Whoever needs to know what a cart costs asks the Desk: the cart page (cart.Pricer), the checkout,
// the order. It reads what the basket depends on and runs one pipeline, which stands in price.go as
// one slice. The price of an order is the price the buyer was shown, or the order is refused.
//
// The last step is the fee or rebate of the payment mode (PAY-08). Modes are offered by the total without
// it, each with what it adds; an order that contains one can be paid again with its own mode only.
//
// A VAT number that could spare the buyer the tax is looked up (package vat) before the unit of work
// that prices, and comes into it as a value; the order keeps the answer as evidence. One that was
// trusted while the register was away is looked up again by a job until it answers.
// A discount that an article has in lists and on its own page is part of what its line costs, in the
// cart as in the order (bill.Lines); what is taken off the order as a whole stands under the lines
// (bill.Totals). Simulate prices a cart somebody in the office has typed, by the same pipeline.
//
// # Placing
//
// Place is one unit of work: the cart is locked, priced anew and compared with what the buyer saw; the
// discounts it uses up are locked and counted again, and what others used up meanwhile is told him
// before he is charged another sum (secure); the stock is held under its rows' locks; order, lines, attempt to pay, letters and the job that
// watches over it are written; the cart is closed. Only then is the bank called. A crash before the
// commit leaves the cart as it was; one after it leaves an order the buyer finds by sending the same
// page again, by his letter, or in his account. The same page sent twice places one order: the
// second finds the cart gone and the order by its place key.
//
// # Quotes
//
// A quote (package quote) is asked for, priced, edited, sent and refused here, and ordered like a cart: it
// makes one at the prices that were agreed (cart.Deal), which the same pipeline prices and the same Place
// places, with the quote's row locked in place of the cart's. Agreed prices are blocked for discounts; a way to
// send with an agreed price is the only one there is, at that price (deal.go); the profile's smallest order does
// not count, where it may be sent and how it may be paid does, and so do taxes and the fee of a payment mode.
// An article is put on one by staff with whatever is to be chosen of it (QuoteChoice): the line is priced as the
// customer's cart would be. CopyQuote begins another one at the prices of the first, RenewQuote at those of today.
// The quote is accepted by the statement that closes a cart otherwise. What it proposes is the price of the
// cart it was asked with, each line's part of it (propose).
//
// # What is heard of money
//
// Notices, returns, inquiries and the merchant's own records all end in hear, which runs after
// payment.Record in the same unit of work. Locks are taken in the order cart, payment, order,
// discounts, stock; an order being placed, which nobody else knows yet, locks its discounts first.
// The first time an order is wholly paid its stock leaves and Reactions.Paid run, however often the
// bank says so. Money that comes for an order that was called off moves nothing: shop and buyer are told, and it is
// owed (order.Credit) until it has gone back.
//
// # Three currencies
//
// Everything is reckoned in the shop's own currency. A payment mode settles in the currency the buyer sees
// where it can (charge.go), at rates the cart keeps for half an hour from the checkout on; Sheet.Shown says
// both sums, so that an order whose charge has changed is refused and asked about again (CUR-03, CUR-04). A
// payment knows what its amount is worth to its order, in parts as well.
//
// # A bank that does not answer (PGW-45)
//
// An attempt whose bank cannot be reached is closed and begun anew with the mode that stands in, in one unit of work, and
// the buyer stands before the other bank at once (lead). It takes over under the rules by which an order is paid again, and
// only for the sum he has agreed to; else the attempt stays open, and he chooses. A bank that has failed some times is not
// asked for a while.
//
// # When stock leaves (STK-12)
//
// Each payment mode says so: with the order, with the money, when staff says that the order awaits its
// shipment, or with the parcel; and at the latest with the parcel, or when an order that nobody carries
// is handed over. Until then the order is pending and its pieces are held as long as the mode is
// patient, and for good once it is paid or ready to be sent: two buyers can never both pay for the last
// one. A cancellation, and a refund of what was not sent, frees what is held and brings back what has
// left, once, but for what the buyer has. The mode is asked when an order reaches a point of its way: a
// merchant who changes it changes it for orders on their way too, and nothing leaves twice.
//
// What was pre-ordered and has not arrived stays held whatever the moment and leaves with its parcel.
//
// # Paid in two parts (STK-04)
//
// A pre-ordered article may be due in part or not at all with the order (package deposit); the price is the same.
// What is due now is what modes charge, banks are asked and instructions say; the order keeps it (order.Advance),
// and what is due later is the rest of its total, whatever has come. Where nothing is due now no mode is chosen, so
// none adds a fee. Once what was due now has come the pieces are the buyer's: nothing gives them or the order up
// but a person. The moment "paid" is that of the whole. What the carrier collects is no deposit, but may be the rest.
//
// When the pieces are there, staff sees who can be served, first come, first served (Waiting), and asks for the rest
// once (AskRest); before they are there it has to say that it means it (ErrEarly). Who has not paid after as many days as the shop waits is reminded, once (RemindRest), unless a bank
// holds his money or the carrier is to collect it. Decision: until it is paid pre-ordered articles do not leave, as the page promised, unless it is
// to be paid on delivery or staff takes it upon itself parcel by parcel (Remark.Unpaid); what is fully paid beside
// them may leave at any time. A price that contains a fee or rebate stays bound to its mode, for the rest as well; one
// without takes a mode that costs nothing, and any where there is none and nothing was due at first (choices). Both
// parts are charged at a rate of the order, and come to what it is worth at that rate, to the cent (part).
// Cancelling gives nothing back by itself, as for any order: each part is given back by Refund, once, and an order
// all of whose money went back is refunded.
//
// Where the shop allows it the buyer of a mixed cart says whether what is there is sent first (order.Parcels);
// delivery is priced once, as one parcel, in either case.
//
// # Looking for fraud
//
// An order is looked at after it was placed, and again when it was paid, by a job (Screen): it gathers a case, asks
// package fraud, the fleet's signals and whom else the merchant wants asked, outside any unit of work, and keeps what
// they say with the order. Where the rules want it the order is held: it is not got ready, sent or handed over until a
// person releases it (hold.go) or cancels it. Money may come meanwhile, and moves it as ever. An order that has left
// before it was looked at is not held. Buyers see nothing of it.
//
// Before an attempt to pay at a bank begins the shield is asked (guard.go), and told afterwards that it began and how
// it ended; both happen outside units of work, and where it cannot be asked nobody is stopped. What it counts by is the
// network the buyer last came from to pay, since a bank's notice comes from the bank.
//
// Money a bank says to be on its way, as that of a direct debit is for days, keeps the order: the attempt does not lapse before
// its family's time is over (payment.Capabilities.Settles), the pieces stay held, and the buyer is offered no second way to pay.
//
// # Cards for the merchant's own terminal (PAY-03)
//
// Where package terminal allows it a buyer seals his card in his browser and the desk keeps the box with the open attempt
// (KeepCard). The merchant's browser is given it (OpenCard) after the opening was written on the timeline and in the journal; he
// keys it, and records what his terminal says: MarkPaid, or RefuseCard, which tells the buyer. The card goes with whatever moves the
// attempt on, and after seven days by a job (ForgetCard); the attempt stays open then, and the buyer may send another.
//
// # Trying a mode
//
// A merchant tries a mode with one unit of money (TryMode, PAY-06) by the buyer's own way: an order that is marked as a test, so that
// no figure counts it, with one line that is no article; an attempt of the mode as it is, test or real; the same pages and
// notices. A payment without an order would have needed a second way through all of them, and would have tried that one instead.
// The mode remembers the newest (payment.Trial); a notice that cannot be believed is told there for an hour (Misheard), since a
// wrong key is what goes wrong first. It remembers too that one came that was believed, and that the browser came back: the ledger keeps
// no second line of a fact, whichever of the two is slower.
//
// # Asking for a payment without a cart
//
// A shop asks somebody on the telephone to pay for what is in no catalogue (RequestPayment, PGW-34, PGW-25): free lines, each with
// its tax class, become an order of the ordinary ledger, whose page and modes he pays with himself. Decision: no quote. The lines of a quote are
// articles, priced as a cart of its customer's would be and delivered; he accepts it in a checkout. Here all was said already, and only
// the money is missing. Such an order has no mode before its buyer chooses one, so that none is in its price: it is paid with modes
// that cost nothing, or with any where there is none. No failed attempt calls it off, and neither does the last day that was
// said: the merchant does. Its money may be noted by hand (handed) where the shop has a mode without a bank.
//
// Money the shop took itself is a payment of its own when the buyer's newest attempt is a bank's (payment.KindByHand): he may still be
// at his bank's page, and what comes from there too has to be seen as the second. Whether an order is a test follows the first
// money that came for it, since it may be paid with another mode than it was placed with (order.MarkTest). What is not paid leaves only
// when staff says so (ErrUnpaid) or the carrier brings the money; what is disputed waits for a person, and what was charged back is
// called off as after a refund.
//
// Money a bank holds is collected or let go, never written down as come (ErrPromised): nobody would collect it then.
//
// # Saved cards (PGW-32)
//
// A customer who has signed in may tick that his bank keeps the card he pays with (payment.Consent), where the mode offers it;
// what the bank then calls it comes with a notice and is kept in the unit of work that records it (payment.Modes.KeepSaved). With
// one that is kept he pays by the click that orders: charge asks the bank at once, outside any unit of work, and what it answers
// is recorded like a notice. Only his click charges: the same page sent twice, or opened again, looks at what came of it, and
// while that is not known no other attempt begins (ErrCharging). No mode stands in for a bank that may have charged. Cards are
// his alone who has signed in as the customer of the order; the link of an order opens none.
//
// # What is asked for again and again (PGW-31)
//
// A request may be repeated every month, quarter or year, on the day its first order was paid (order.Repeat). What is repeated, and how that
// stands, is a document of the first order; each of the others is an ordinary order that points to it, taxed on its day. The buyer
// reads rhythm, number and how to stop before he pays. Paying, he may let his card be charged without him (a mandate): a box of its own
// that nobody has ticked, beside the modes whose gateway and contract can (payment.Repeater), with the amount in its words; text, time and
// amount are kept, also when the card is erased, and sent to him. Without a mandate he is sent a link each time. Whoever pays a later order by
// its link may give one, or another in place of the one before.
//
// The mandate hangs on the repetition and not on a customer, so a guest can give it, by the link that he pays with; it charges what was read and
// never more (beginCollect): when taxes rise he gets the link. The first payment is made with him there, and his bank asks for 3-D Secure as it
// sees fit; the others are the merchant's, outside strong authentication as transactions the payee initiates are (Regulation (EU) 2018/389,
// art. 14, asks for it when the series is set up). A bank that wants to see him all the same gets him by the link.
//
// One job looks after a repetition (Repeat). Some days before a payment it tells the buyer, and where that was late the payment waits for
// the days it owes him: seven for a year, by Mastercard's rules for plans billed every six months or less often (seven to thirty days), three for
// the rest, which is custom and no rule we know. Then it writes the order, by a place key for its number, and has it charged by another job
// (Collect). Each try is an attempt of its own, counted by the attempts there are, so that no try is made twice however often a job runs;
// one that was begun when a worker was lost is asked of the bank again, which charges once.
//
// A refused card is tried again one, three and seven days after the first time (repeatFailed), far below what schemes allow (Visa: 15 in
// 30 days, and none after a code of its first category). One that must not be charged again is not, and is erased; one whose bank wants its
// holder is not either. The buyer is told each time, with the link; after the last the shop is, and the repetition waits until the
// order is paid, or called off. An order that is not paid is waited for, whoever was to pay it: nobody is asked for a second month while
// he owes the first. What went by while it waited is not asked for afterwards, and does not count.
//
// Either side stops it (StopRepeat): nothing is written or charged from then on, and the card is erased at its bank. A charge that had been
// sent to the bank by then is recorded as it comes; one that was not is not sent. Cancelling the first order stops it too.
//
// One that was begun with test money goes on as long as its mode takes such, so that it can be watched; when that takes real money it
// ends.
//
// The link to an order leads on to an attempt with a mandate for half an hour only: a friend who pays later by the same link chooses for himself.
//
// # Decision: one job an order, and no sweeper over shops
//
// An unpaid order is watched by a job of its own that comes back when there is something to do: ask
// the bank, let go of the goods, give the order up. A periodic sweep would open every shop of the
// fleet every minute to find nothing. Only the nightly broom (Broom) and the daily check of the banks visit all shops.
//
// # The daily check
//
// Notices get lost. Once a day (Reconcile) banks that can be asked are asked about payments that are open, and about paid and
// promised ones of which nothing was heard for a while, ever more seldom for four months (PAY-05). A run asks a bounded
// number, one after the other and outside units of work; a bank that does not answer is left alone for the rest of the run, and
// the job tries again. What is heard goes the way of any inquiry. What it came to is kept in the shop's journal, from
// which the office tells it (Checks).
//
// # What it does not know
//
// HTTP, cookies and pages: addresses come from the port Addresses, and who may buy as which customer
// profile is the face's to find out; what a profile may do is held to here (PROF-01). Which discounts there
// are is package promotion's. Prices of the goods are package pricelist's,
// asked line by line before the pipeline runs. Editing the lines of an
// order needs invoices first.
package checkout
