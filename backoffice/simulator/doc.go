// Package simulator is the desk of the office that prices a typed cart and says why: articles by their
// references, for a kind of customer, to a place, with codes, a way to send, a way to pay and a day. It is what stands
// behind "try it" beside rules of every sort.
//
// The price is that of package checkout, by the pipeline the shop sells with; nothing is kept. A query
// rule=<id> tries a discount as if it were switched on, whatever its state; a desk with rules of another
// sort needs no more than a link here with the fields of the form in its query: lines.0.sku, lines.0.qty,
// profile, country, postcode, region, vat_number, codes, shipping, insured, payment, email, at.
//
// The form is a GET form, so that a trial has an address that can be kept and sent. A discount that is stored
// nowhere (TryRule) travels with the form instead, which is then posted: it may be longer than an address.
//
// Words are in locales/ under "simulator.".
package simulator

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
