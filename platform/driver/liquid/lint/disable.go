package lint

import (
	"math"
	"slices"
	"strings"

	"echoppe.dev/platform/driver/liquid/syntax"
)

// span is a part of a file in which rules are switched off: all of them when there are no names.
type span struct {
	from, to syntax.Pos
	rules    []string
}

// disabled are the parts that {% # theme-check-disable rule %} begins and {% # theme-check-enable rule %} ends.
func disabled(t *syntax.Template) (off []span) {
	syntax.Walk(t.Body, func(n syntax.Node) {
		c, ok := n.(*syntax.Comment)
		if !ok {
			return
		}
		words := strings.FieldsFunc(c.Text, func(r rune) bool { return strings.ContainsRune(" \t\r\n#,", r) })
		switch {
		case len(words) > 0 && words[0] == "theme-check-disable":
			off = append(off, span{c.At, math.MaxInt, words[1:]})
		case len(words) > 0 && words[0] == "theme-check-enable":
			for i := range off {
				if off[i].to == math.MaxInt && (len(words) == 1 || slices.Equal(off[i].rules, words[1:])) {
					off[i].to = c.At
				}
			}
		}
	})
	return off
}

func switchedOff(off []span, r Rule, at syntax.Pos) bool {
	return slices.ContainsFunc(off, func(s span) bool {
		return s.from <= at && at < s.to && (len(s.rules) == 0 || slices.Contains(s.rules, string(r)))
	})
}
