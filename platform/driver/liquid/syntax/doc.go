// Package syntax reads templates written in Liquid into trees.
//
// # What it is
//
// Parse turns a source into a Template: nodes with their positions, in the order of the source. The engine compiles the
// tree, the linter walks it; neither reads text again. The package knows what each tag looks like and nothing of what it
// does: no values, no filters, no files.
//
// # Invariants
//
//   - Every node and expression knows where it began, as a byte offset into the source; Template.Place makes line and
//     column of it.
//   - A mistake is an *Error with a code, a place, the line it stands on and, where one can be guessed, a hint. Nothing
//     panics, whatever the source.
//   - Work and memory are linear in the length of the source, which is bounded (MaxSource), as are the depth of blocks
//     (MaxDepth) and of brackets (MaxBrackets).
//
// # Decisions
//
// Only the strict grammar is read: what the reference implementation forgives in its lax mode ("{{ a b }}", "{% if a and %}")
// is a mistake here, since its author meant something else. Names of filters are any words; whoever compiles knows which
// there are. {% include %} is unknown: it was given up by its makers, since a file that reads and writes the variables of
// whoever includes it can neither be checked nor compiled.
//
// A block of a condition or a loop that holds nothing but spaces and silent tags prints nothing, as in the reference
// implementation: its texts are emptied here (blank.go).
package syntax
