// Package liquid is a template engine for templates by strangers: the language of Shopify's themes, compiled once, drawn fast, and
// never beyond a budget.
//
// # What it is
//
//	engine := liquid.New(liquid.Options{Filters: standard.Filters()})
//	t, err := engine.Parse("hello", "Hello {{ name | capitalize }}!")
//	run := liquid.Begin(ctx, &liquid.Env{Data: value.Of(&page)})
//	defer run.End()
//	err = run.Draw(t)
//	page := run.Bytes()
//
// A source becomes a tree (package syntax), the tree becomes typed nodes (compile*.go) in which every variable is a number and every
// filter a function, and a Run walks them with a stack of values (package value) and one buffer. Templates are made once and drawn by
// many goroutines; a Run belongs to one.
//
// # Invariants
//
//   - What is printed is escaped, unless it is of the kind value.HTML. There is no filter that makes HTML of text, but those of whoever
//     registers one; what a {% capture %} holds was escaped on its way in and is HTML.
//   - Each Run has a budget (Limits): steps, time, bytes of output, bytes held in variables, files inside each other, calls of files,
//     and length of texts and lists. Everything whose work grows with data counts steps for it, so that no step takes long, and looks
//     at the clock and the context every few hundred steps. What is over its budget ends with an *Error that says which, and where.
//   - Nothing is read but what is given: Data, Globals, and the files that Files answers for.
//   - A mistake is an *Error with a place. A panic in a filter is a mistake of its author and is not caught here.
//
// # Variables
//
// A template has one scope, and loops have their own for their variable. A name means, in this order: the variable of a loop around
// it; what was assigned, captured or given to the file by {% render %}; a counter; one of Options.Globals; a property of Env.Data. A
// rendered file sees Globals and Data, and of the variables around it only what it is given.
//
// # Differences from the reference implementation (Shopify/liquid 5, Ruby)
//
//   - Output is escaped.
//   - A mistake ends the drawing; it is not printed into the page. Filters check how many arguments they are given when a template
//     is parsed.
//   - Only the strict grammar is read (package syntax), and there is no {% include %}.
//   - Whole numbers have 64 bits; beyond that they are floats.
//   - "first" and "last" of a text are nothing.
//
// The golden suite in golden_test.go names each case that is meant to differ.
package liquid
