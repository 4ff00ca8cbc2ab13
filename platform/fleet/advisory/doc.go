// Package advisory is what the operators want every merchant to know about fraud these days: a few lines, shown where
// merchants decide what counts against an order (FRD-04).
//
// There is one at a time, in as many languages as the operators wrote; who reads another language reads one of them. It is
// plain text. Each change is in the fleet's journal, with what stood there before.
package advisory
