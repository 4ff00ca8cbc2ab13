package theme

import (
	"regexp"
	"strings"
)

// source is a template file made ready for the parser.
type source struct {
	text  string
	lines []int // lines[i] is the author's line of line i+1 of text
}

var (
	markup    = regexp.MustCompile(`(?s)\{%-?\s*(\w+).*?%\}|\{\{.*?\}\}`)
	firstWord = regexp.MustCompile(`(\|\s*\w+\s*:\s*)(\w+\s*:)`)
)

// prepare rewrites a template for the library: comments go, indentation and blank
// lines between tags shrink to one line break, every loop gets a tick, capture
// becomes the counting one, and a filter may start with a named argument
// ({{ 'key' | t: n: 3 }}), which the library's grammar lacks. Files with
// preformatted text keep their spaces.
func prepare(text string) source {
	w := &rewriter{keep: strings.Contains(text, "<pre"), line: 1}
	w.out.lines = []int{1}
	rest, until := text, ""
	for rest != "" {
		at := markup.FindStringSubmatchIndex(rest)
		if at == nil {
			break
		}
		before, token, name := rest[:at[0]], rest[at[0]:at[1]], ""
		if at[2] >= 0 {
			name = rest[at[2]:at[3]]
		}
		rest = rest[at[1]:]
		if until != "" { // inside raw or comment: nothing is markup but its end
			w.inside(until, before, token, name)
			if name == until {
				until = ""
			}
			continue
		}
		w.words(before)
		switch name {
		case "comment":
			until = "endcomment"
			w.skip(token)
		case "raw":
			until = "endraw"
			w.verbatim(token)
		case "capture", "endcapture":
			w.verbatim(strings.Replace(token, name, strings.Replace(name, "capture", captureTag, 1), 1))
		case "for", "tablerow":
			w.verbatim(firstWord.ReplaceAllString(token, "${1}nil, ${2}"))
			w.verbatim("{% " + tickTag + " %}")
		default:
			w.verbatim(firstWord.ReplaceAllString(token, "${1}nil, ${2}"))
		}
	}
	w.words(rest)
	w.out.text = strings.TrimRight(w.text.String(), " \t\r\n")
	return w.out
}

// rewriter builds the new text and remembers which of its lines came from where.
type rewriter struct {
	out   source
	text  strings.Builder
	line  int // the author's line we are at
	keep  bool
	fresh bool // the last thing written was a line break of ours
}

func (w *rewriter) inside(until, before, token, name string) {
	if until == "endcomment" {
		w.skip(before)
		w.skip(token)
		return
	}
	w.verbatim(before)
	w.verbatim(token)
}

func (w *rewriter) skip(s string) { w.line += strings.Count(s, "\n") }

func (w *rewriter) verbatim(s string) {
	for i := range len(s) {
		if s[i] == '\n' {
			w.line++
			w.out.lines = append(w.out.lines, w.line)
		}
	}
	w.text.WriteString(s)
	if s != "" {
		w.fresh = false
	}
}

// words writes text between tags with every run of spaces that holds a line break
// shrunk to one break.
func (w *rewriter) words(s string) {
	if w.keep {
		w.verbatim(s)
		return
	}
	for s != "" {
		end := strings.IndexAny(s, "\n")
		if end < 0 {
			w.verbatim(s)
			return
		}
		w.verbatim(strings.TrimRight(s[:end], " \t\r"))
		after := strings.TrimLeft(s[end:], " \t\r\n")
		w.line += strings.Count(s[end:len(s)-len(after)], "\n")
		s = after
		switch {
		case w.text.Len() == 0: // nothing before: the file starts here
			w.out.lines[0] = w.line
		case w.fresh: // only a comment since the last break
			w.out.lines[len(w.out.lines)-1] = w.line
		default:
			w.text.WriteByte('\n')
			w.out.lines = append(w.out.lines, w.line)
			w.fresh = true
		}
	}
}
