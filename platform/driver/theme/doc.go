// Package theme renders shop pages from theme files: Shopify's folder layout and
// the Liquid language, with output escaped by default.
//
// # What it is
//
// An Engine holds the stock themes and draws one page per call of Render. A file is
// looked for in the shop's own files, then in the chosen theme, then in its parents,
// then in base, which is complete:
//
//	layout/<name>.liquid           the frame; prints {{ content_for_layout }}
//	templates/<name>.liquid|.json  one per page; JSON lists sections and their settings
//	sections/<name>.liquid         blocks with settings (<name>.schema.json beside them)
//	snippets/<name>.liquid         parts, called by {% render 'name', key: value %}
//	assets/                        files served under an address with their hash
//	locales/<language>.json        the words of the t filter
//	config/settings_schema.json    settings, settings_data.json their values
//	theme.json                     name, version, parent
//
// # Invariants
//
//   - A string is escaped when printed; only HTML and what a filter declares safe is
//     not. escape may be applied as often as one likes: it escapes once.
//   - Nothing outside the theme can be read: names are letters, digits, - and _; file
//     names of render and section are literals; there is no include.
//   - Nothing is written to the caller before the whole page is ready. A shop's own
//     file that fails is replaced by the stock page and reported (Options.Replaced).
//   - Every render has budgets (Options.Limits), and the pages of a shop with templates of
//     its own have one together (Options.Share), so that no stranger's template takes the
//     machine from other shops. The refusal is an *Error with the file, line, column and
//     which budget; the shopper sees the stock page.
//   - A file is parsed once. The stock themes are parsed when the engine is made and a
//     mistake in them is an error of New.
//
// # Decisions
//
// The language is package liquid, our own: the libraries there are have no budgets inside,
// and none can be put around them that a hostile author does not get past. This package
// adds what a shop has: files in layers, sections with settings, words, prices, pictures
// and addresses (filter.go, image.go), and the fallback.
//
// Runs of spaces with a line break in them become one line break (liquid.Options.Squeeze):
// a fifth of a page was indentation.
//
// json prints JSON as it is inside a script element only, and as text anywhere else, where
// its quotes would end an attribute.
//
// There is no include: a file that sees all variables around it cannot be compiled alone,
// nor understood alone.
//
// # What it does not know
//
// What a product is. The data is any struct with `liquid` tags; filters reach prices
// and pictures through the small interfaces Money and Picture.
package theme
