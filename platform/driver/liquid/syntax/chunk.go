package syntax

import "strings"

// chunk is a piece of a source: text, an output or a tag.
type chunk struct {
	kind  chunkKind
	at    Pos    // of text: its start; of markup: that of its braces
	text  string // of markup: what is inside
	start Pos    // where text begins, for markup
	end   Pos    // behind the chunk
	name  string // of a tag: its first word, "#" for a comment
	trimL bool   // the hyphens of {{- and -}}
	trimR bool
}

type chunkKind int

const (
	textChunk chunkKind = iota
	outputChunk
	tagChunk
)

// cutter cuts a source into chunks.
type cutter struct {
	t  *Template
	at int
}

// next is the next chunk; ok is false at the end.
func (c *cutter) next() (k chunk, ok bool, err error) {
	rest := c.t.Source[c.at:]
	if rest == "" {
		return chunk{}, false, nil
	}
	open := nextMarkup(rest)
	if open != 0 {
		if open < 0 {
			open = len(rest)
		}
		k = chunk{kind: textChunk, at: Pos(c.at), text: rest[:open], end: Pos(c.at + open)}
		c.at += open
		return k, true, nil
	}
	k, err = c.markup(rest)
	c.at = int(k.end)
	return k, true, err
}

// nextMarkup is where {{ or {% begins, -1 for nowhere.
func nextMarkup(s string) int {
	for i := 0; ; {
		j := strings.IndexByte(s[i:], '{')
		if j < 0 || i+j+1 >= len(s) {
			return -1
		}
		i += j
		if s[i+1] == '{' || s[i+1] == '%' {
			return i
		}
		i++
	}
}

// markup reads {{ … }} or {% … %}, which rest begins with. Quoted text may hold closing braces in an output, as in the reference
// implementation; a tag ends at the first %}.
func (c *cutter) markup(rest string) (chunk, error) {
	k := chunk{kind: tagChunk, at: Pos(c.at)}
	closing := "%}"
	if rest[1] == '{' {
		k.kind, closing = outputChunk, "}}"
	}
	end := strings.Index(rest[2:], closing)
	if end < 0 {
		k.end = Pos(len(c.t.Source))
		return k, newError(c.t, k.at, Unclosed, rest[:2])
	}
	end += 2
	if k.kind == outputChunk {
		if nested := nextMarkup(rest[2:end]); nested >= 0 && !quoted(rest[2:end], nested) {
			k.end = Pos(c.at + end + 2)
			return k, newError(c.t, k.at, Unclosed, rest[:2])
		}
	}
	k.end = Pos(c.at + end + 2)
	inner, start := rest[2:end], c.at+2
	if strings.HasPrefix(inner, "-") {
		k.trimL, inner, start = true, inner[1:], start+1
	}
	if strings.HasSuffix(inner, "-") {
		k.trimR, inner = true, inner[:len(inner)-1]
	}
	k.text, k.start = inner, Pos(start)
	if k.kind == tagChunk {
		k.name, k.text, k.start = splitName(inner, k.start)
	}
	return k, nil
}

// quoted tells whether the offset stands inside a quoted text.
func quoted(s string, at int) bool {
	quote := byte(0)
	for i := range at {
		switch c := s[i]; {
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case c == quote:
			quote = 0
		}
	}
	return quote != 0
}

// splitName takes the name of a tag off its markup.
func splitName(s string, at Pos) (name, rest string, start Pos) {
	trimmed := strings.TrimLeft(s, spaces)
	at += Pos(len(s) - len(trimmed))
	if strings.HasPrefix(trimmed, "#") {
		return "#", trimmed[1:], at + 1
	}
	n := 0
	for n < len(trimmed) && isWord(trimmed[n]) {
		n++
	}
	return trimmed[:n], trimmed[n:], at + Pos(n)
}

const spaces = " \t\r\n\f\v"

func isWord(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}
