// Package profile splits a shop's customers into categories and says what each may do: which sides of
// prices it sees, how it pays, by what it is sent to, where bills and parcels go, how much it orders at
// least, and whether it may ask for quotes (PROF-01 to PROF-10).
//
// # Three kinds
//
//	anonymous  everybody who is nothing else; there is exactly one, and it cannot be removed
//	public     chosen by the visitor himself ("I live outside the Union", "I buy for a company")
//	private    given by the merchant to a customer, or opened with a shared code where he allows one
//
// A [Book] holds the profiles of a shop with the answer to when a visitor is asked ([Choose]). It is one
// document of the shop's settings: profiles are few, every page needs them, and so they cost no query.
//
// # Invariants
//
// [Book.Find] always answers: a code that is unknown, switched off or removed since is the anonymous
// profile, so a cart, a cookie or a customer that still names it is defined behaviour and not an error.
// An empty list of modes or countries means all of them. What a profile forbids is refused by [Gate] in
// the price itself and by package checkout when an order is placed; that a page does not offer it is a
// courtesy.
//
// What a visitor declares is believed until it can be checked: a public profile for other countries is
// refused as soon as the parcel goes elsewhere (PROF-09).
//
// # What it does not know
//
// Who the visitor is: the storefront finds his code (a cookie for a public profile, his account or his
// session for a private one) and package customer keeps it. Discounts name the profiles they are for
// themselves, as price lists do. Which modes exist; a mode that was removed simply matches nothing.
package profile
