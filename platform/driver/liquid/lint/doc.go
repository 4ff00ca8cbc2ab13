// Package lint finds what is probably wrong in templates, without drawing them.
//
//	findings := lint.Check(lint.Options{Engine: engine, Data: lint.ShapeOf(reflect.TypeFor[Page]())}, "templates/page.liquid", source)
//
// # Rules
//
// What cannot be drawn is an error: syntax, unknown-filter, missing-file. The rest are warnings, since a page comes out: unknown-variable
// and unknown-property (by the Go types of the data, where they are known), unused-variable, unused-argument, unused-file,
// missing-translation, deprecated-filter, image-alt, field-label.
//
// # Invariants
//
//   - When in doubt there is no finding: a type that is not known, an attribute that is printed by an expression, a label that may stand in
//     another file. The stock theme has none; a test of its owner holds it to that.
//   - Nothing is drawn, and nothing of the templates is executed.
//
// {% # theme-check-disable unused-variable %} switches a rule off up to {% # theme-check-enable unused-variable %} or the end of the file,
// and without a name all rules, as in Shopify's Theme Check.
//
// # Whole themes
//
// Project checks files together: what snippets are given by those that render them is known then, with its type, as far as every caller agrees.
//
// # Decision: messages are English here
//
// The package stands alone. Whoever shows findings in other languages has Rule and Args to tell them by.
package lint
