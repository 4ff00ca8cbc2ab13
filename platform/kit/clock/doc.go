// Package clock is the only place where the program asks what time it is, apart
// from the database driver, which gives every unit of work one instant.
//
// Instants are in UTC and cut to microseconds, the precision of a Postgres
// timestamptz, so that a time written and read again compares equal. The package
// knows no time zones: a shop's zone matters only for days and for display.
package clock
