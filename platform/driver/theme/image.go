package theme

import (
	"fmt"
	"strconv"
	"strings"
)

// srcset is the attribute that lists an image's widths.
func srcset(v any) (any, error) {
	p, ok := unwrap(v).(Picture)
	if !ok {
		return nil, fmt.Errorf("image_srcset wants an image, not %T", v)
	}
	return joinSources(p), nil
}

func joinSources(p Picture) string {
	var b strings.Builder
	urls, widths := p.ImageSources()
	for i, u := range urls {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(u)
		b.WriteByte(' ')
		b.WriteString(strconv.Itoa(widths[i]))
		b.WriteByte('w')
	}
	return b.String()
}

// imageTag is the whole img element: {{ image | image_tag: 'class', sizes: '50vw' }}.
// Named arguments: sizes, alt (another text), loading ("lazy" unless given),
// priority: true for the picture that is the page's largest paint.
func imageTag(v any, args ...any) (any, error) {
	p, ok := unwrap(v).(Picture)
	if !ok {
		return nil, fmt.Errorf("image_tag wants an image, not %T", v)
	}
	src, alt, width, height := p.ImageAttributes()
	with := named(args)
	if other, ok := with["alt"]; ok {
		alt = text(other)
	}
	var b strings.Builder
	b.Grow(512)
	attr := func(name, value string) {
		b.WriteByte(' ')
		b.WriteString(name)
		b.WriteString(`="`)
		_, _ = escaper{}.WriteString(&b, value)
		b.WriteByte('"')
	}
	b.WriteString("<img")
	if class, ok := firstText(args); ok {
		attr("class", class)
	}
	attr("src", src)
	if set := joinSources(p); set != "" {
		attr("srcset", set)
		if sizes := text(with["sizes"]); sizes != "" {
			attr("sizes", sizes)
		}
	}
	attr("width", strconv.Itoa(width))
	attr("height", strconv.Itoa(height))
	attr("alt", alt)
	if with["priority"] == true {
		attr("fetchpriority", "high")
	} else if loading := text(with["loading"]); loading != "" {
		attr("loading", loading)
	} else {
		attr("loading", "lazy")
	}
	attr("decoding", "async")
	b.WriteByte('>')
	return safe(b.String()), nil
}

func firstText(args []any) (string, bool) {
	if len(args) == 0 {
		return "", false
	}
	s, ok := args[0].(string)
	return s, ok && s != ""
}
