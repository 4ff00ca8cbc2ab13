// Package standard holds the filters every Liquid has, as the reference implementation defines them.
//
// # What it is
//
// Filters gives them by name. Filters that need a shop (money, translation, pictures, addresses of files) are the business of whoever
// makes an engine, and so is date where it should speak the reader's language.
//
// # Invariants
//
//   - A filter that makes a text or a list asks before it makes it (Call.Fits, Call.Room) and counts its work.
//   - What was markup stays markup only where nothing can be cut out of it or written into it: append, prepend and join escape what
//     they add to it. Any other filter gives plain text, which is escaped where it is printed.
//
// # Decisions
//
// "replace" and "remove" on markup work on it as on text, and the result is text. It would be kinder to keep it markup, but then
// {% capture lt %}<{% endcapture %}{{ comment | escape | replace: '&lt;', lt }} would make markup of what a shopper wrote.
package standard
