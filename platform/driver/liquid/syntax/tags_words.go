package syntax

import "strings"

// inlineComment reads {% # … %}, of which each line begins with #.
func (p *parser) inlineComment(k chunk, _ int) (Node, error) {
	at := k.start
	for i, line := range strings.Split(k.text, "\n") {
		trimmed := strings.TrimSpace(line)
		if i > 0 && trimmed != "" && !strings.HasPrefix(trimmed, "#") {
			return nil, newError(p.t, at, BadComment)
		}
		at += Pos(len(line) + 1)
	}
	return &Comment{At: k.at, Tag: "#", Text: k.text}, nil
}

func (p *parser) comment(k chunk, _ int) (Node, error) {
	text, end, err := p.from.until(k, "endcomment")
	p.trim = end.trimR
	return &Comment{At: k.at, Tag: k.name, Text: text}, err
}

func (p *parser) doc(k chunk, _ int) (Node, error) {
	if err := p.bare(k); err != nil {
		return nil, err
	}
	text, end, err := p.from.until(k, "enddoc")
	if err == nil && strings.Contains(text, "{% doc %}") {
		err = newError(p.t, k.at, Stray, "doc", "doc")
	}
	p.trim = end.trimR
	return &Comment{At: k.at, Tag: k.name, Text: text}, err
}

func (p *parser) raw(k chunk, _ int) (Node, error) {
	if err := p.bare(k); err != nil {
		return nil, err
	}
	text, end, err := p.from.until(k, "endraw")
	if k.trimR {
		text = strings.TrimLeft(text, spaces)
	}
	if end.trimL {
		text = strings.TrimRight(text, spaces)
	}
	p.trim = end.trimR
	if text == "" || err != nil {
		return nil, err
	}
	return &Text{At: k.at, Text: text, Raw: true}, nil
}

func (p *parser) schema(k chunk, _ int) (Node, error) {
	if err := p.bare(k); err != nil {
		return nil, err
	}
	text, end, err := p.from.until(k, "endschema")
	p.trim = end.trimR
	return &Schema{At: k.at, Text: text}, err
}

// until goes on to the tag of that name. Comments may hold comments, and raw text that names their end; of the others nothing
// inside is read.
func (c *cutter) until(open chunk, end string) (string, chunk, error) {
	start, depth := c.at, 1
	for {
		i := strings.Index(c.t.Source[c.at:], "{%")
		if i < 0 {
			c.at = len(c.t.Source)
			return "", chunk{}, newError(c.t, open.at, Unclosed, open.name)
		}
		c.at += i
		at := c.at
		k, err := c.markup(c.t.Source[at:])
		if err != nil {
			c.at = len(c.t.Source)
			return "", chunk{}, newError(c.t, open.at, Unclosed, open.name)
		}
		switch {
		case k.name == end:
			if depth--; depth == 0 {
				c.at = int(k.end)
				return c.t.Source[start:at], k, nil
			}
			c.at = int(k.end)
		case end == "endcomment" && k.name == "comment":
			depth++
			c.at = int(k.end)
		case end == "endcomment" && k.name == "raw":
			c.at = int(k.end)
			if _, _, err := c.until(k, "endraw"); err != nil {
				return "", chunk{}, err
			}
		case end == "endcomment":
			c.at = int(k.end)
		default:
			c.at += 2 // what looks like a tag may hold the end: {% {% endraw %}
		}
	}
}
