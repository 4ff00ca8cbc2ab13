package standard

import (
	"strings"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
)

func markup() map[string]liquid.Filter {
	escape := takes(0, 0, escaped)
	return map[string]liquid.Filter{
		"escape": escape, "h": escape, "escape_once": takes(0, 0, escapeOnce),
		"newline_to_br": takes(0, 0, newlineToBr), "strip_html": takes(0, 0, stripHTML),
	}
}

// escaped makes markup of a value, once.
func escaped(c *liquid.Call, in value.Value) value.Value {
	if in.IsNil() || in.Kind() == value.HTML {
		return in
	}
	s := c.String(in)
	if !c.Work(len(s)) {
		return value.None
	}
	out := value.Escape(value.OfText(s))
	c.Fits(len(out.Raw()))
	return out
}

// escapeOnce is escape that leaves alone what is escaped already: text that says "&amp;" is taken for markup that does.
func escapeOnce(c *liquid.Call, in value.Value) value.Value {
	if in.Kind() != value.Text {
		return escaped(c, in)
	}
	s := Text(c, in)
	var b []byte
	for s != "" {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			i = len(s)
		}
		b = value.AppendEscaped(b, s[:i])
		if s = s[i:]; s == "" {
			break
		}
		if n := entity(s); n > 0 {
			b, s = append(b, s[:n]...), s[n:]
		} else {
			b, s = append(b, "&amp;"...), s[1:]
		}
	}
	return c.HTML(string(b))
}

// entity is how long the entity is that a text begins with, 0 for none.
func entity(s string) int {
	end := strings.IndexByte(s[:min(len(s), 34)], ';')
	if end < 2 {
		return 0
	}
	name := s[1:end]
	number := strings.HasPrefix(name, "#")
	for i := range len(name) {
		c := name[i]
		digit := c >= '0' && c <= '9'
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if i == 0 && number {
			continue
		}
		if number && !digit || !number && !letter || number && len(name) == 1 {
			return 0
		}
	}
	return end + 1
}

// newlineToBr makes markup in which line breaks can be seen.
func newlineToBr(c *liquid.Call, in value.Value) value.Value {
	in = escaped(c, in)
	if in.IsNil() {
		return in
	}
	s := in.Raw()
	if !c.Fits(len(s) + strings.Count(s, "\n")*len("<br />")) {
		return value.None
	}
	return value.OfHTML(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "<br />\n"))
}

// blocks are elements whose content goes with them, and comments.
var blocks = []struct{ open, end string }{{"<script", "</script>"}, {"<style", "</style>"}, {"<!--", "-->"}}

// stripHTML takes tags out of a text, with scripts, style sheets and comments. The result is text, also of markup.
func stripHTML(c *liquid.Call, in value.Value) value.Value {
	if in.Kind() == value.HTML {
		return c.Text(Text(c, in))
	}
	return c.Text(withoutTags(Text(c, in)))
}

func withoutTags(s string) string {
	open := make([]bool, len(blocks))
	lower := strings.ToLower(s)
	if len(lower) != len(s) {
		lower = s // a character whose small letter is longer: offsets would not fit
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		at := strings.IndexByte(s[i:], '<')
		if at < 0 {
			b.WriteString(s[i:])
			break
		}
		b.WriteString(s[i : i+at])
		i += at
		end := tagEnd(lower, i, open)
		if end < 0 { // no tag closes any more
			b.WriteString(s[i:])
			break
		}
		i = end
	}
	return b.String()
}

// tagEnd is where what begins at a < ends, -1 when it never does. open says of each of blocks that none ends from here on.
func tagEnd(s string, at int, open []bool) int {
	for i, block := range blocks {
		if !open[i] && strings.HasPrefix(s[at:], block.open) {
			if end := strings.Index(s[at:], block.end); end >= 0 {
				return at + end + len(block.end)
			}
			open[i] = true
		}
	}
	if end := strings.IndexByte(s[at:], '>'); end >= 0 {
		return at + end + 1
	}
	return -1
}
