package syntax

import "strings"

func (p *parser) echo(k chunk, _ int) (Node, error) { return p.output(k) }

func (p *parser) assign(k chunk, _ int) (Node, error) {
	n := &Assign{At: k.at}
	l, err := p.lexer(k)
	if err != nil {
		return nil, err
	}
	if n.Name, err = l.target(); err != nil {
		return nil, err
	}
	if err = l.expect("="); err != nil {
		return nil, err
	}
	if l.tok.kind == endToken {
		return nil, l.unexpected()
	}
	n.Value, err = l.piped()
	return n, err
}

// target reads the name of a variable to be written: a name without ?, or digits.
func (l *lexer) target() (string, error) {
	name := l.tok.text
	if l.tok.kind != nameToken && l.tok.kind != numberToken {
		return "", l.unexpected()
	}
	if strings.ContainsAny(name, "?.") || strings.HasPrefix(name, "-") {
		return "", newError(l.t, l.tok.at, BadName, name)
	}
	return name, l.advance()
}

func (p *parser) capture(k chunk, depth int) (Node, error) {
	n := &Capture{At: k.at}
	l, err := p.lexer(k)
	if err != nil {
		return nil, err
	}
	if l.tok.kind == textToken { // Shopify's own themes quote the name
		n.Name, err = l.tok.text, l.advance()
	} else {
		n.Name, err = l.target()
	}
	if err != nil {
		return nil, err
	}
	if err = l.end(); err != nil {
		return nil, err
	}
	n.Body, err = p.body(k, depth)
	return n, err
}

func (p *parser) counter(k chunk, _ int) (Node, error) {
	n := &Counter{At: k.at, By: 1}
	if k.name == "decrement" {
		n.By = -1
	}
	l, err := p.lexer(k)
	if err != nil {
		return nil, err
	}
	if n.Name, err = l.target(); err != nil {
		return nil, err
	}
	return n, l.end()
}

func (p *parser) cycle(k chunk, _ int) (Node, error) {
	n := &Cycle{At: k.at, Key: strings.TrimSpace(k.text)}
	l, err := p.lexer(k)
	if err != nil {
		return nil, err
	}
	first, err := l.value(0)
	if err != nil {
		return nil, err
	}
	if grouped, err := l.accept(":"); err != nil {
		return nil, err
	} else if grouped {
		n.Group = first
	} else {
		n.Values = append(n.Values, first)
		if l.tok.kind == endToken {
			return n, nil
		}
		if err := l.expect(","); err != nil {
			return nil, err
		}
	}
	for l.tok.kind != endToken {
		v, err := l.value(0)
		if err != nil {
			return nil, err
		}
		n.Values = append(n.Values, v)
		if ok, err := l.accept(","); err != nil {
			return nil, err
		} else if !ok {
			break
		}
	}
	return n, l.end()
}
