package theme

import (
	"html"
	"io"
	"strings"

	"github.com/osteele/liquid/values"
)

// escaper escapes what templates print.
type escaper struct{}

var replacer = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

// special are the characters with a meaning in markup and in quoted attributes.
const special = `&<>"'`

// WriteString writes s escaped; most texts hold nothing to escape.
func (escaper) WriteString(w io.Writer, s string) (int, error) {
	if !strings.ContainsAny(s, special) {
		return io.WriteString(w, s)
	}
	return replacer.WriteString(w, s)
}

// safe marks markup made by a filter.
func safe(markup string) values.SafeValue { return values.SafeValue{Value: markup} }

// escape makes markup of any value, once: markup stays as it is.
func escape(v any) any {
	if already, ok := v.(values.SafeValue); ok {
		return already
	}
	return safe(replacer.Replace(text(v)))
}

// words is the text of a value without markup, for filters that cut or compare.
func words(v any) string {
	if markup, ok := v.(values.SafeValue); ok {
		return html.UnescapeString(tagPattern.ReplaceAllString(text(markup.Value), ""))
	}
	return text(v)
}
