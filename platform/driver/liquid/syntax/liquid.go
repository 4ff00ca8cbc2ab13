package syntax

import "strings"

// liquid reads {% liquid %}, in which each line is a tag.
func (p *parser) liquid(k chunk, depth int) ([]Node, error) {
	lines := &lines{t: p.t, text: k.text, base: k.start}
	inner := &parser{t: p.t, from: lines}
	body, stop, err := inner.block("", depth+1)
	if err != nil {
		return nil, err
	}
	if stop.name != "" {
		return nil, p.stray(stop, "liquid")
	}
	return body, nil
}

// lines gives the lines of a {% liquid %} as tags.
type lines struct {
	t    *Template
	text string
	base Pos
	at   int
}

func (s *lines) next() (chunk, bool, error) {
	for s.at < len(s.text) {
		start := s.at
		end := strings.IndexByte(s.text[start:], '\n')
		if end < 0 {
			end = len(s.text) - start
		}
		s.at = min(len(s.text), start+end+1)
		line := strings.TrimRight(s.text[start:start+end], spaces)
		if strings.TrimSpace(line) == "" {
			continue
		}
		k := chunk{kind: tagChunk, end: s.base + Pos(s.at)}
		k.name, k.text, k.start = splitName(line, s.base+Pos(start))
		k.at = k.start - Pos(len(k.name))
		return k, true, nil
	}
	return chunk{}, false, nil
}

// until goes on to the line that is the tag of that name.
func (s *lines) until(open chunk, end string) (string, chunk, error) {
	start, depth := s.at, 1
	for {
		at := s.at
		k, ok, err := s.next()
		if err != nil || !ok {
			return "", chunk{}, newError(s.t, open.at, Unclosed, open.name)
		}
		switch k.name {
		case open.name:
			depth++
		case end:
			if depth--; depth == 0 {
				return s.text[start:at], k, nil
			}
		}
	}
}
