package syntax

import "slices"

// reader makes a node of a tag.
type reader func(p *parser, k chunk, depth int) (Node, error)

// tags are those that may begin something. They are set when the package is loaded, since blocks hold tags.
var tags map[string]reader

// tagNames are their names, for hints.
var tagNames []string

func init() {
	tags = map[string]reader{
		"#": (*parser).inlineComment, "comment": (*parser).comment, "doc": (*parser).doc, "raw": (*parser).raw, "liquid": nil,
		"echo": (*parser).echo, "if": (*parser).branches, "unless": (*parser).branches, "case": (*parser).cases,
		"ifchanged": (*parser).ifChanged, "for": (*parser).loop, "tablerow": (*parser).tableRow, "break": (*parser).leave, "continue": (*parser).leave,
		"assign": (*parser).assign, "capture": (*parser).capture, "increment": (*parser).counter, "decrement": (*parser).counter, "cycle": (*parser).cycle,
		"render": (*parser).render, "section": (*parser).section, "schema": (*parser).schema, "style": (*parser).style, "form": (*parser).form,
		"paginate": (*parser).paginate,
	}
	for name := range tags {
		tagNames = append(tagNames, name)
	}
	for _, names := range inside {
		tagNames = append(tagNames, names...)
	}
	slices.Sort(tagNames)
}
