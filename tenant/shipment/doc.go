// Package shipment keeps parcels: what of an order left, with whom, and where one can follow it.
//
// Pieces are counted twice on purpose: a parcel lists what is in it, and the line of the order says
// how many pieces have left, so that "what is left" needs no sum and two clerks cannot send the same
// piece (the line refuses under its row's lock).
//
// A carrier of the list knows the address of its tracking page; any other can be written with one.
// What a parcel really cost is what the carrier bills for it, net: typed when it leaves or later, or read
// from the carrier's bill by tracking numbers ([Bill]). [Compare] holds it against what buyers were billed.
// A cost keeps the currency it was typed in, and is compared with orders in that currency alone: an order
// of which a parcel has no cost, or one in another currency, or that has not left as a whole, is counted apart
// and never silently left out.
//
// The package moves no order and writes no letter: checkout does. Labels and pick-up points of
// carriers, and parcels that come back, are further files here.
package shipment
