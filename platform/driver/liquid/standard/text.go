package standard

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
)

const spaces = " \t\r\n\f\v\x00"

func texts() map[string]liquid.Filter {
	plain := func(change func(string) string) liquid.Filter {
		return takes(0, 0, func(c *liquid.Call, in value.Value) value.Value { return c.Text(change(Text(c, in))) })
	}
	return map[string]liquid.Filter{
		"upcase": plain(strings.ToUpper), "downcase": plain(strings.ToLower), "capitalize": plain(capitalize),
		"strip":          plain(func(s string) string { return strings.Trim(s, spaces) }),
		"lstrip":         plain(func(s string) string { return strings.TrimLeft(s, spaces) }),
		"rstrip":         plain(func(s string) string { return strings.TrimRight(s, spaces) }),
		"strip_newlines": plain(strings.NewReplacer("\r\n", "", "\n", "").Replace),
		"append":         takes(1, 1, func(c *liquid.Call, in value.Value) value.Value { return join(c, in, c.Arg(0)) }),
		"prepend":        takes(1, 1, func(c *liquid.Call, in value.Value) value.Value { return join(c, c.Arg(0), in) }),
		"replace":        takes(1, 2, replace), "replace_first": takes(1, 2, replaceFirst), "replace_last": takes(2, 2, replaceLast),
		"remove": takes(1, 1, replace), "remove_first": takes(1, 1, replaceFirst), "remove_last": takes(1, 1, replaceLast),
		"truncate": takes(0, 2, truncate), "truncatewords": takes(0, 2, truncateWords),
		"slice": takes(1, 2, slice), "split": takes(1, 1, split), "size": takes(0, 0, size),
	}
}

func capitalize(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + strings.ToLower(s[n:])
}

// join puts two texts together; with markup in either, the other is escaped first.
func join(c *liquid.Call, a, b value.Value) value.Value {
	markup := a.Kind() == value.HTML || b.Kind() == value.HTML
	if markup {
		a, b = escaped(c, a), escaped(c, b)
	}
	left, right := c.String(a), c.String(b)
	if !c.Fits(len(left) + len(right)) {
		return value.None
	}
	if markup {
		return value.OfHTML(left + right)
	}
	return value.OfText(left + right)
}

func replace(c *liquid.Call, in value.Value) value.Value {
	s, from, to := Text(c, in), c.String(c.Arg(0)), c.String(c.Arg(1))
	n := strings.Count(s, from)
	if !c.Work(len(s)) || !c.Fits(len(s)+n*(len(to)-len(from))) {
		return value.None
	}
	return value.OfText(strings.ReplaceAll(s, from, to))
}

func replaceFirst(c *liquid.Call, in value.Value) value.Value {
	s, from := Text(c, in), c.String(c.Arg(0))
	return replaceAt(c, s, strings.Index(s, from), len(from))
}

func replaceLast(c *liquid.Call, in value.Value) value.Value {
	s, from := Text(c, in), c.String(c.Arg(0))
	return replaceAt(c, s, strings.LastIndex(s, from), len(from))
}

// replaceAt puts the second argument in the place of n bytes.
func replaceAt(c *liquid.Call, s string, at, n int) value.Value {
	to := c.String(c.Arg(1))
	if at < 0 {
		return value.OfText(s)
	}
	if !c.Fits(len(s) - n + len(to)) {
		return value.None
	}
	return value.OfText(s[:at] + to + s[at+n:])
}

// ending is what stands in the place of what was cut off.
func ending(c *liquid.Call) string {
	if c.Len() > 1 {
		return c.String(c.Arg(1))
	}
	return "..."
}

func truncate(c *liquid.Call, in value.Value) value.Value {
	most, ok := whole(c, 0, 50)
	if !ok || in.IsNil() {
		return value.None
	}
	s, end := Text(c, in), ending(c)
	if int64(utf8.RuneCountInString(s)) <= most {
		return value.OfText(s)
	}
	return c.Text(firstRunes(s, most-int64(utf8.RuneCountInString(end))) + end)
}

// firstRunes are the first n characters of a text.
func firstRunes(s string, n int64) string {
	for i := range s {
		if n <= 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func truncateWords(c *liquid.Call, in value.Value) value.Value {
	most, ok := whole(c, 0, 15)
	if !ok || in.IsNil() {
		return value.None
	}
	most = max(most, 1)
	s := Text(c, in)
	words := strings.Fields(s)
	if int64(len(words)) <= most {
		return value.OfText(s)
	}
	return c.Text(strings.Join(words[:most], " ") + ending(c))
}

// slice cuts a part out of a text, in characters, or out of a list.
func slice(c *liquid.Call, in value.Value) value.Value {
	from, ok := whole(c, 0, 0)
	if !ok {
		return value.None
	}
	count := int64(1)
	if c.Len() > 1 && !c.Arg(1).IsNil() {
		if count, ok = whole(c, 1, 1); !ok {
			return value.None
		}
	}
	if k := in.Kind(); k == value.List || k == value.Range {
		if from, to, ok := cut(from, count, int64(in.Len())); ok {
			return in.Slice(int(from), int(to))
		}
		return value.OfList(nil)
	}
	s := Text(c, in)
	first, last, ok := cut(from, count, int64(utf8.RuneCountInString(s)))
	if !ok {
		return value.OfText("")
	}
	rest := s[len(firstRunes(s, first)):]
	return value.OfText(firstRunes(rest, last-first))
}

// cut is the part of n things that begins at from, counted from the end when it is negative.
func cut(from, count, n int64) (first, last int64, ok bool) {
	if from < 0 {
		from += n
	}
	if from < 0 || from > n || count < 0 {
		return 0, 0, false
	}
	return from, from + min(count, n-from), true
}

// split cuts a text at each separator, a single space standing for any spaces; nothing at the end is left out.
func split(c *liquid.Call, in value.Value) value.Value {
	s, by := Text(c, in), c.String(c.Arg(0))
	if !c.Room(parts(s, by)) {
		return value.None
	}
	var list []string
	switch by {
	case " ":
		list = strings.Fields(s)
	default:
		list = strings.Split(s, by)
	}
	for len(list) > 0 && list[len(list)-1] == "" {
		list = list[:len(list)-1]
	}
	values := make([]value.Value, len(list))
	for i, x := range list {
		values[i] = value.OfText(x)
	}
	return value.OfList(values)
}

// parts is about how many parts split will make.
func parts(s, by string) int {
	if by == "" {
		return utf8.RuneCountInString(s)
	}
	return strings.Count(s, by) + 1
}

func size(c *liquid.Call, in value.Value) value.Value {
	if in.IsText() && c.Work(len(in.Raw())) {
		return value.OfInt(utf8.RuneCountInString(in.Raw()))
	}
	return value.OfInt(in.Len())
}
