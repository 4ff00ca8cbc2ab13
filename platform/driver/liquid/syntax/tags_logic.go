package syntax

// branches reads if and unless. What follows an else is read, and never printed.
func (p *parser) branches(k chunk, depth int) (Node, error) {
	n := &If{At: k.at, Unless: k.name == "unless"}
	stop, otherwise := k, false
	for {
		b := Branch{At: stop.at}
		if stop.name == "else" {
			otherwise = true
		} else {
			test, err := p.test(stop)
			if err != nil {
				return nil, err
			}
			b.Test = test
		}
		dead := otherwise && stop.name != "else" || otherwise && len(n.Branches) > 0 && n.Branches[len(n.Branches)-1].Test == nil
		body, end, err := p.block(k.name, depth)
		if err != nil {
			return nil, err
		}
		if end.name == "" {
			return nil, newError(p.t, k.at, Unclosed, k.name)
		}
		if b.Body = body; !dead {
			n.Branches = append(n.Branches, b)
		}
		if stop = end; end.name == "end"+k.name {
			break
		}
	}
	quiet := true
	for _, b := range n.Branches {
		quiet = quiet && silent(b.Body)
	}
	if quiet {
		for i := range n.Branches {
			n.Branches[i].Body = dropSpaces(n.Branches[i].Body)
		}
	}
	return n, nil
}

func (p *parser) test(k chunk) (Expr, error) {
	l, err := p.lexer(k)
	if err != nil {
		return nil, err
	}
	test, err := l.condition(0)
	if err != nil {
		return nil, err
	}
	return test, l.end()
}

// cases reads case. What stands before the first when is dropped.
func (p *parser) cases(k chunk, depth int) (Node, error) {
	n := &Case{At: k.at}
	l, err := p.lexer(k)
	if err != nil {
		return nil, err
	}
	if n.Value, err = l.value(0); err != nil {
		return nil, err
	}
	if err = l.end(); err != nil {
		return nil, err
	}
	_, stop, err := p.block(k.name, depth)
	for {
		if err != nil {
			return nil, err
		}
		if stop.name == "" {
			return nil, newError(p.t, k.at, Unclosed, k.name)
		}
		if stop.name == "endcase" {
			break
		}
		w := When{At: stop.at}
		if stop.name == "when" {
			if w.Values, err = p.whenValues(stop); err != nil {
				return nil, err
			}
		}
		w.Body, stop, err = p.block(k.name, depth)
		n.Whens = append(n.Whens, w)
	}
	quiet := true
	for _, w := range n.Whens {
		quiet = quiet && silent(w.Body)
	}
	if quiet {
		for i := range n.Whens {
			n.Whens[i].Body = dropSpaces(n.Whens[i].Body)
		}
	}
	return n, nil
}

// whenValues reads values with commas or or between them.
func (p *parser) whenValues(k chunk) ([]Expr, error) {
	l, err := p.lexer(k)
	if err != nil {
		return nil, err
	}
	var values []Expr
	for {
		v, err := l.value(0)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
		if !l.is(",") && !l.word("or") {
			return values, l.end()
		}
		if err := l.advance(); err != nil {
			return nil, err
		}
	}
}

func (p *parser) ifChanged(k chunk, depth int) (Node, error) {
	if err := p.bare(k); err != nil {
		return nil, err
	}
	body, err := p.body(k, depth)
	return &IfChanged{At: k.at, Body: body}, err
}
