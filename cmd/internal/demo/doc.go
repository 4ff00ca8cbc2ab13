// Package demo gives the program an outside on one machine and in one folder: a Postgres of its
// own, Redis in the process, a folder as object store, captured mail with a viewer, and the
// pretend bank. Everything is kept in the folder, so that kill -9 of any process and a new start
// lose nothing.
//
//	postgres/   the database cluster (pglocal)
//	objects/    pictures and files
//	mail/       captured letters
//	keys        the keys that seal secrets; made once
//	bank.json   what the pretend bank knows
//	run.json    how to reach a running demo, for the other commands
//
// Its three shops open at once and fill in the background: articles first, and when all can be visited some
// orders, parcels, a delivery and a quote in the first, so that no list of its office is empty.
//
// The other commands use the same folder: they join a running demo, or bring its database up for
// as long as they need it.
package demo
