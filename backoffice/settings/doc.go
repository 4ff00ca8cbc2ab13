// Package shopsettings is the desk of the office where a merchant sets up his shop: who sells, in
// which languages and currencies, VAT, stock, numbers, letters, delivery, payment, whether the doors
// are open, under which addresses, the information pages and the team.
//
// The folder is backoffice/settings; the package has another name because every file here also
// speaks of tenant/settings, which owns the documents, and neither should need an alias in use.
//
// Documents of the settings are all edited the same way: a document says how it becomes fields and
// back (values, read, fields), and edit and save in document.go are the only handlers. A form carries
// the revision it shows. When somebody else was faster, the page comes back with what was typed, with
// what is stored where it differs, and with the new revision, so that saving again is a decision.
//
// The page of VAT also says where the shop stands with its sales at a distance; the merchant's own
// classes and rates are a second page of the same document. The page of a country (pack.go) shows what
// tenant/pack would change and applies what is ticked, if the shop is still as it was shown. The
// simulator asks the price kernel itself.
//
// Modes of delivery and payment are drawn from the schema of their calculator or gateway; nothing
// here knows a formula or a bank. A mode whose kind this program no longer has is shown as such and
// can be switched off or removed. A mode of delivery that no customer profile reaches, and modes that buyers
// cannot tell apart, are warned of on the list and above the form (shipping_review.go).
//
// Whoever adds a payment mode is asked for the name on his contract, today's or a former one, or whether he has none; who does
// not find it asks the operators (payment_choose.go, payment_wanted.go). A mode may name the one that takes over when its bank
// does not answer (payment_standin.go).
//
// The currency of management is changed by a conversion of everything that is kept in it and by nothing else
// (convert.go, package tenant/conversion), also where nothing is sold yet: fees and minimums are amounts too. The page
// is a form in the address, so that looking writes nothing, and the deed carries the revision that was looked at.
//
// Currencies are saved at once unless something looks like a slip or takes something away (currencies_ask.go): a rate
// far from the one known, a currency that payments settle in or carts are shown in. Then a box is to be ticked, which
// answers for what was asked and for nothing else.
//
// The page of the merchant's own terminal (terminal.go) has the duty he accepts by typing his name, whose text is pinned to its
// version by a test, and makes his keys in his browser (terminal.js); package terminal says what is taken of them (PAY-03).
//
// Names, domains and the mode of the shop belong to the fleet (registry, domains); those pages read
// the registry's row afresh and save on its revision.
//
// Words are in locales/ under "setup.". It opens no unit of work of its own but to read.
package shopsettings

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
