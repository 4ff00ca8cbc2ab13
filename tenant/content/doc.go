// Package content keeps the information pages of a shop: terms of sale, privacy, legal notice, about
// us, and whatever else a merchant writes.
//
// Invariants. A body is sanitised when it is stored, so nobody downstream has to remember it. A slug
// leads to one page in a language. A page has a title in the shop's main language; other languages
// fall back to it. A page is changed on the revision that was shown (ErrStale). Every change raises
// the shop's page version.
//
// It does not know where a page is shown, nor that the buyer must accept one: which page that is
// stands in the settings (Orders.TermsPageID), and a page named there cannot be removed.
//
// For the next slice: pages in sections with pictures (CMS) are other rows of the same table or a
// body in another form; old slugs should answer with a redirect as articles do.
package content
