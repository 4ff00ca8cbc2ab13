package syntax

import "strings"

// silent tells whether nothing in a body can print anything but spaces.
func silent(body []Node) bool {
	for _, n := range body {
		switch n := n.(type) {
		case *Text:
			if n.Raw || strings.Trim(n.Text, spaces) != "" {
				return false
			}
		case *Comment, *Assign, *Capture, *Break, *Schema:
		case *If:
			for _, b := range n.Branches {
				if !silent(b.Body) {
					return false
				}
			}
		case *Case:
			for _, w := range n.Whens {
				if !silent(w.Body) {
					return false
				}
			}
		case *For:
			if !silent(n.Body) || !silent(n.Else) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// dropSpaces takes the texts out of a silent body.
func dropSpaces(body []Node) []Node {
	kept := body[:0]
	for _, n := range body {
		if _, text := n.(*Text); !text {
			kept = append(kept, n)
		}
	}
	return kept
}
