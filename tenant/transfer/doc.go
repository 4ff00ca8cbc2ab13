// Package transfer brings the article file in and out (IMP-02, IMP-03, MIG-01), and changes many articles at once
// (ART-06): what has a dry run, runs in the background and can be undone.
//
// # The file
//
// One row a variant; the rows of an article stand together, and what belongs to the article may be
// left blank on all but its first. Columns, all optional but one of code and sku, in any order:
//
//	code                     the article's key
//	state                    draft, published, archived
//	kind                     physical, digital, service
//	tax_class                standard, intermediate, reduced, super_reduced, zero, exempt
//	price_includes_tax       yes, no
//	name.fr slug.fr summary.fr body.fr seo_title.fr seo_description.fr
//	                         a column a language; without one, the shop's own (name = name.fr)
//	families                 A > B > C | D; the first is the main one; made when missing
//	taxonomy.brand           the same for any other classification; made when missing
//	families.de …            names in other languages for what is made
//	pictures                 addresses, names of files in the library, or media:<id>; | between
//	pictures.alt.fr          their descriptions, in the same order
//	pictures.option          the choice each belongs to (colour=red), in the same order
//	panel1.title.fr panel1.body.fr panel1.shared
//	                         secondary views
//	links.similar links.complementary links.upsell links.replacement
//	                         codes of other articles, those further down in the file included
//	new discover forthcoming yes, or a period: 2026-01-01..2026-02-01, ..2026-02-01
//	available_on rating unit show_stock position
//	preorder                 how many may be ordered before available_on: 0 none, 1000000 any number
//	deposit                  what is due with such an order: all when blank, "percent 25", "amount 5.00" for
//	                         each piece, or "later"
//	measure                  what the price of one is told for: kg, l, m, m2, piece
//	tiers                    quantity prices of the whole article, for everybody: 10:9.00|50:8.00
//	prices_json              every other price: [{"sku": "V-1", "profile": "trade", "price": "7.50"} …],
//	                         with currency, from, until, compare_at, tiers, marginal, together
//	option1 option1.name.fr  what variants differ in, up to option6
//	sku barcode price compare_at cost content weight_g picture active tracked backorder stock low_at
//	reorder_qty option1.value option1.value.fr option1.swatch
//	                         the variant
//
// A list is divided by " | ", a path by " > "; \ before either takes away its meaning. A text that
// a spreadsheet would take for a formula (= + - @) is written with an apostrophe before it, which
// is taken away when it is read. A column that is not there changes nothing; a blank cell of a
// column that is there empties the field, and the dry run shows it.
//
// Shopify's product export is the other format: each group of its rows is rewritten into rows of
// the one above, so that there is one way in. Vendor becomes a brand, Type a family, Tags entries
// of the taxonomy "tag"; "Title: Default Title" is an article without options; without an
// inventory tracker nothing is counted, as there.
//
// # How an import goes
//
// checking → checked → running → done, or failed, cancelled, undone. Checking compares the file
// with the shop and writes a report: what would be made, changed, left alone and refused, row by
// row and field by field. Nothing is written before somebody confirms. Running goes through the
// file in batches; each is one transaction that holds the articles, their stock and the cursor, so
// that a killed process goes on exactly where it was. Before each batch the articles as they were
// are stored for undo; undoing puts them back, and archives what was made, unless somebody has
// edited them since; families and brands that were made and are empty then go. While a batch is being
// written the next is read, compared and kept, and another connection makes what its texts will be
// searched by; what it was compared with is compared again where the batch before it could have made a
// difference (ahead.go). Batches are written one after the other all the same: the cursor and undo
// rely on their order.
//
// # Changes of many articles
//
// An Editor's run is an import whose file is a list of articles and whose rows are what one operation (package
// bulk) makes of each. Checking leaves the list of those that would change, each with the revision it was
// compared at. Running refuses an article whose revision is another by then, and says so: what was agreed to is
// what was shown, and nobody gets a price he has not seen. Everything else is an import's: batches, the
// cursor, images for undo, the report, one run at a time. Pieces are no part of a revision: those that are added
// come on top of what is there by then. Importer and Editor each take orders for their own runs only; the
// one job goes on with both.
//
// # What a shop may have
//
// A plan counts the articles outside the archive (FLT-05): the archive is where nothing is sold and
// where an article goes that is not wanted any more, since none is deleted. The dry run counts what
// the file would add: made, or fetched out of the archive, less what it archives. When that does not
// fit, the report says so with the figures, and confirming asks again, as the shop is then; nothing
// is written of a file that does not fit as a whole. A file that adds nothing is never refused, nor
// is going on with what has begun, nor undoing. How much fits is a port (Quota); seeds have none.
//
// # Invariants
//
//   - The key of a row is its SKU, then the article's code. A row never deletes a variant.
//   - Blank SKUs become <code>-<n>; on the next import a row without SKU finds its variant by its
//     options first, so that nothing is doubled.
//   - A refused row refuses its article, and nothing else.
//   - Export followed by import changes nothing. Options that add to the price, how variants are
//     ordered, and prices that are over have no columns: an import leaves them as they are, and another
//     shop does not get them.
//   - A price that a file says again goes on, under its id; one that it does not say any more ends (LAW-03).
//   - Memory does not grow with the file, but for 8 bytes a row to notice what comes twice.
//
// # What it does not know
//
// Carts, orders, HTTP, plans. Pictures are fetched by media's jobs afterwards; a picture that cannot be
// had is media's to report and retry. Other shops' exports (PrestaShop, WooCommerce) are further
// translators beside shopify.go.
package transfer
