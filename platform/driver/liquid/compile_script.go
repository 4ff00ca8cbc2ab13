package liquid

import "strings"

// scripts follows the text of a file from its beginning to its end, and knows whether what comes next stands in a script element.
type scripts struct{ state scriptState }

type scriptState int

const (
	outside scriptState = iota
	inTag               // between <script and its >
	inScript
)

func (s *scripts) inside() bool { return s.state == inScript }

// see goes past a piece of text.
func (s *scripts) see(text string) {
	for {
		mark := [...]string{outside: "<script", inTag: ">", inScript: "</script"}[s.state]
		at := indexFold(text, mark)
		if at < 0 {
			return
		}
		text = text[at+len(mark):]
		if s.state == outside && text != "" && strings.IndexByte(" \t\r\n\f/>", text[0]) < 0 {
			continue // <script-of-their-own>
		}
		s.state = (s.state + 1) % (inScript + 1)
	}
}

// indexFold is where a text in small letters of ASCII stands in another, small or large.
func indexFold(s, small string) int {
	for i := 0; ; i++ {
		next := strings.IndexByte(s[i:], small[0])
		if next < 0 || len(s)-i-next < len(small) {
			return -1
		}
		if i += next; strings.EqualFold(s[i:i+len(small)], small) {
			return i
		}
	}
}
