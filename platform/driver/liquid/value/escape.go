package value

import "strings"

// entities are what stands in the place of the characters with a meaning in markup and in quoted attributes.
var entities = [256]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&#34;", '\'': "&#39;"}

// AppendEscaped writes text behind b so that it is text in markup too, in quoted attributes as well.
func AppendEscaped(b []byte, s string) []byte {
	start := 0
	for i := range len(s) {
		if e := entities[s[i]]; e != "" {
			b = append(append(b, s[start:i]...), e...)
			start = i + 1
		}
	}
	return append(b, s[start:]...)
}

// Escape makes markup of a value, once: markup stays as it is.
func Escape(v Value) Value {
	switch v.Kind() {
	case Nil, HTML:
		return v
	}
	s := v.String()
	if !strings.ContainsAny(s, `&<>"'`) {
		return OfHTML(s)
	}
	return OfHTML(string(AppendEscaped(nil, s)))
}
