// Package money is exact decimal money with its currency.
//
// An [Amount] is immutable and never a float. Adding or comparing amounts of two
// currencies is a bug and panics with [*MismatchError]: inside one basket there
// is one currency by construction, and arithmetic stays readable. At the edges,
// where currencies come from outside, use [Sum], which returns an error. The zero
// Amount is zero of no currency, which is a currency of its own: adding it to
// euros panics too, so that a forgotten initialisation shows in the first test.
//
// Nothing rounds by itself, except Div, which keeps [DivisionPlaces]. Rounding is
// named where it happens: unit prices may keep [MaxPlaces], line totals are
// rounded to the digits of the currency (ISO 4217: JPY 0, EUR 2, KWD 3), totals
// are sums of rounded lines. Halves go away from zero, so that a refund mirrors
// its sale to the cent.
//
// The text form is canonical: at least the digits of the currency, no trailing
// zeros beyond them ("12.40", "0.0125"), so that 12.4 and 12.4000 are one text.
//
// The package does not know SQL (a store keeps numeric(19,4) beside char(3)), nor
// how people write money: that is platform/kit/i18n.
package money
