// Package discounts is the desk of the office where a merchant sets up what he takes off: the list of
// all discounts with a sentence for each, one form for the six methods, the order in which they are
// combined, and the codes of coupons.
//
// The method is asked first and is no part of a rule: it says which parts of the form are shown and what
// they hold at first. Whatever the form shows, saving loses nothing of a rule. Families, articles and
// profiles that no longer exist are refused beside their fields; the list marks a rule that names nothing that is left.
//
// Rules travel as package discount writes them; what it refuses is put beside the field that the form has
// for it (field in fields.go). Days are those of the shop: "until" is the last day on which a discount
// holds, which a rule keeps as the first instant after it.
//
// "Try it" leads to the desk simulator, which prices a typed cart with the rule as if it were on; from the form,
// with the rule as it is typed there, in another tab, so that nothing typed is lost and nothing stored.
//
// Words are in locales/ under "discounts.". It opens no unit of work of its own but to read.
package discounts

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
