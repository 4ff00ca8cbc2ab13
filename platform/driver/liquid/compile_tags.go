package liquid

import (
	"echoppe.dev/platform/driver/liquid/syntax"
)

func (m *meter) output(v *syntax.Piped) (node, error) {
	if v.Value == nil {
		return nothingNode{}, nil
	}
	e, err := m.piped(v)
	if err != nil {
		return nil, err
	}
	if p, ok := e.(*piped); ok {
		if last := p.filters[len(p.filters)-1]; last.filter.Write != nil {
			n := &writeNode{value: p.value, filter: last}
			if before := p.filters[:len(p.filters)-1]; len(before) > 0 {
				n.value = &piped{value: p.value, filters: before}
			}
			return n, nil
		}
	}
	return &outputNode{e}, nil
}

func (m *meter) branches(n *syntax.If) (node, error) {
	made := &ifNode{}
	for i, b := range n.Branches {
		var t test
		if b.Test != nil {
			var err error
			if t, err = m.test(b.Test); err != nil {
				return nil, err
			}
			if n.Unless && i == 0 {
				t = not{t}
			}
		}
		body, err := m.block(b.Body)
		if err != nil {
			return nil, err
		}
		made.branches = append(made.branches, branch{t, body})
	}
	return made, nil
}

func (m *meter) cases(n *syntax.Case) (node, error) {
	v, err := m.expr(n.Value)
	if err != nil {
		return nil, err
	}
	made := &caseNode{value: v}
	for _, w := range n.Whens {
		values, err := m.exprs(w.Values)
		if err != nil {
			return nil, err
		}
		body, err := m.block(w.Body)
		if err != nil {
			return nil, err
		}
		made.whens = append(made.whens, when{values, body})
	}
	return made, nil
}

func (m *meter) loop(n *syntax.For) (node, error) {
	made := &forNode{slot: m.slot(), reversed: n.Reversed, continued: n.Continue, name: n.Key}
	if m.continued[n.Key] {
		made.key = n.Key
	}
	var err error
	if made.over, err = m.expr(n.Over); err != nil {
		return nil, err
	}
	if made.limit, err = m.maybe(n.Limit); err != nil {
		return nil, err
	}
	if made.offset, err = m.maybe(n.Offset); err != nil {
		return nil, err
	}
	m.depth++
	made.body, err = m.inside(n.Body, lexical{n.Name, made.slot}, lexical{"forloop", -1})
	m.depth--
	if err != nil {
		return nil, err
	}
	made.none, err = m.block(n.Else)
	return made, err
}

func (m *meter) tableRow(n *syntax.TableRow) (node, error) {
	made := &tableRowNode{slot: m.slot(), table: m.slot()}
	var err error
	if made.over, err = m.expr(n.Over); err != nil {
		return nil, err
	}
	for _, p := range []struct {
		from syntax.Expr
		to   *expr
	}{{n.Cols, &made.cols}, {n.Limit, &made.limit}, {n.Offset, &made.offset}} {
		if *p.to, err = m.maybe(p.from); err != nil {
			return nil, err
		}
	}
	made.body, err = m.inside(n.Body, lexical{n.Name, made.slot}, lexical{"tablerowloop", made.table})
	return made, err
}

func (m *meter) cycle(n *syntax.Cycle) (node, error) {
	values, err := m.exprs(n.Values)
	if err != nil {
		return nil, err
	}
	group, err := m.maybe(n.Group)
	return &cycleNode{group: group, key: n.Key, values: values}, err
}

func (m *meter) render(n *syntax.Render) (node, error) {
	with, err := m.maybe(n.With)
	if err != nil {
		return nil, err
	}
	made := &renderNode{file: n.File, with: with, each: n.For, as: n.As}
	for _, a := range n.Args {
		v, err := m.expr(a.Value)
		if err != nil {
			return nil, err
		}
		made.args = append(made.args, namedExpr{a.Name, v})
	}
	return made, nil
}

func (m *meter) form(n *syntax.Form) (node, error) {
	made := &formNode{slot: m.slot()}
	var err error
	if made.args, made.names, err = m.arguments(n.Args, n.Named); err != nil {
		return nil, err
	}
	made.body, err = m.inside(n.Body, lexical{"form", made.slot})
	return made, err
}

func (m *meter) paginate(n *syntax.Paginate) (node, error) {
	made := &paginateNode{items: m.slot(), paginate: m.slot()}
	var err error
	if made.over, err = m.expr(n.Over); err != nil {
		return nil, err
	}
	if made.by, err = m.expr(n.By); err != nil {
		return nil, err
	}
	if made.window, err = m.maybe(n.Window); err != nil {
		return nil, err
	}
	m.parts = append(m.parts, part{pathKey(n.Over), made.items})
	made.body, err = m.inside(n.Body, lexical{"paginate", made.paginate})
	m.parts = m.parts[:len(m.parts)-1]
	return made, err
}
