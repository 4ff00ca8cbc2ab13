// Package address knows how addresses are written, checked and taxed, country by
// country.
//
// A [Format] says which fields a country has, in which order, which of them are
// required, how its postcodes look and which regions it has. Countries without a
// format of their own get a generous one that only wants a name, a line and a
// city: refusing a good address costs a sale, so rules are as strict as the post
// office of the country is, and no stricter. [Address.Clean] forgives what people
// get wrong without doubt: case, spaces, a missing hyphen ("sw1a1aa", "00950").
//
// [VATTerritory] answers whose value added tax is due on goods sent to a place,
// with the exceptions of Directive 2006/112/EC. It knows territories, not rates:
// those are settings of the shop. [CheckVATNumber] knows the syntax of VAT
// numbers and, where their rule is simple, their check digits; whether a number exists, only the tax office can say.
//
// Codes are ISO 3166-1 alpha-2, also for Greece (GR, although its VAT numbers
// start with EL) and for Northern Ireland (GB, although goods there are XI).
// Everything is data in Go tables: no files, no network.
package address
