// Package home is the first page of a shop's office: how the day goes, what waits to be done, and,
// until the shop sells, what remains before it can.
//
// The first steps are read from the shop (tenant/start) and never ticked off by hand; the list goes
// away with the last of them. The first visit of whoever may set the shop up leads to the welcome:
// three questions that can be skipped with one click and are never put twice. One button there, and one
// here while the shop is empty, fills it with samples; another takes them out. A step that samples
// have done is not done: they are not what the shop will sell.
//
// Above the figures stand notices of the rules of the sale: what a merchant has to know before a tax
// office or a buyer tells him, and that a bank does not answer (away.go): once for an outage, while it lasts and a day after.
//
// Words are in locales/ under "home.". It knows the paths of other desks as addresses only.
//
// For the next slice: figures over longer times belong to a desk of reports.
package home

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
