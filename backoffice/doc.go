// Package backoffice is the merchants' side: the entrance (who is here, in which shop, may he) and
// the table of contents that joins the desks.
//
// The office lives on its own host. Everything of one shop is under /shops/{slug}/, so that two
// tabs can show two shops; the session knows the person, never the shop. A person without a role
// in the shop is answered as if it did not exist.
//
// Each desk is a package named by a plural noun with its pages, words and routes; it knows the
// services it uses and no other desk. The permission stands on the same line as the route, and a
// test fails for a route without one.
//
// The first visit of a new shop's owner leads to /welcome: three questions that can all be
// skipped (desk settings).
package backoffice
