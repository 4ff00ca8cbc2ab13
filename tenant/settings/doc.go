// Package settings holds what a merchant has decided about the whole shop, as typed documents.
//
// Each document is one row of jsonb with its own revision, so that two people editing different
// screens do not disturb each other and two editing the same screen learn of it (ErrStale) before
// one overwrites the other. A document that was never saved has its defaults; a field that is new
// in the program has its zero value, which must therefore mean "as before".
//
// All documents are read in one query, with the logo one of them names and the discounts in force and
// remembered, and kept at the shop's page version (tenant.Memo), so a page pays for them once per change and not once per visit. Saving raises the page version.
//
// What is odd but may be meant is no reason to refuse a document; those who ask about it find it in doubts.go.
//
// Rules about the values live with those who use them (tax, currency, stock); here is only what a
// document must satisfy to be stored at all.
package settings
