// Package shipping computes what sending costs: the seven ways of the house, where
// each mode goes, parcels and insurance.
//
// A [Calculator] is one way to compute. Its formula takes W, the weight of the
// physical lines, and A, their net value after discounts, and gives a net cost,
// rounded half up once at the end:
//
//	included       0
//	increments     W ≤ U₀: F₀, else F₀ + F₁·⌈(W−U₀)/U₁⌉; 0 for no weight
//	coefficient    k·W, W rounded up to a unit, kept between two bounds
//	cost_scale     the fee of the first row with A ≤ bound
//	percent_scale  that row's percentage of A, or row by row (marginal)
//	weight_scale   the fee of the first row with W ≤ bound
//	flat           one fee, 0 from a value on
//
// Bounds are inclusive. A [Mode] is a merchant's instance of a calculator, with a
// name, zones, a heaviest parcel and insurance; [Calculators.Open] turns it into a
// [Tariff]. [Delivery] is the step of the price kernel that charges the chosen one.
//
// # Invariants
//
// A scale without a terminal row cannot be opened: beyond the last bound there is a
// fee, a fee for each further unit, or the clear answer "not available". Older
// shops left the cost undefined there, and sold. A mode that does not take a basket
// blocks the order with a reason; it never costs nothing by accident. A quote is
// never negative and does not depend on the order of the lines. A basket without
// physical lines needs no mode and costs nothing.
//
// Fees are net unless the mode says that they were entered with tax; A is net in
// both cases. The tax on shipping and insurance follows the goods that are sent,
// split by their net value, unless the mode names a tax class.
//
// Weights come in whatever unit the merchant uses for a mode ([Mode].Measure): an
// article may carry a value of its own for each mode (pricing.Line.Weights), and its
// weight in kilograms stands in where it does not. Where a formula wants a weight and
// there is neither, the mode's Fallback is charged, staff finds the article in the
// trace, and [Unweighted] counts what is missing before anybody buys it. Formulas know no unit: the [Tariff] puts it
// behind every weight in their reasons, and staff finds in the trace why a table does not take a basket.
//
// [Tariff.Describe] says in a sentence what a mode charges, [Tariff.Warnings] what is
// odd about it, [Alike] and [Namesakes] which modes buyers cannot tell apart, [Simulate] what every mode makes of a
// basket. [Delivery.Estimate] is what sending is going to cost before a mode is chosen: articles and carts tell the
// sum the checkout will propose. Several parcels are an
// estimate: as few equal ones as carry the weight; how goods are really packed is
// known to the shipment, not here.
//
// # What it does not know
//
// Customer profiles (the caller offers the tariffs a profile may
// use, or a [Recipient] that says so), carriers and their labels, and how to say things: steps are message keys.
// A calculator that asks a carrier over the network does not fit this port on
// purpose: its answer must be fetched before the transaction and given to a
// calculator as values.
//
// A new calculator is a type with the three methods; add it to [Builtin] and run
// calculatortest on it.
package shipping
