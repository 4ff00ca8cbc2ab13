// Package customers is the desk of the office for the people who have an account in the shop: invited,
// found, read with what they ordered and where they live, given a profile, noted about, shut out and let
// in again.
//
// A guest is not here: he leaves no trace but his orders (ORD-09), which the desk of orders finds by
// name and mail address. What a customer says of himself is his own to change; the office writes only
// its note, which he never sees. Shutting an account out ends its sessions and leaves its orders.
//
// A profile is given here, to one customer or with an invitation (PROF-10); what profiles there are is
// said at the desk of profiles. Only one that is in use can be given; a customer whose profile is switched
// off or gone is shown as such, and buys as an anonymous one. An invitation can be sent again until the
// customer has chosen a password, and takes nothing from an account that is there already.
//
// Words are in locales/ under "customers.".
//
// For the next slice: erasure and export of a person's data.
package customers

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
