// Package transfers is the desk of import and export (IMP-02, IMP-03).
//
// An import has four pages in one address: it is being checked, it waits for a word, it is being
// written, it is over. Which one is drawn is the state of the run alone, so reloading, coming back
// tomorrow or sending the address to a colleague all show the truth. While a job works the page
// asks for its progress; without a script it reloads itself.
//
// What was recognised of a file (whose columns, separator, decimal sign, encoding) is said before
// anything is written, and can be corrected: the file that is there is then checked again.
//
// A file that brings more articles than the plan has room for cannot be confirmed: the page says the
// figures, and has the same file checked again once there is room (FLT-05).
//
// Exports are written straight to the browser, however large the catalogue.
//
// The desk decides nothing: package transfer reads, compares, writes and undoes. It knows no other
// desk.
package transfers

//go:generate go tool -modfile=../../deploy/install/tools.mod templ generate
