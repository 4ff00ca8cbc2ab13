// Package carriage is the desk of the office where the cost of delivery is held against what buyers were
// billed for it (SHP-01): the report with its file, and the form that takes a carrier's bill.
//
// The report shows a time, by mode and place, currency by currency; what has no cost yet is counted beside
// every sum and listed, so that a margin is never silently that of a part. A bill is pasted or handed in as a
// file, shown against the parcels it speaks of before anything is written, and what cannot be taken
// stays in the form, line by line with its reason. The cost of one parcel is typed where it is sent and on
// the order's page, by desk orders.
//
// Words are in locales/ under "carriage."; the reasons of a bill are package shipment's. It opens no unit of work
// of its own but to read.
package carriage

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
