// Package rivals draws one page with four template engines, so that they can be measured side by side: the list of a family with 24
// articles, each drawn by a file of its own, as themes do.
//
// # The rivals
//
//   - ours: platform/driver/liquid, with the budgets of every page on.
//   - osteele: github.com/osteele/liquid v1.9.2, which this program used before; nothing else imports it any more.
//   - html/template: Go's own, which escapes by the place in the page.
//   - templ: pages compiled into Go code, which is about what writing bytes by hand costs.
//
// All of them parse once, draw into a buffer that is used again, escape every text, and give the same bytes: a test holds them to it.
// The data are the same structs.
package rivals
