package syntax

import (
	"strconv"
	"strings"
)

// MaxBrackets bounds how deep brackets may stand inside each other.
const MaxBrackets = 32

// maxTerms bounds how many conditions may be joined by and and or.
const maxTerms = 500

// constants are the names that are values.
var constants = map[string]Literal{
	"nil": {Kind: NilLiteral}, "null": {Kind: NilLiteral}, "true": {Kind: BoolLiteral, Bool: true}, "false": {Kind: BoolLiteral},
	"blank": {Kind: BlankLiteral}, "empty": {Kind: EmptyLiteral},
}

// value reads one value: a literal, a variable or a range.
func (l *lexer) value(depth int) (Expr, error) {
	if depth > MaxBrackets {
		return nil, newError(l.t, l.tok.at, TooDeep, MaxBrackets)
	}
	tok := l.tok
	switch tok.kind {
	case textToken:
		return &Literal{At: tok.at, Kind: TextLiteral, Text: tok.text}, l.advance()
	case numberToken:
		return l.numeral()
	case nameToken:
		if err := l.advance(); err != nil {
			return nil, err
		}
		if c, ok := constants[tok.text]; ok && !l.is(".") && !l.is("[") {
			c.At = tok.at
			return &c, nil
		}
		return l.steps(&Path{At: tok.at, Name: tok.text}, depth)
	case markToken:
		switch tok.text {
		case "(":
			return l.span(depth)
		case "[":
			if err := l.advance(); err != nil {
				return nil, err
			}
			root, err := l.index(depth)
			if err != nil {
				return nil, err
			}
			return l.steps(&Path{At: tok.at, Root: root}, depth)
		}
	}
	return nil, l.unexpected()
}

func (l *lexer) numeral() (Expr, error) {
	tok := l.tok
	if err := l.advance(); err != nil {
		return nil, err
	}
	if l.tok.kind == nameToken && int(l.tok.at) == int(tok.at)+len(tok.text) {
		return nil, newError(l.t, tok.at, BadNumber, tok.text+l.tok.text)
	}
	if strings.Contains(tok.text, ".") {
		f, err := strconv.ParseFloat(tok.text, 64)
		if err != nil {
			return nil, newError(l.t, tok.at, BadNumber, tok.text)
		}
		return &Literal{At: tok.at, Kind: FloatLiteral, Float: f}, nil
	}
	i, err := strconv.ParseInt(tok.text, 10, 64)
	if err != nil {
		return nil, newError(l.t, tok.at, BadNumber, tok.text)
	}
	return &Literal{At: tok.at, Kind: IntLiteral, Int: i}, nil
}

// span reads (from..to).
func (l *lexer) span(depth int) (Expr, error) {
	r := &Range{At: l.tok.at}
	if err := l.advance(); err != nil {
		return nil, err
	}
	var err error
	if r.From, err = l.value(depth + 1); err != nil {
		return nil, err
	}
	if err = l.expect(".."); err != nil {
		return nil, err
	}
	if r.To, err = l.value(depth + 1); err != nil {
		return nil, err
	}
	return r, l.expect(")")
}

// steps reads .name and [index] behind a variable.
func (l *lexer) steps(p *Path, depth int) (Expr, error) {
	for {
		at := l.tok.at
		switch {
		case l.is("."):
			if err := l.advance(); err != nil {
				return nil, err
			}
			if l.tok.kind != nameToken {
				return nil, l.unexpected()
			}
			p.Steps = append(p.Steps, Step{At: at, Name: l.tok.text})
			if err := l.advance(); err != nil {
				return nil, err
			}
		case l.is("["):
			if err := l.advance(); err != nil {
				return nil, err
			}
			index, err := l.index(depth)
			if err != nil {
				return nil, err
			}
			if s, ok := index.(*Literal); ok && s.Kind == TextLiteral {
				p.Steps = append(p.Steps, Step{At: at, Name: s.Text})
			} else {
				p.Steps = append(p.Steps, Step{At: at, Index: index})
			}
		default:
			return p, nil
		}
	}
}

// index reads what stands in brackets, and the bracket that closes it.
func (l *lexer) index(depth int) (Expr, error) {
	index, err := l.value(depth + 1)
	if err != nil {
		return nil, err
	}
	return index, l.expect("]")
}

// condition reads comparisons joined by and and or, which bind from the right, as in the reference implementation.
func (l *lexer) condition(terms int) (Expr, error) {
	if terms > maxTerms {
		return nil, newError(l.t, l.tok.at, TooDeep, maxTerms)
	}
	left, err := l.comparison()
	if err != nil {
		return nil, err
	}
	at := l.tok.at
	and := l.word("and")
	if !and && !l.word("or") {
		return left, nil
	}
	if err := l.advance(); err != nil {
		return nil, err
	}
	right, err := l.condition(terms + 1)
	if err != nil {
		return nil, err
	}
	return &Logic{At: at, And: and, Left: left, Right: right}, nil
}

var operators = map[string]string{"==": "==", "!=": "!=", "<>": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "contains": "contains"}

func (l *lexer) comparison() (Expr, error) {
	left, err := l.value(0)
	if err != nil {
		return nil, err
	}
	at, text := l.tok.at, l.tok.text
	if l.tok.kind == endToken || l.word("and") || l.word("or") {
		return left, nil
	}
	op, ok := operators[text]
	if !ok || l.tok.kind == textToken {
		if e := newError(l.t, at, BadOperator, text); l.tok.kind == nameToken || text == "=" {
			e.Hint = Suggest(text, []string{"and", "or", "contains", "=="})
			return nil, e
		}
		return nil, l.unexpected()
	}
	if err := l.advance(); err != nil {
		return nil, err
	}
	right, err := l.value(0)
	if err != nil {
		return nil, err
	}
	return &Compare{At: at, Op: op, Left: left, Right: right}, nil
}

// piped reads a value with its filters, up to the end.
func (l *lexer) piped() (*Piped, error) {
	p := &Piped{At: l.tok.at}
	if l.tok.kind == endToken {
		return p, nil
	}
	var err error
	if p.Value, err = l.value(0); err != nil {
		return nil, err
	}
	for {
		ok, err := l.accept("|")
		if err != nil {
			return nil, err
		}
		if !ok {
			return p, l.end()
		}
		f, err := l.filter()
		if err != nil {
			return nil, err
		}
		p.Filters = append(p.Filters, f)
	}
}

func (l *lexer) filter() (Filter, error) {
	f := Filter{At: l.tok.at, Name: l.tok.text}
	if l.tok.kind != nameToken {
		return f, l.unexpected()
	}
	if err := l.advance(); err != nil {
		return f, err
	}
	if ok, err := l.accept(":"); !ok || err != nil {
		return f, err
	}
	var err error
	f.Args, f.Named, err = l.arguments()
	return f, err
}

// arguments reads values and name: value, with commas between them.
func (l *lexer) arguments() (args []Expr, named []Named, err error) {
	for {
		at := l.tok
		v, err := l.value(0)
		if err != nil {
			return nil, nil, err
		}
		path, isPath := v.(*Path)
		if l.is(":") && at.kind == nameToken && (!isPath || len(path.Steps) == 0) {
			if err := l.advance(); err != nil {
				return nil, nil, err
			}
			if v, err = l.value(0); err != nil {
				return nil, nil, err
			}
			named = append(named, Named{At: at.at, Name: at.text, Value: v})
		} else {
			args = append(args, v)
		}
		if ok, err := l.accept(","); !ok || err != nil {
			return args, named, err
		}
		if l.tok.kind == endToken || l.is("|") {
			return args, named, nil // a comma at the end is no mistake
		}
	}
}
