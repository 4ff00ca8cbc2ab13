// Package conversion puts a shop into another management currency (CUR-01): everything that is stored as a number
// in the present one, at one rate, in one unit of work, after a preview that writes nothing.
//
// # What is converted
//
// What articles cost, what they cost before (so that LAW-03 still finds the lowest price of 30 days) and cost the
// shop, the rules of their prices, extras; the tables, fees and thresholds of deliveries; limits, fees and rebates of
// payment modes; minimum orders of profiles; discounts; what suppliers ask and the orders to them that go on; quotes
// nobody has been offered yet, which are priced anew. How each is converted is said by the package that owns it
// (Convert); here is only the order of work, in plan.go and convert.go.
//
// Prices of articles go by the rounding rule that was chosen. All other amounts go to the digits of the new currency,
// and what was finer than the coins of the old one keeps four decimals. What becomes nothing, and what rounding makes
// another by more than a hundredth, is named in the preview.
//
// # What is not
//
// Orders, their payments and papers, what suppliers delivered: they keep the currency they were made in, and are
// paid, refunded and cancelled in it. A quote that a customer may accept today is a promise in its currency: while
// there is one, nothing is converted (ErrQuotes); the merchant waits for its last day, or calls it off and offers it
// anew. Quotes that are over keep what they said. Texts that name amounts are the merchant's to read.
//
// Carts hold no prices, and the rates a checkout began with are dropped by the change of their base
// (currency.Lock.Hold). A buyer who is confirming an order at that moment is asked again, because the total he
// saw is told with its currency. Files and bulk changes from before cannot be confirmed or undone any more
// (transfer.ErrCurrency): their numbers are of the old currency. Articles and modes have new revisions, so that nobody
// saves an old amount from a page he had open.
//
// # Fixed prices in the new currency
//
// A price list that the merchant wrote in the currency that becomes the shop's own is not converted: see
// pricelist.Convert. What becomes of the list of display currencies says settings.Currencies.Convert.
//
// # A shop that has sold nothing
//
// goes through the same door when its country is answered or a pack applied, at rates that are only roughly right
// (Rough): nobody has seen its fees yet.
//
// # What it does not know
//
// Where a rate comes from, words and pages. It converts once: nothing keeps prices in step with a rate afterwards.
package conversion
