package syntax

import (
	"strings"
)

// Bounds of a source.
const (
	MaxSource = 512 << 10 // bytes
	MaxDepth  = 100       // blocks inside each other
)

// Parse reads a source. Errors: *Error.
func Parse(name, source string) (*Template, error) {
	t := &Template{Name: name, Source: source}
	if len(source) > MaxSource {
		return nil, newError(t, 0, TooLong, MaxSource)
	}
	p := &parser{t: t, from: &cutter{t: t}}
	body, stop, err := p.block("", 0)
	if err != nil {
		return nil, err
	}
	if stop.name != "" {
		return nil, p.stray(stop, "")
	}
	t.Body = body
	return t, nil
}

// parser turns chunks into nodes.
type parser struct {
	t    *Template
	from source
	trim bool // the markup before ended with a hyphen
	in   []string
}

// source gives chunks; ok is false at the end.
type source interface {
	next() (k chunk, ok bool, err error)
	// until gives the text up to the tag of that name, and what follows it.
	until(open chunk, end string) (text string, closing chunk, err error)
}

// inside are the tags that may stand in a block beside those that may stand anywhere: they divide or end it.
var inside = map[string][]string{
	"if": {"elsif", "else", "endif"}, "unless": {"elsif", "else", "endunless"}, "case": {"when", "else", "endcase"}, "for": {"else", "endfor"},
	"tablerow": {"endtablerow"}, "capture": {"endcapture"}, "ifchanged": {"endifchanged"}, "style": {"endstyle"}, "form": {"endform"},
	"paginate": {"endpaginate"},
}

// block reads nodes up to a tag that divides or ends the block of that name, which it gives; the zero chunk at the end of the source.
func (p *parser) block(name string, depth int) (body []Node, stop chunk, err error) {
	for {
		k, ok, err := p.from.next()
		if err != nil {
			return nil, chunk{}, err
		}
		if !ok {
			return body, chunk{}, nil
		}
		if k.kind != textChunk && k.trimL && len(body) > 0 {
			body = trimEnd(body)
		}
		switch k.kind {
		case textChunk:
			text := k.text
			if p.trim {
				text = strings.TrimLeft(text, spaces)
			}
			if text != "" {
				p.trim = false
				body = append(body, &Text{At: k.at, Text: text})
			}
			continue
		case outputChunk:
			p.trim = k.trimR
			n, err := p.output(k)
			if err != nil {
				return nil, chunk{}, err
			}
			body = append(body, n)
			continue
		}
		p.trim = k.trimR
		if contains(inside[name], k.name) {
			return body, k, nil
		}
		more, err := p.tag(k, depth)
		if err != nil {
			return nil, chunk{}, err
		}
		body = append(body, more...)
	}
}

// trimEnd takes the spaces off the end of the last text, as {%- asks.
func trimEnd(body []Node) []Node {
	last, ok := body[len(body)-1].(*Text)
	if !ok || last.Raw {
		return body
	}
	if last.Text = strings.TrimRight(last.Text, spaces); last.Text == "" {
		return body[:len(body)-1]
	}
	return body
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func (p *parser) output(k chunk) (Node, error) {
	l, err := newLexer(p.t, k.text, k.start)
	if err != nil {
		return nil, err
	}
	v, err := l.piped()
	if err != nil {
		return nil, err
	}
	return &Output{At: k.at, Value: v}, nil
}

// tag reads a tag that may stand anywhere.
func (p *parser) tag(k chunk, depth int) ([]Node, error) {
	if depth >= MaxDepth {
		return nil, newError(p.t, k.at, TooDeep, MaxDepth)
	}
	read, ok := tags[k.name]
	if !ok {
		return nil, p.stray(k, "")
	}
	if k.name == "liquid" {
		return p.liquid(k, depth)
	}
	n, err := read(p, k, depth+1)
	if err != nil {
		return nil, err
	}
	if n == nil {
		return nil, nil
	}
	return []Node{n}, nil
}

// stray is the mistake of a tag that nobody knows, or that has no place here.
func (p *parser) stray(k chunk, in string) error {
	if k.name == "" {
		return newError(p.t, k.at, Missing, "the name of a tag")
	}
	for _, names := range inside {
		if contains(names, k.name) {
			return newError(p.t, k.at, Stray, k.name, in)
		}
	}
	e := newError(p.t, k.at, UnknownTag, k.name)
	e.Hint = Suggest(k.name, tagNames)
	return e
}

// body reads the whole of a block that nothing divides, and the end of it.
func (p *parser) body(k chunk, depth int) ([]Node, error) {
	body, stop, err := p.block(k.name, depth)
	if err == nil && stop.name == "" {
		err = newError(p.t, k.at, Unclosed, k.name)
	}
	return body, err
}

// lexer reads the arguments of a tag.
func (p *parser) lexer(k chunk) (*lexer, error) { return newLexer(p.t, k.text, k.start) }

// bare refuses arguments.
func (p *parser) bare(k chunk) error {
	if strings.TrimSpace(k.text) != "" {
		return newError(p.t, k.start, NoArguments, k.name)
	}
	return nil
}
