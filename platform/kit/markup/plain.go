package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Plain is the text of markup on one line, for search, descriptions and mails. It is not HTML.
func Plain(markup string) string {
	var text strings.Builder
	var hidden atom.Atom // the element we are in whose content nobody reads
	for z := html.NewTokenizer(strings.NewReader(markup)); ; {
		switch kind := z.Next(); kind {
		case html.ErrorToken: // the end: a string cannot fail
			return oneLine(text.String())
		case html.TextToken:
			if hidden == 0 {
				text.Write(z.Text())
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch tag := atom.Lookup(name); {
			case unread[tag] && kind == html.StartTagToken && hidden == 0:
				hidden = tag
			case tag == hidden && kind == html.EndTagToken:
				hidden = 0
			case blocks[tag] && kind == html.EndTagToken, tag == atom.Br:
				text.WriteByte(' ') // "<p>a</p><p>b</p>" reads "a b" and not "ab"
			}
		}
	}
}

var (
	unread = set(atom.Script, atom.Style, atom.Iframe, atom.Object, atom.Noscript, atom.Frameset, atom.Noframes, atom.Noembed)
	blocks = set(atom.P, atom.Div, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Td, atom.Th, atom.Tr, atom.Blockquote, atom.Dt, atom.Dd, atom.Pre, atom.Caption, atom.Figcaption)
)

func set(tags ...atom.Atom) map[atom.Atom]bool {
	in := make(map[atom.Atom]bool, len(tags))
	for _, t := range tags {
		in[t] = true
	}
	return in
}

// oneLine leaves one space where there was white space. A space that must not break is no such.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f'
	}), " ")
}
