package syntax

// Walk shows each node of a body to see, and those inside it after it, in the order of the source.
func Walk(body []Node, see func(Node)) {
	for _, n := range body {
		see(n)
		for _, inner := range bodies(n) {
			Walk(inner, see)
		}
	}
}

// bodies are the bodies of a node.
func bodies(n Node) [][]Node {
	switch n := n.(type) {
	case *If:
		all := make([][]Node, 0, len(n.Branches))
		for _, b := range n.Branches {
			all = append(all, b.Body)
		}
		return all
	case *Case:
		all := make([][]Node, 0, len(n.Whens))
		for _, w := range n.Whens {
			all = append(all, w.Body)
		}
		return all
	case *For:
		return [][]Node{n.Body, n.Else}
	case *TableRow:
		return [][]Node{n.Body}
	case *Capture:
		return [][]Node{n.Body}
	case *IfChanged:
		return [][]Node{n.Body}
	case *Style:
		return [][]Node{n.Body}
	case *Form:
		return [][]Node{n.Body}
	case *Paginate:
		return [][]Node{n.Body}
	}
	return nil
}
