// Package profiles is the desk of the office for the categories a shop's customers fall into: who there
// is, what each sees and may do (asking for quotes included), when a visitor is asked which he is (PROF-01 to
// PROF-10).
//
// # One document
//
// All profiles are one document of the settings (package profile says why), so whatever is saved here is
// the whole document, made anew in one unit of work from what is stored then, with the revision that the
// form showed. When somebody else was faster, the form comes back with what was typed, with what differs
// from what is stored now, and with the new revision: saving again is a decision. A profile that somebody
// has removed meanwhile is added again by it.
//
// # What becomes of customers
//
// A profile that is switched off keeps its customers: they buy as anonymous ones until it is switched on.
// One that is removed takes leave of them in the same unit of work: they become anonymous for good, so that
// another profile that is given the same code one day opens nothing to them by accident. Carts and orders
// name a profile by its code; carts are priced anew at every visit, orders keep what was agreed. Removing or
// replacing a shared code ends the visits of guests who came in with it.
//
// # Warnings
//
// A profile that nobody can buy with is no mistake that could be refused: a way to pay may be switched off
// long after the profile was made. So such things are said on the list and above the form (warnings.go),
// as far as they are the profile's own doing.
//
// # What it does not know
//
// Who has a profile (desk customers), what it costs him (price lists, discounts), how modes of payment and
// delivery are set up (desk settings). The code of a shared entrance goes in and never comes out.
//
// Words are in locales/ under "profiles.".
package profiles

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
