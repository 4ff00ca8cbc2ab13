// Package fianet asks an outside scorer that speaks the dialect of FIA-NET (GWN-20, FRD-07): an order is described in an XML
// document <control>, sent with the number of the site, and judged by an <eval> from 0 (dangerous) to 100 (safe).
//
// FIA-NET's own service (Certissim, before it SAC) has been shut down; its successor Oneytrust works by contract and has
// published no protocol. The dialect is kept for who speaks it still: the host is a row (Brand), and the office says
// all this where it is switched on. It is off unless a merchant has a contract.
//
// # Invariants
//
//   - No card number is sent: the program has none.
//   - The password is sealed for its shop (Seal) and opened only to ask.
//   - Who does not answer, answers with -1 (not judged) or with what is no document is an error, which costs the buyer
//     nothing (package fraud).
//
// # Decisions
//
// The points are what is missing from 100: who trusts a scorer by contract trusts it wholly.
//
// What is not known is left out. The elements and their order are those of the vendor's public PHP classes (lib/sac);
// the kind of an article, of which the vendor had a list of his own, is always 1. There is no vector of the vendor's
// to hold this to: the golden document is ours.
package fianet
