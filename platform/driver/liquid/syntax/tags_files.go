package syntax

import "regexp"

// fileName is what a file may be called: nothing outside the theme can be meant.
var fileName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// file reads the name of a file, in quotes.
func (l *lexer) file() (string, error) {
	name, at := l.tok.text, l.tok.at
	if l.tok.kind != textToken {
		return "", newError(l.t, at, Missing, "the name of a file in quotes")
	}
	if !fileName.MatchString(name) {
		return "", newError(l.t, at, BadName, name)
	}
	return name, l.advance()
}

// render reads 'file' with value as name, 'file' for list as name, and name: value.
func (p *parser) render(k chunk, _ int) (Node, error) {
	n := &Render{At: k.at}
	l, err := p.lexer(k)
	if err != nil {
		return nil, err
	}
	if n.File, err = l.file(); err != nil {
		return nil, err
	}
	n.As = n.File
	if n.For = l.word("for"); n.For || l.word("with") {
		if err = l.advance(); err != nil {
			return nil, err
		}
		if n.With, err = l.value(0); err != nil {
			return nil, err
		}
		if l.word("as") {
			if err = l.advance(); err != nil {
				return nil, err
			}
			if n.As, err = l.target(); err != nil {
				return nil, err
			}
		}
	}
	if n.Args, err = l.named(); err != nil {
		return nil, err
	}
	return n, l.end()
}

// named reads name: value with commas between them, and perhaps one before.
func (l *lexer) named() (list []Named, err error) {
	for l.tok.kind != endToken {
		if ok, err := l.accept(","); err != nil {
			return nil, err
		} else if ok {
			continue
		}
		a := Named{At: l.tok.at, Name: l.tok.text}
		if l.tok.kind != nameToken {
			return nil, l.unexpected()
		}
		if err = l.advance(); err != nil {
			return nil, err
		}
		if err = l.expect(":"); err != nil {
			return nil, err
		}
		if a.Value, err = l.value(0); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

func (p *parser) section(k chunk, _ int) (Node, error) {
	n := &Section{At: k.at}
	l, err := p.lexer(k)
	if err != nil {
		return nil, err
	}
	if n.File, err = l.file(); err != nil {
		return nil, err
	}
	return n, l.end()
}

func (p *parser) style(k chunk, depth int) (Node, error) {
	if err := p.bare(k); err != nil {
		return nil, err
	}
	body, err := p.body(k, depth)
	return &Style{At: k.at, Body: body}, err
}

// form reads values and name: value.
func (p *parser) form(k chunk, depth int) (Node, error) {
	n := &Form{At: k.at}
	l, err := p.lexer(k)
	if err != nil {
		return nil, err
	}
	if n.Args, n.Named, err = l.arguments(); err != nil {
		return nil, err
	}
	if err = l.end(); err != nil {
		return nil, err
	}
	n.Body, err = p.body(k, depth)
	return n, err
}
