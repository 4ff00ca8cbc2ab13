// Package i18n puts keys, numbers, money and dates into a reader's language.
//
// A [Catalog] is flat JSON, one file per language ("fr.json"):
//
//	{
//	  "cart.out_of_stock": "Only {left} left of {name}.",
//	  "cart.lines.one":    "{n} article",
//	  "cart.lines.other":  "{n} articles"
//	}
//
// A key with forms .one and .other is a plural: ask for "cart.lines" and give the
// argument n. Messages are compiled when they are loaded; a malformed one is an
// error there, never on a page. A catalogue is read-only once it serves.
//
// A missing translation falls back to the base language ("fr-CA" to "fr"), then
// to English, then to the key itself: a page is never lost for a word. Package
// i18ntest makes sure that none is missing.
//
// The four shipped languages have hand-written rules; any other BCP 47 language
// still gets correct money and numbers (CLDR, through bojanz/currency), plurals
// (CLDR, through x/text) and ISO dates.
//
// Placeholders are put in as they are: escaping is the template's business. The
// package does not choose a language for anybody except in [Match], and does not
// know time zones: hand it a time in the zone it should be shown in.
package i18n
