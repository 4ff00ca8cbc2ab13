// Package storefront is what shoppers see: the pages of a shop over HTTP, one action a file.
// routes.go is its table of contents.
//
// # How a request passes
//
// The router has found the shop and stripped the base path. Handler.ServeHTTP takes the language off
// the path (the shop's main language has none, others are /de/…), asks the page memory, and only then
// enters the echo of this package with its sessions and its check of the origin.
//
//   - A page for everybody (home, lists, articles, information) is a reading: one unit of work that
//     gathers what the page needs, and a drawing that makes the view after it has ended. The bytes
//     are kept, compressed, under shop, page version, address, known query fields, display
//     currency, customer profile and, at the root, the language that is offered. Nothing that belongs to a visitor is
//     in them: the theme's script fills in the number of articles from a readable cookie.
//   - A personal page (cart, checkout, account, order) is drawn for one reader and stored by nobody.
//   - A notice of a bank has neither session nor origin; see payment_notice.go.
//
// # Invariants
//
//   - links builds every address of every page; nothing else joins a base path, a language and a slug.
//   - Handlers decode, call one use case, redirect or draw. Prices come from package pricing, in one
//     run over all cards of a page, so a list, an article and a cart agree.
//   - POST answers 303, or 422 with the same page and everything that was typed.
//   - The version of a page is taken before the page is read: what is kept under it may be newer,
//     never older.
//   - A page that changes by itself (a mark that ends, an article that comes out, a day's tax rate)
//     is kept no longer than until then.
//
// # As which customer
//
// A guise (guise.go) is the profile a page is drawn for. A public profile is declared in a cookie and is
// part of a page's key; so is "has yet to say who he is", whose pages hold no amount. Whoever has a private
// profile is known by a mark in the same cookie, which proves nothing: his pages are made for him from his
// session, and kept by nobody. Crawlers and whoever sends no cookie see what anonymous buyers see, and
// prices for search engines (JSON-LD) are theirs alone.
//
// # Quotes
//
// The page of a quote and its checkout belong to whoever has the link, and speak as to the customer it was made
// for (visit.sees). Its checkout is that of the cart at another address, which says which version was seen; it
// leaves the visitor's own cart alone.
//
// # Decisions with a cost
//
// A page for everybody is kept by page version, so any visible change of a shop, a single price,
// makes all its pages cold at once. Finer versions would need every room to say what it touched;
// at two milliseconds a cold page one number is enough.
//
// An edge cache may keep a page for ten seconds, but only a shop that shows one currency lets it:
// otherwise the bytes depend on a cookie, which edges do not look at. For the same reason none keeps
// the root of a shop of several languages, the one page that asks which was chosen last time.
//
// Nobody is led to another language by what his browser says: addresses, links and search engines would
// then see different shops. One who comes from elsewhere to the root, the only page that names no
// language, is pointed to the better one among those of the shop, in its own words (language_offer.go).
// That language is part of the key under which the root is kept: one more page for each language of the
// shop, of its most asked page only, and still a look into memory. No edge is affected, since none keeps
// the root of a shop of several languages. Links inside the shop, a remembered language (the main one
// included) and a missing Accept-Language end the offer; robots send none.
//
// An article carries each combination of its variants and extras in a template element, with the price
// and the stock this reader is told, up to view.MaxVariants: the script shows another one at once and computes
// no price, so that it cannot differ from the server's (ART-07). The reasons of the price are reckoned for the chosen
// one alone; the script asks for those of another when they are opened. Beyond that it asks for the page. Where
// several variants are ordered from a table the choice is sent with what was typed into it, and the page
// comes back with both. Lists, search engines and the page as it opens tell the lowest price an article
// can be had for: with the cheapest of what must be chosen, and nothing else.
//
// A page with a bank's own fields (order_embed.go) may load what that bank needs, and runs no script beside the theme's, the
// bank's and the driver in drivers/, which is the platform's: a theme cannot watch what is typed. Where no script runs, a
// link leads to the bank's page.
//
// The page that seals a card for the merchant's own terminal (order_card.go) is drawn by no theme and loads nothing of one: our
// template, our style sheet and our driver under a policy of its own. Its fields have no names, so that no browser can post them;
// what comes back is looked at for card numbers before anything else is done with it. It needs HTTPS, and script: where none runs the
// theme hides that way to pay and says why, and the page itself leads back to the other ways.
//
// A saved card (PGW-32) is a way to pay of its own in every list of ways, with the value "mode:card"; cards are shown to their
// customer alone, when he has signed in, and charged by the POST that orders or pays, never by a GET.
//
// An order that is asked for again and again (PGW-31) says so in sentences before its ways to pay, where the box for a card that is kept is then
// that of the mandate. It is stopped by a POST from its page, which its link or the account opens.
//
// Browsers apply form-action to redirects: each page with ways to pay names the banks of Options.Banks
// (allowBanks), and any other bank is reached by a page with one button.
//
// The theme's script renews the sums of the checkout and not its hidden fields. The total shown last
// is therefore also kept in a cookie, under the key of the page.
//
// Whoever chose a currency that is shown no longer is told so once (currency_gone.go): the first page with prices he
// opens is made for him with the message, kept by nobody, and takes his choice back. A shop left with one currency may
// have pages at an edge, which sees no cookies; he is told in the cart or at the checkout at the latest.
//
// A price is asked with the reader's profile, currency and rates (visit.ask); a rule that begins or ends is a
// change of the page (changesAt). What stands crossed out is never above what was asked in the 30 days before
// (LAW-03), by the merchant's prices and the discounts of that time together (shelf_past.go).
//
// What a list holds is read once for readers of all profiles and currencies (lists.go): they differ in prices
// alone, which are reckoned from the cards. What its filters would leave is counted once for all its pages.
//
// # For the next slice
//
// Lists are sorted and narrowed by the catalogue's own price, whatever a price rule says, a profile pays and a
// discount takes off. Two readings of the home page (node_pictures.go, home_soon.go) ask the catalogue's tables themselves, for want of a question in
// package catalog; and its cards do not tell how an article wants its stock told, so lists follow the
// shop's setting alone.
//
// # What it does not know
//
// Banks, price rules, who may see which shop. It opens no transaction around more than a reading and
// writes through the rooms below only.
package storefront
