// Package start helps a new shop to its first sale: the questions asked at the beginning, and how far
// the first steps have come.
//
// The answers are put where they belong: country, currency, languages and VAT are settings like any
// other and can be changed there. What remains, that the questions were put and what is sold, is a
// document of its own in table settings, which package settings leaves alone because nobody but the
// first page of the office asks for it.
//
// Where there is a pack of the country (package pack) it says how VAT is handled and adds two ways to
// deliver that wait switched off, to be looked at.
//
// Another currency goes through package conversion, as every change of it does: fees and minimums keep about their
// worth. Once articles, quotes or orders exist the answer leaves the currency alone; the merchant converts it himself.
//
// The country also moves what a new shop was given to deliver with, and where nobody could pay yet,
// cash on delivery is switched on: after the questions a shop can sell, and the steps say what is still
// makeshift.
//
// How far the steps have come is read from the shop itself (articles, modes, pages, orders), never
// from a list of ticks: a step that is undone is open again.
//
// What a country means (Pack) is data in pack.go. It knows no page and no address.
package start
