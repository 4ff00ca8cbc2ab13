// Package families lists the protocols the pretend banks speak, one folder each, written from the texts of the
// banks and not from the shop's adapters in tenant/payment: the two sides share no code, so that a
// misreading shows.
//
// Whoever adds one writes a package below this one that implements bank.Dialect, and a line in All.
package families
