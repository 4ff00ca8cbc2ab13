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
//   - Every render has limits (Limits): time, loop turns, output, depth, text length.
//     The refusal is an *Error with the file and the line.
//   - A file is parsed once. The stock themes are parsed when the engine is made and a
//     mistake in them is an error of New.
//
// # Decisions
//
// The language is github.com/osteele/liquid, which no other package may import. It has
// no limits of its own, so they are put around it: templates are rewritten before they
// are parsed (source.go) to call a tick in every loop turn and to capture into a
// counting writer, every standard filter is wrapped to refuse huge ranges and texts
// (standard.go), and render is our own tag with parsed files cached (tags.go).
// That stops every runaway we know of in stock themes; it is not a border against a
// hostile author. Before merchants may edit templates, the library gives way to an
// engine with its budget inside, behind this same interface.
//
// Not in the language here: include, liquid, echo, paginate, form, inline comments,
// the words blank and empty (ask for == "" or .size).
//
// # What it does not know
//
// What a product is. The data is any struct with `liquid` tags; filters reach prices
// and pictures through the small interfaces Money and Picture.
package theme
