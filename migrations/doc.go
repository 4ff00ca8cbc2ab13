// Package migrations holds the SQL that builds the database, embedded in the program.
//
// There are two series, each applied in the order of its file names and each forward-only:
//
//   - platform/ builds the control plane (schema "platform" and the extensions in "ext");
//   - tenant/ builds one shop and is run once for every shop's own schema.
//
// A file runs in one transaction with the search path set to its schema, so it names no schema.
// Changes follow expand → migrate the whole fleet → contract: the program that is running and
// the one before it must both work on either side of a file. A shop never gets a foreign key
// to anything outside its own schema, because on Citus its schema lives alone on a node.
//
// Tables are dear when they are multiplied by thousands of shops: what has no query of its own
// is a column of typed jsonb on the row that owns it (a cart's lines, an article's options),
// and texts in several languages have at most one table per noun.
package migrations
