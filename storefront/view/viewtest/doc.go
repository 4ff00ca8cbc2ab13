// Package viewtest is a demonstration shop as the themes see it: every page, in every
// shipped language, in its usual state and in its awkward ones (sold out, nothing
// found, a form that came back, a payment that failed). A theme that draws all of it
// without an error draws a shop.
//
// Pages lists the pages; Taint fills every text of one with markup, for the test that
// nothing gets through unescaped.
package viewtest
