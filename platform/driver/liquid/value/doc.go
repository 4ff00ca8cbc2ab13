// Package value holds the values of the template language: what variables, literals and filters are made of.
//
// # What it is
//
// A Value is three words, copied freely and compared by Equal. It is made of a Go value once (Of), or by one of the
// constructors; structs, slices and maps are not copied but read in place when a template asks: a struct's fields that have a
// `liquid` tag are its properties. How a type is read is worked out once for each type (Type) and remembered, so that reading a
// property is an addition and a load, without reflection and without an allocation.
//
// # Invariants
//
//   - A Value never outlives a change of what it was made of: data must not be written to while a template draws it.
//   - Text is plain text and escaped where it is printed; HTML is markup that was made safe by whoever made it. Nothing in this
//     package turns the one into the other but Escape.
//   - Coercions are those of the reference implementation (Ruby Liquid 5), with int64 in place of endless integers: what does
//     not fit becomes a float.
//   - All reading through unsafe pointers is in this package (memory.go, type.go), and points only to memory the Value keeps alive.
//
// # Decisions
//
// A Value could be an interface, but a boxed integer or text is an allocation for each property a page reads: some ten thousand
// for a list of articles. Three words with a pointer to the type cost none.
package value
