// Package customers is the desk of the office for the people who have an account in the shop: found,
// read with what they ordered and where they live, noted about, shut out and let in again.
//
// A guest is not here: he leaves no trace but his orders (ORD-09), which the desk of orders finds by
// name and mail address. What a customer says of himself is his own to change; the office writes only
// its note, which he never sees. Shutting an account out ends its sessions and leaves its orders.
//
// Words are in locales/ under "customers.".
//
// For the next slice: profiles, erasure and export of a person's data.
package customers

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
