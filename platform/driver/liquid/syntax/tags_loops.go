package syntax

import (
	"maps"
	"slices"
	"strings"
)

// loop reads for.
func (p *parser) loop(k chunk, depth int) (Node, error) {
	n := &For{At: k.at}
	l, err := p.lexer(k)
	if err != nil {
		return nil, err
	}
	if n.Name, n.Over, n.Key, err = l.over(); err != nil {
		return nil, err
	}
	if l.word("reversed") {
		n.Reversed = true
		if err := l.advance(); err != nil {
			return nil, err
		}
	}
	params, err := l.parameters(k.name, map[string]*Expr{"limit": &n.Limit, "offset": &n.Offset})
	if err != nil {
		return nil, err
	}
	n.Continue, n.Reversed = params["continue"], n.Reversed || params["reversed"]
	body, stop, err := p.block(k.name, depth)
	n.Body = body
	if err == nil && stop.name == "else" {
		n.Else, stop, err = p.block(k.name, depth)
	}
	if err == nil && stop.name != "endfor" {
		if stop.name == "" {
			err = newError(p.t, k.at, Unclosed, k.name)
		} else {
			err = p.stray(stop, k.name)
		}
	}
	if silent(n.Body) && silent(n.Else) {
		n.Body, n.Else = dropSpaces(n.Body), dropSpaces(n.Else)
	}
	return n, err
}

// over reads "name in list". key is "name-list" as it was written.
func (l *lexer) over() (name string, list Expr, key string, err error) {
	if name, err = l.variable(); err != nil {
		return "", nil, "", err
	}
	if !l.word("in") {
		e := newError(l.t, l.tok.at, Missing, "in")
		return "", nil, "", e
	}
	if err = l.advance(); err != nil {
		return "", nil, "", err
	}
	start := l.tok.at
	list, err = l.value(0)
	end := l.tok.at
	return name, list, name + "-" + strings.TrimSpace(l.t.Source[start:end]), err
}

// variable reads the name of a variable to be set by a loop.
func (l *lexer) variable() (string, error) {
	name := l.tok.text
	if l.tok.kind != nameToken {
		return "", l.unexpected()
	}
	return name, l.advance()
}

// parameters reads name: value up to the end, into. offset may be the word continue, and reversed may stand among them: the
// answer says which did.
func (l *lexer) parameters(tag string, into map[string]*Expr) (map[string]bool, error) {
	words := map[string]bool{}
	for l.tok.kind != endToken {
		if ok, err := l.accept(","); ok || err != nil {
			if err != nil {
				return nil, err
			}
			continue
		}
		at, name := l.tok.at, l.tok.text
		if l.tok.kind != nameToken {
			return nil, l.unexpected()
		}
		if err := l.advance(); err != nil {
			return nil, err
		}
		if name == "reversed" && tag == "for" && !l.is(":") {
			words[name] = true
			continue
		}
		value, ok := into[name]
		if !ok {
			e := newError(l.t, at, BadParameter, name, tag)
			known := slices.Collect(maps.Keys(into))
			if tag == "for" {
				known = append(known, "reversed")
			}
			e.Hint = Suggest(name, known)
			return nil, e
		}
		if err := l.expect(":"); err != nil {
			return nil, err
		}
		if name == "offset" && tag == "for" && l.word("continue") {
			words["continue"] = true
			if err := l.advance(); err != nil {
				return nil, err
			}
			continue
		}
		var err error
		if *value, err = l.value(0); err != nil {
			return nil, err
		}
	}
	return words, nil
}

func (p *parser) tableRow(k chunk, depth int) (Node, error) {
	n := &TableRow{At: k.at}
	l, err := p.lexer(k)
	if err != nil {
		return nil, err
	}
	if n.Name, n.Over, _, err = l.over(); err != nil {
		return nil, err
	}
	if _, err = l.parameters(k.name, map[string]*Expr{"cols": &n.Cols, "limit": &n.Limit, "offset": &n.Offset}); err != nil {
		return nil, err
	}
	n.Body, err = p.body(k, depth)
	return n, err
}

func (p *parser) leave(k chunk, _ int) (Node, error) {
	return &Break{At: k.at, Continue: k.name == "continue"}, p.bare(k)
}

// paginate reads "list by number".
func (p *parser) paginate(k chunk, depth int) (Node, error) {
	n := &Paginate{At: k.at}
	l, err := p.lexer(k)
	if err != nil {
		return nil, err
	}
	over, err := l.value(0)
	if err != nil {
		return nil, err
	}
	path, ok := over.(*Path)
	if !ok {
		return nil, newError(p.t, over.Start(), Missing, "a variable")
	}
	n.Over = path
	if !l.word("by") {
		return nil, newError(p.t, l.tok.at, Missing, "by")
	}
	if err = l.advance(); err != nil {
		return nil, err
	}
	if n.By, err = l.value(0); err != nil {
		return nil, err
	}
	if _, err = l.parameters(k.name, map[string]*Expr{"window_size": &n.Window}); err != nil {
		return nil, err
	}
	n.Body, err = p.body(k, depth)
	return n, err
}
