// Package id names things. An [Of] is a UUIDv7 that remembers what it names:
//
//	type ID = id.Of[Order]
//
// so that passing a customer's id for an order's does not compile; where two
// things share one id on purpose, [As] says so. Ids are made by the program, not
// by the database; they sort by the time they were made, which keeps indexes
// dense.
//
// The zero value names nothing: it is NULL in the database and "" in JSON.
// People never see ids: orders and invoices have numbers of their own.
package id
