// Package products is the desk of the articles: their list, the quick form for a new one, the
// editor, and the tables of options and variants.
//
// The editor is one form. Whatever a person does in it (choose a photo, move a picture, look for an
// article to link) sends the whole form, so that it works without a script and nothing typed is
// lost: a step changes the sheet (what stands in the form) and shows it again, saving applies the
// sheet to the article. The sheet carries the revision it was made from; when somebody else was
// faster the page says what both wrote, and the next save is a decision.
//
// Saving is one unit of work (store): own panels, the words of pictures, the article, and its
// counted stock, each by the room that owns it. Pictures are stored before, as they arrive; a form
// that is refused names them and asks for none again.
//
// An article with options has its prices and pieces per variant, on a page of their own that never
// shows more than a few dozen at a time. The same page has the options that add to the price, and says
// how buyers order the variants; changing those reads and writes no variant (extra.go, arrange.go).
//
// Prices beyond those of the variants (quantities, profiles, currencies, times) are a folded part of the
// same form; the sheet names variants by SKU, the end of a time by its last minute, and the quantity
// prices of one rule by lines of text ("10: 9,00"). It hands over the rules the merchant wants, unaltered ones
// under their id; ending the others is the catalogue's. Beside a crossed-out price stands the lowest one of
// the 30 days before, and which of the two buyers see (lowest.go).
//
// Numbers are read as people of the reader's language type them, with either decimal sign; a price has up
// to four decimals, and what has more is refused, never rounded. The page of a new article carries the
// id the article will have, so that a form that is sent twice makes one article.
//
// Many articles are changed at once (ART-06) in steps: which (ticked in the list, or all it finds), what, how,
// what would differ, and only then a job writes; see change.go. Publishing, withdrawing and archiving what is
// ticked are done at once beside that (bulk.go). The runs are those of package transfer, which undoes them.
//
// What was changed in one article in the last 30 days is a page of its own (versions.go), and before each change
// there is a way back (versions_way.go, SEC-03): a page says from what to what, and asks. The rules are the
// catalogue's; the plan and the person's permissions count as for saving.
//
// A picture without a description gets the article's name as one when the article is published
// (ART-01): nothing is ever shown without, and nobody is stopped.
//
// A plan counts the articles outside the archive (FLT-05): a new one, drafts of photos, and what comes
// back from the archive are asked for through Quota and refused with its figures, the form standing as
// it was typed. Saving an article the shop has is never refused for that.
//
// The desk decides nothing about goods: rules are the catalogue's, stock is counted by package
// stock; it holds no SQL. It knows no other desk. Changing many variants of one article at once
// (variants_many.go, the options that form variants) reads the article whole, which takes seconds from some
// ten thousand variants on.
package products

//go:generate go tool -modfile=../../deploy/install/tools.mod templ generate
