// Package pricelist is the prices of an article beyond the one each variant carries: degressive prices,
// prices for a customer profile, prices for a time (ART-05, PROF-01), and what an article cost before,
// without which no price may be crossed out (LAW-03).
//
// # Which price holds
//
// A [Rule] is for the whole article or one variant, for everybody or one profile, for readers of every currency
// or of one, for always or a time.
// Of those that apply at an instant exactly one is asked ([Resolve]):
//
//  1. one for the buyer's profile before one for everybody;
//  2. one in the currency prices are shown in before one in the management currency;
//  3. one for the variant before one for the article;
//  4. one for a time before one for always, and of two for a time the one that began later;
//  5. the one written later.
//
// It gives the unit price (the variant's own where it names none), what is crossed out, and the tiers. Tiers
// of another rule never join in: a price for resellers and the quantity prices of everybody, put together,
// would cost more for ten than for nine. Everything is evaluated at the instant of reading; no job changes
// a price at midnight.
//
// # Price lists in another currency
//
// A price in a display currency (CUR-02) is brought into the management currency at the rate prices are shown at
// ([Ask.Offer]), before the kernel sees it: what is shown is that amount brought back, so that list, cart and
// order still add up in one currency. A rounding rule of the display currency is for converted prices; one that
// the merchant wrote himself keeps to it by being written so.
//
// When that currency becomes the shop's own, such a price stays as it was written and is for everybody ([Convert]).
//
// # Lowest price of 30 days
//
// Directive 98/6/EC, article 6a (in France: Code de la consommation, art. L112-1-1): whoever announces a
// reduction says the lowest price he asked in the 30 days before it, and counts the reduction from that price
// (CJEU, 26.9.2024, C-330/23). So what is crossed out is the lower of the merchant's own figure and [Lowest];
// where that is not above the price, nothing is announced. The price of an article that is new, or was
// brought in from another shop, has no past here: then the merchant's figure stands as his own statement.
//
// The past of a variant's own price is kept by the statement that changes it ([Past], on the row of the
// variant); a rule is never edited but ended and written anew, so that it still says what held. Both are
// forgotten after [Remembered].
//
// # What it does not know
//
// Discounts (package discount takes off what is left here) and SQL. Rules stand on the article's
// row as JSON, because every reader of an article needs them and an article has few: see package catalog.
package pricelist
