// Package families is the desk of the classifications: the tree of families every shop has, and the
// further ones a merchant makes (brands, authors …), with their entries.
//
// A classification may hold 10,000 entries (CAT-02). The tree therefore never shows more than one
// opened way through it: the tops, and under each opened entry what lies right below. Opening is a
// link; a script only saves the rest of the page from being drawn again.
//
// Moving a branch, hiding and deleting are the catalogue's rules; old addresses keep leading to
// what moved. The order among sisters is changed step by step, with buttons.
//
// The desk knows no other desk. For the next slice: numbers of articles beside each entry want a
// count of the catalogue's own.
package families

//go:generate go tool -modfile=../../deploy/install/tools.mod templ generate
