// Package catalog holds what is sold: taxonomies and their nodes (families, brands, authors …),
// articles with their variants, texts, pictures, panels and links, and the lists shoppers read.
//
// An article is one aggregate: Apply compares it, one or hundreds at once, with what is stored and
// hands Postgres each table's rows that differ as columns, a statement a table. The editor and the
// import go through the same door, so what one may do the other may. Columns rather than one JSON
// document, because each statement had to parse the whole of it: changing the prices of 10,000
// articles took eight times as long.
//
// What texts are searched by is made by Postgres in a statement of its own, and then stored: it is a
// third of the work of a new article and follows from the texts alone, so that an import can have it
// made for the articles to come while those before are written (Groundwork). It is not made in Go,
// because a search must take words apart exactly as the index did.
//
// Two kinds of numbers are kept twice on purpose. products.price_min … available repeat what the
// variants say, so that a list of 24 cards reads one table; refresh is the only place that writes
// them. option_key repeats a variant's options as one text, so that the way from a choice to its
// variant is one index probe however many variants there are.
//
// Two kinds of option stand on one article (ART-08). An Option forms variants, which have a SKU, a price
// and pieces each; an Extra adds to the price of whatever variant it is chosen with, and forms none. Both
// are in products.options, told apart by a kind; nothing asks for an extra without its article. The
// column also says how buyers order the variants, one at a time or several from a table (Place, ART-09).
// price_min … price_max are those of the variants alone: lists add the cheapest of what must be chosen
// when they show a price (Card.Required, Least), and sort and filter by the price without it.
//
// Prices beyond the one a variant carries stand on the article's row as rules of package pricelist; Apply ends
// those that are no longer wanted instead of dropping them, and the statement that changes a variant's price
// keeps the one it had, so that nothing is crossed out that was not asked (LAW-03). Lists read both only
// for articles that have rules or something crossed out (Card.Offer).
//
// An article may have 50,000 variants. What a shopper's page shows of it are those around a choice
// (FindNear), and the office reads a page of them (Variants), so that neither reads them all (CAT-06).
//
// Texts exist per language; a page shows the best one there is (the reader's language, then the
// shop's default, then any). An address is unique per language and survives a rename: the old one
// is kept in redirects and answers 301.
//
// What was changed in an article is told from the shop's journal, and every change of the last 30 days can be gone
// back before (SEC-03: History, FindWay, Restore). There is no table for it: an entry has the article, or what it
// changed, before and after, and what differs is found in Postgres. Going back goes through Apply like any edit,
// and is an entry itself. It leaves pieces, ids, addresses that lead here and prices that were asked as they are,
// leaves out what has been deleted since, and says so (Left); a variant that has pieces never vanishes by it. What
// older programs did not write down stays as it is. Imports are no entries of their articles: package transfer
// undoes them. The words of an article's own panels and of its pictures are
// kept elsewhere and come with a version (Journaled); those of a shared panel are no part of one.
//
// Markup is sanitised here, when it is stored. Prices are in the management currency; whether they
// include VAT is the article's own word (PriceGross), the rest is pricing's business. A price has up to
// four decimals, and so has what an extra adds.
//
// In place of an article that cannot be had a list can be asked for what is near it (Query.Instead). That an article
// was once published is never forgotten (PublishedAt): its address keeps a page when it is withdrawn (STK-06).
//
// The package does not know carts, orders or HTTP, and it moves no stock: Variant carries the
// numbers for reading, stock changes them.
package catalog
