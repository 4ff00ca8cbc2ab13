// Package view holds the structs that themes see, and nothing else: they are the
// only data a template can reach.
//
// # What it is
//
// One struct per template (HomePage, ProductPage, CartPage …), each embedding
// Site, which is what every page has. The engine makes every top-level field a
// variable under the name in its `liquid` tag; deeper fields are properties:
// {{ product.price.now }}.
//
// # Invariants
//
//   - Values only: no method does I/O, nothing points into the domain. A handler
//     reads what it needs, closes its transaction, fills a struct, renders.
//   - Every address a page needs is in the view (links, form actions, hidden
//     fields), already right for path-addressed and own-domain shops. A template
//     never builds an address.
//   - Plain strings are escaped by the engine. Markup is of type HTML and must have
//     been sanitised before it is put here.
//   - An absent thing is a nil pointer or an empty list; an absent text is "".
//     Templates ask {% if product.price.was %} and {% if product.sku != "" %}.
//   - What depends on the visitor (cart, customer, messages) exists only in the
//     views of personal pages. The views of cacheable pages (home, listing, search,
//     product, content) hold nothing about the visitor, so the same bytes serve
//     everybody; the script of the theme fills the cart count from a cookie.
//   - Additive: a field may be added, never renamed, retyped or removed, because
//     merchants' own templates read them.
//
// # Words
//
// Words of the shop (names, descriptions) arrive in the page's language. Words of
// the interface belong to the theme's locales: the view gives stable keys (a stock
// state, an order state, a sort order) and the theme says them with the t filter.
// Where a struct has both a key and a Label, a non-empty Label wins. Messages of
// refused forms arrive as ready sentences, since they come from the domain.
//
// # What the script of the base theme expects
//
// Nothing: every page works without it. When it runs, it sends the same forms with
// fetch and the header X-Requested-With: fetch, follows the redirect, and takes the
// parts it needs out of the whole page that comes back, by their ids (buy, cart,
// summary …). So a handler answers it as it answers a browser: 303 to the page, or 422
// with the page and its messages. It reads two cookies that must not be HttpOnly:
// cart_count (a number) and customer_name (percent-encoded), and shows them in the
// header of pages that are the same for everybody.
//
// # What it does not know
//
// The database, echo, the engine's library, prices beyond their final text.
//
//go:generate go run ./viewdoc
package view
