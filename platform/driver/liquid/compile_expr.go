package liquid

import (
	"fmt"
	"slices"

	"echoppe.dev/platform/driver/liquid/syntax"
	"echoppe.dev/platform/driver/liquid/value"
)

// maybe compiles an expression that may be missing.
func (m *meter) maybe(e syntax.Expr) (expr, error) {
	if e == nil {
		return nil, nil
	}
	return m.expr(e)
}

func (m *meter) exprs(list []syntax.Expr) ([]expr, error) {
	var made []expr
	for _, e := range list {
		x, err := m.expr(e)
		if err != nil {
			return nil, err
		}
		made = append(made, x)
	}
	return made, nil
}

func (m *meter) expr(e syntax.Expr) (expr, error) {
	m.cost++
	switch e := e.(type) {
	case *syntax.Literal:
		return literal{literalValue(e)}, nil
	case *syntax.Range:
		from, err := m.expr(e.From)
		if err != nil {
			return nil, err
		}
		to, err := m.expr(e.To)
		return &rangeExpr{from, to}, err
	case *syntax.Path:
		return m.path(e)
	}
	return nil, fmt.Errorf("liquid: a value cannot be %T", e)
}

func literalValue(l *syntax.Literal) value.Value {
	switch l.Kind {
	case syntax.BoolLiteral:
		return value.OfBool(l.Bool)
	case syntax.IntLiteral:
		return value.OfInt64(l.Int)
	case syntax.FloatLiteral:
		return value.OfFloat(l.Float)
	case syntax.TextLiteral:
		return value.OfText(l.Text)
	case syntax.BlankLiteral:
		return value.BlankValue
	case syntax.EmptyLiteral:
		return value.EmptyValue
	}
	return value.None
}

// path compiles a variable with what follows it.
func (m *meter) path(p *syntax.Path) (expr, error) {
	if key := pathKey(p); key != "" {
		for _, part := range slices.Backward(m.parts) {
			if part.path == key {
				return local{part.slot}, nil
			}
		}
	}
	var root expr
	steps := p.Steps
	if p.Root != nil {
		name, err := m.expr(p.Root)
		if err != nil {
			return nil, err
		}
		root = &named{name, m.t.slotOf}
	} else {
		root, steps = m.root(p)
	}
	if len(steps) == 0 {
		return root, nil
	}
	made := &path{root: root}
	for _, s := range steps {
		m.cost++
		if s.Index == nil {
			made.steps = append(made.steps, step{prop: &property{name: s.Name}})
			continue
		}
		index, err := m.expr(s.Index)
		if err != nil {
			return nil, err
		}
		made.steps = append(made.steps, step{index: index})
	}
	return made, nil
}

// root is what the name a path begins with means here, and the steps that are left.
func (m *meter) root(p *syntax.Path) (expr, []syntax.Step) {
	for _, l := range slices.Backward(m.loops) {
		if l.name != p.Name {
			continue
		}
		if l.slot >= 0 {
			return local{l.slot}, p.Steps
		}
		return m.forloop(p.Steps)
	}
	v := &variable{name: p.Name, slot: m.named(p.Name), counter: -1, global: -1, prop: property{name: p.Name}}
	if m.counters[p.Name] {
		v.counter = m.named(counterPrefix + p.Name)
	}
	if i, ok := m.engine.globals[p.Name]; ok {
		v.global = i
	}
	return v, p.Steps
}

// forloop is forloop, or one of those around it, with one of its properties.
func (m *meter) forloop(steps []syntax.Step) (expr, []syntax.Step) {
	out := 0
	for len(steps) > 0 && steps[0].Name == "parentloop" {
		out, steps = out+1, steps[1:]
	}
	if out >= m.depth {
		return literal{value.None}, nil
	}
	if len(steps) > 0 {
		if f, ok := loopFields[steps[0].Name]; ok {
			return loopPath{out, f}, steps[1:]
		}
	}
	return loopValue{out}, steps
}

// pathKey is a path as one text, "" for one with computed steps.
func pathKey(p *syntax.Path) string {
	if p.Root != nil {
		return ""
	}
	key := p.Name
	for _, s := range p.Steps {
		if s.Index != nil {
			return ""
		}
		key += "." + s.Name
	}
	return key
}

// piped compiles a value with its filters.
func (m *meter) piped(p *syntax.Piped) (expr, error) {
	v, err := m.expr(p.Value)
	if err != nil || len(p.Filters) == 0 {
		return v, err
	}
	made := &piped{value: v}
	for _, f := range p.Filters {
		x, err := m.filter(f)
		if err != nil {
			return nil, err
		}
		made.filters = append(made.filters, x)
	}
	return made, nil
}

func (m *meter) filter(f syntax.Filter) (*filterExpr, error) {
	known, ok := m.engine.opts.Filters[f.Name]
	if !ok {
		e := m.mistake(f.At, fmt.Errorf("there is no filter %q", f.Name))
		e.Hint = syntax.Suggest(f.Name, m.engine.filters)
		return nil, e
	}
	if n := len(f.Args); n < known.Min || n > known.Max {
		return nil, m.mistake(f.At, fmt.Errorf("filter %q takes %s, not %d", f.Name, arity(known), n))
	}
	for _, a := range f.Named {
		if !slices.Contains(known.Named, a.Name) && !slices.Equal(known.Named, Any) {
			return nil, m.mistake(a.At, fmt.Errorf("filter %q takes no argument %q", f.Name, a.Name))
		}
	}
	args, names, err := m.arguments(f.Args, f.Named)
	return &filterExpr{filter: known, args: args, names: names, script: m.script.inside()}, err
}

func arity(f Filter) string {
	switch {
	case f.Max == 0:
		return "no arguments"
	case f.Min == f.Max:
		return fmt.Sprintf("%d arguments", f.Min)
	}
	return fmt.Sprintf("%d to %d arguments", f.Min, f.Max)
}

// arguments compiles arguments, those with a name last.
func (m *meter) arguments(args []syntax.Expr, with []syntax.Named) ([]expr, []string, error) {
	made, err := m.exprs(args)
	if err != nil {
		return nil, nil, err
	}
	var names []string
	for _, a := range with {
		x, err := m.expr(a.Value)
		if err != nil {
			return nil, nil, err
		}
		made, names = append(made, x), append(names, a.Name)
	}
	return made, names, nil
}

func (m *meter) mistake(at syntax.Pos, err error) *Error {
	e := errorAt(m.t.tree, at)
	e.cause = err
	return e
}

// test compiles a condition.
func (m *meter) test(e syntax.Expr) (test, error) {
	switch e := e.(type) {
	case *syntax.Logic:
		left, err := m.test(e.Left)
		if err != nil {
			return nil, err
		}
		right, err := m.test(e.Right)
		if e.And {
			return both{left, right}, err
		}
		return either{left, right}, err
	case *syntax.Compare:
		left, err := m.expr(e.Left)
		if err != nil {
			return nil, err
		}
		right, err := m.expr(e.Right)
		return comparison(e.Op, left, right), err
	}
	v, err := m.expr(e)
	return truth{v}, err
}

func comparison(op string, left, right expr) test {
	switch op {
	case "==":
		return equal{left, right, false}
	case "!=":
		return equal{left, right, true}
	case "contains":
		return contains{left, right}
	case "<":
		return ordered{left, right, true, false, false}
	case "<=":
		return ordered{left, right, true, true, false}
	case ">":
		return ordered{left, right, false, false, true}
	}
	return ordered{left, right, false, true, true}
}
