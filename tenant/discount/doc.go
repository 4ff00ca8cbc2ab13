// Package discount is the merchant's discounts and coupons: the six methods of the
// house as one kind of [Rule], and the steps of the price kernel they become.
//
// # From rules to steps
//
// A [Rule] is a value. [Rule.Check] refuses nonsense, [Rule.Sentence] says what it
// does, [Warnings] tells what is odd. [Compile] makes all rules of a shop ready,
// once for every version of the shop; [Rules.With] adds what is known of a buyer
// ([Facts]) and gives three [Steps]:
//
//	pricing.Shelf     unit price × quantity, degressive prices
//	tax.Rules         who is taxed where
//	Steps.Goods       articles, sub-families, families      lane goods
//	Steps.Order       order total and quantity              lane order
//	                  coupons on goods                      lane coupon
//	shipping.Delivery the chosen mode
//	Steps.Delivery    free shipping, with a code or without lane shipping
//	pricing.Tenders   fee or rebate of the payment mode
//
// A listing runs Goods alone, with the facts of nobody.
//
// # Who wins
//
// A rule belongs to a group: the one it names, or that of its lane. Two rules of one
// group are not given together: in the goods lane on one line, otherwise in one
// order. All coupons without a group are one group: one coupon per order. Within a
// group wins
//
//  1. the higher priority;
//  2. in the goods lane, the more specific: the article, then the deeper family,
//     even where it takes off less (DSC-05, DSC-06);
//  3. the better for the buyer (DSC-04);
//  4. the smaller ID, so that there is always one answer.
//
// A rule that combines [WithAll] stacks: it is in no group. It is given once all the
// same, however many of its codes were typed. [NoCoupons] keeps coupons off the lines
// it discounts. [Alone] stands against everything else together, and is given when it
// saves more; free shipping that stands alone is given when nothing else was. Between
// lanes the earlier one wins, since what it gave stands on the sheet: a coupon of the
// group of a family discount is refused.
//
// # Thresholds
//
// Minimum and tiers are about the goods of the rule, not the whole basket, and are
// measured when a lane begins, after the lanes before it. Rules of one lane do not
// move each other's thresholds. Blocked lines never receive anything, and count only
// where the rule says so (DSC-07). A scale on value is without tax; a minimum is on
// the side it was entered. An amount is taken off once and shared by the lines.
//
// # Invariants
//
// The order of the rules, of the lines and of the codes means nothing. Every code in
// a basket is answered once: by a discount, by a refusal that blocks nothing, or, for
// free shipping before a mode is chosen, by the remark that it waits. No line goes
// below zero. With tiers of rising rates a cent more on a price never costs the
// buyer two. A stored rule is read completely or not at all: a field this program
// does not know is an error. Property tests hold all of this.
//
// Choices between rules rest on unrounded estimates; the sheet alone takes cents.
//
// # Decisions
//
// The steps of one calculation must know of each other what was given. Merging them
// into one step would hide the order of work and could not reach around delivery;
// state inside the steps would break their promise to serve several goroutines. So
// they leave it on the sheet of the calculation (pricing.Sheet.Leave).
//
// Zones are those of package shipping, so that a merchant finds one way to write a
// place and a price file one form of it. Nothing else of shipping is used; a zone
// would stand as well beside pricing.Destination.
//
// # What it does not know
//
// No database, no HTTP, no clock: rules are dated by Basket.At. It does not count
// redemptions, nor know who a customer is.
//
// A store of rules must know this. Codes are kept as [Code] writes them, unique in
// the shop; those issued in bulk are rows of their own and reach a basket through
// Facts.Issued, only the typed ones. Compile what is not over: rules of the past
// cost time. Dates are written in the shop's zone, Until as the first instant after
// the last day: sentences and refusals name days in the zone of the instant.
// Facts are a look at the past and no promise: when an order is placed, the
// transaction locks what [Redemptions] lists, in one order, counts again, and prices
// again without what is gone, telling the buyer. The first order of a guest is known
// by his e-mail only then. An order that is canceled gives back what it used.
package discount
