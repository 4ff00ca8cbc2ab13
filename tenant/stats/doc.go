// Package stats answers how a shop is doing: today's orders and what waits to be done.
//
// Every figure is read from the rows themselves, by a handful of queries along an index: nothing is
// counted twice and nothing has to be kept in step. A day begins in the shop's own time zone. Test
// orders are no turnover, and neither are cancelled ones. Orders from before the management currency became another
// are counted and not added up (Today.Elsewhere).
//
// It changes nothing and knows no page. For the next slice: figures over months and by article want
// rows that are summed once a night; until then the days asked for are few.
package stats
