package syntax

import "strings"

// token is a word of an expression.
type token struct {
	kind tokenKind
	text string // of quoted text: without its quotes
	at   Pos
}

type tokenKind int

const (
	endToken tokenKind = iota
	nameToken
	textToken   // quoted
	numberToken // with its sign
	markToken   // punctuation and operators
)

// lexer reads the words of one markup.
type lexer struct {
	t    *Template
	s    string
	base Pos // of s in the source
	at   int
	tok  token // the word at hand
}

func newLexer(t *Template, s string, base Pos) (*lexer, error) {
	l := &lexer{t: t, s: s, base: base}
	return l, l.advance()
}

// advance reads the next word into tok.
func (l *lexer) advance() error {
	for l.at < len(l.s) && strings.IndexByte(spaces, l.s[l.at]) >= 0 {
		l.at++
	}
	l.tok = token{at: l.base + Pos(l.at)}
	if l.at == len(l.s) {
		return nil
	}
	start, c := l.at, l.s[l.at]
	switch {
	case c == '\'' || c == '"':
		end := strings.IndexByte(l.s[start+1:], c)
		if end < 0 {
			return newError(l.t, l.tok.at, Unclosed, string(c))
		}
		l.at += end + 2
		l.tok.kind, l.tok.text = textToken, l.s[start+1:start+1+end]
	case c >= '0' && c <= '9', c == '-' && start+1 < len(l.s) && isDigit(l.s[start+1]):
		l.number()
	case isWord(c):
		l.name()
	default:
		return l.mark()
	}
	return nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// number reads digits with at most one point; "1..5" is two numbers and a range between them.
func (l *lexer) number() {
	start := l.at
	l.at++
	for l.at < len(l.s) && isDigit(l.s[l.at]) {
		l.at++
	}
	if l.at+1 < len(l.s) && l.s[l.at] == '.' && isDigit(l.s[l.at+1]) {
		l.at++
		for l.at < len(l.s) && isDigit(l.s[l.at]) {
			l.at++
		}
	}
	l.tok.kind, l.tok.text = numberToken, l.s[start:l.at]
}

// name reads a name: letters, digits, _ and -, with a ? at its end if there is one.
func (l *lexer) name() {
	start := l.at
	for l.at < len(l.s) && (isWord(l.s[l.at]) || l.s[l.at] == '-') {
		l.at++
	}
	if l.at < len(l.s) && l.s[l.at] == '?' {
		l.at++
	}
	l.tok.kind, l.tok.text = nameToken, l.s[start:l.at]
}

// marks are the punctuation, longer ones first.
var marks = []string{"==", "!=", "<>", "<=", ">=", "..", "<", ">", "|", ":", ",", ".", "[", "]", "(", ")", "="}

func (l *lexer) mark() error {
	for _, m := range marks {
		if strings.HasPrefix(l.s[l.at:], m) {
			l.at += len(m)
			l.tok.kind, l.tok.text = markToken, m
			return nil
		}
	}
	r := []rune(l.s[l.at:min(len(l.s), l.at+4)])
	return newError(l.t, l.tok.at, Unexpected, string(r[:1]))
}

// is tells whether the word at hand is that punctuation.
func (l *lexer) is(mark string) bool { return l.tok.kind == markToken && l.tok.text == mark }

// word tells whether the word at hand is that name.
func (l *lexer) word(name string) bool { return l.tok.kind == nameToken && l.tok.text == name }

// accept goes past that punctuation when it is at hand.
func (l *lexer) accept(mark string) (bool, error) {
	if !l.is(mark) {
		return false, nil
	}
	return true, l.advance()
}

// expect goes past that punctuation, which must be at hand.
func (l *lexer) expect(mark string) error {
	if ok, err := l.accept(mark); ok || err != nil {
		return err
	}
	if l.tok.kind == endToken {
		return newError(l.t, l.tok.at, Missing, mark)
	}
	return l.unexpected()
}

func (l *lexer) unexpected() error {
	if l.tok.kind == endToken {
		return newError(l.t, l.tok.at, Missing, "a value")
	}
	return newError(l.t, l.tok.at, Unexpected, l.tok.text)
}

// end refuses anything left.
func (l *lexer) end() error {
	if l.tok.kind != endToken {
		return newError(l.t, l.tok.at, Unexpected, l.tok.text)
	}
	return nil
}
