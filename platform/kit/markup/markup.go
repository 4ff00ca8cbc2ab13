package markup

import (
	"html"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
)

// MaxLength is how many bytes of markup are kept; more is cut before it is parsed.
const MaxLength = 256 << 10

var (
	rich = richPolicy()
	// Postgres refuses NUL in a text; a lone carriage return is a line end of old files.
	lines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "")
)

func richPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "b", "em", "i", "u", "s",
		"sub", "sup", "small", "blockquote", "code", "pre", "ul", "ol", "li", "dl", "dt", "dd",
		"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption", "div", "span")
	p.AllowAttrs("colspan", "rowspan").Matching(bluemonday.Integer).OnElements("td", "th")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`^(row|col)$`)).OnElements("th")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[a-zA-Z-]{2,12}$`)).Globally()
	p.AllowStandardURLs()
	p.AllowAttrs("href").OnElements("a")
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	p.AllowAttrs("src").Matching(regexp.MustCompile(`^(/|https://)`)).OnElements("img")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(bluemonday.Integer).OnElements("img")
	return p
}

// Sanitise keeps what describes text and drops everything else. Text without any markup is turned
// into paragraphs at its blank lines. It is idempotent.
func Sanitise(text string) string {
	text = lines.Replace(strings.ToValidUTF8(text, ""))
	if len(text) > MaxLength {
		text = strings.ToValidUTF8(text[:MaxLength], "")
	}
	if strings.Contains(text, "<") {
		text = strings.TrimSpace(rich.Sanitize(text))
	}
	if strings.Contains(text, "<") {
		return text
	}
	return paragraphs(text)
}

func paragraphs(text string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(text, "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			b.WriteString("<p>")
			b.WriteString(strings.ReplaceAll(html.EscapeString(html.UnescapeString(part)), "\n", "<br>"))
			b.WriteString("</p>")
		}
	}
	return b.String()
}

// Excerpt is Plain cut at a word to at most n characters, with an ellipsis when it was cut.
func Excerpt(markup string, n int) string {
	text := []rune(Plain(markup))
	if len(text) <= n {
		return string(text)
	}
	cut := string(text[:n])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:") + "…"
}
