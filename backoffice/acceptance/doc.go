// Package acceptance is the desk of the office where payments are looked at over a time (PGW-38): how many are accepted, by
// mode, country and card, why others are refused, what is given back and disputed, and what the banks take (PGW-43).
//
// The page and its file say the same figures; each currency has its own rows, since amounts of two are never added. A mode
// is called by its name today, or by its kind when it is gone. What a bank does not tell of cards stands as "not told" in
// its own row, so that the groups of a table always come to the total.
//
// Words are in locales/ under "acceptance."; reasons and kinds are package payment's. It opens no unit of work of its own
// but to read.
package acceptance

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
