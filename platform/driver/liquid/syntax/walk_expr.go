package syntax

// WalkExprs shows each expression of a node to see, and those inside it after it, but not those of the nodes in its bodies.
func WalkExprs(n Node, see func(Expr)) {
	switch n := n.(type) {
	case *Output:
		walkExpr(n.Value, see)
	case *Assign:
		walkExpr(n.Value, see)
	case *If:
		for _, b := range n.Branches {
			walkExpr(b.Test, see)
		}
	case *Case:
		walkExpr(n.Value, see)
		for _, w := range n.Whens {
			walkExprs(w.Values, see)
		}
	case *For:
		walkExprs([]Expr{n.Over, n.Limit, n.Offset}, see)
	case *TableRow:
		walkExprs([]Expr{n.Over, n.Cols, n.Limit, n.Offset}, see)
	case *Cycle:
		walkExpr(n.Group, see)
		walkExprs(n.Values, see)
	case *Render:
		walkExpr(n.With, see)
		walkNamed(n.Args, see)
	case *Form:
		walkExprs(n.Args, see)
		walkNamed(n.Named, see)
	case *Paginate:
		walkExprs([]Expr{n.Over, n.By, n.Window}, see)
	}
}

func walkExprs(list []Expr, see func(Expr)) {
	for _, e := range list {
		walkExpr(e, see)
	}
}

func walkNamed(list []Named, see func(Expr)) {
	for _, a := range list {
		walkExpr(a.Value, see)
	}
}

func walkExpr(e Expr, see func(Expr)) {
	if e == nil {
		return
	}
	see(e)
	switch e := e.(type) {
	case *Path:
		walkExpr(e.Root, see)
		for _, s := range e.Steps {
			walkExpr(s.Index, see)
		}
	case *Range:
		walkExprs([]Expr{e.From, e.To}, see)
	case *Compare:
		walkExprs([]Expr{e.Left, e.Right}, see)
	case *Logic:
		walkExprs([]Expr{e.Left, e.Right}, see)
	case *Piped:
		walkExpr(e.Value, see)
		for _, f := range e.Filters {
			walkExprs(f.Args, see)
			walkNamed(f.Named, see)
		}
	}
}
