package lint

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"echoppe.dev/platform/driver/liquid/syntax"
)

// page is the text of a file in the order of its source, all branches behind each other, with a mark in the place of each expression.
// Marks of equal expressions are equal, so that for="{{ id }}" belongs to id="{{ id }}".
type page struct {
	text   strings.Builder
	pieces []piece
	marks  map[string]int
}

// piece says where in the source a part of the text stands.
type piece struct {
	from int
	at   syntax.Pos
}

// mark begins and ends what stands for an expression; no template holds it.
const mark = "\x01"

func (p *page) add(at syntax.Pos, text string) {
	p.pieces = append(p.pieces, piece{p.text.Len(), at})
	p.text.WriteString(text)
}

// place is where in the source a part of the text stands.
func (p *page) place(offset int) syntax.Pos {
	i, exact := slices.BinarySearchFunc(p.pieces, offset, func(a piece, b int) int { return a.from - b })
	if !exact {
		i--
	}
	return p.pieces[i].at + syntax.Pos(offset-p.pieces[i].from)
}

// flatten makes the page of a file. renders says that parts of it stand in other files.
func (f *file) flatten() (p *page, renders bool) {
	p = &page{marks: map[string]int{}}
	f.each(func(n syntax.Node) {
		switch n := n.(type) {
		case *syntax.Text:
			p.add(n.At, n.Text)
		case *syntax.Output:
			p.add(n.At, p.markOf(f.source(n)))
		case *syntax.Render:
			renders = true
			p.add(n.At, mark+"file:"+n.File+mark)
		case *syntax.Section:
			renders = true
			p.add(n.At, mark+"section"+mark)
		case *syntax.Cycle, *syntax.Counter:
			p.add(n.Start(), mark+"value"+mark)
		}
	})
	return p, renders
}

// source is an expression as it was written, up to the end of its markup.
func (f *file) source(n *syntax.Output) string {
	rest := f.tree.Source[n.At:]
	end := strings.Index(rest, "}}")
	if tag := strings.Index(rest, "%}"); end < 0 || tag >= 0 && tag < end {
		end = tag
	}
	return strings.Trim(rest[:max(0, end)], " -{%\n\t")
}

func (p *page) markOf(source string) string {
	i, ok := p.marks[source]
	if !ok {
		i = len(p.marks)
		p.marks[source] = i
	}
	return fmt.Sprint(mark, i, mark)
}

// tag is one element of the page, as far as the rules ask.
type tag struct {
	name   string
	at     syntax.Pos
	attrs  map[string]string
	open   bool // some of its attributes are printed by an expression
	within bool // a label
}

// tags are the elements the rules ask about, what labels say they are for, and the files that are rendered inside of labels.
func (p *page) tags() (list []tag, labels map[string]bool, inside []string) {
	labels = map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(p.text.String()))
	offset, depth := 0, 0
	for {
		kind := z.Next()
		raw := z.Raw()
		start := offset
		offset += len(raw)
		switch kind {
		case html.ErrorToken:
			return list, labels, inside
		case html.TextToken:
			if depth > 0 {
				inside = append(inside, filesIn(string(raw))...)
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "label" {
				depth--
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			// What stands in quotes may hold marks; a mark elsewhere prints attributes.
			t := tag{at: p.place(start), attrs: map[string]string{}, within: depth > 0}
			name, more := z.TagName()
			t.name = string(name)
			for more {
				var key, val []byte
				key, val, more = z.TagAttr()
				t.open = t.open || strings.Contains(string(key), mark)
				t.attrs[string(key)] = string(val)
			}
			if t.name == "label" {
				depth++
				labels[t.attrs["for"]] = true
			}
			list = append(list, t)
		}
	}
}

// filesIn are the files whose marks stand in a text.
func filesIn(text string) (names []string) {
	for _, part := range strings.Split(text, mark) {
		if name, ok := strings.CutPrefix(part, "file:"); ok {
			names = append(names, name)
		}
	}
	return names
}

// markup finds pictures without words and fields without labels.
func (f *file) markup() {
	p, renders := f.flatten()
	if len(p.pieces) == 0 {
		return
	}
	tags, labels, _ := p.tags()
	for _, t := range tags {
		switch {
		case t.open:
		case t.name == "img":
			if _, ok := t.attrs["alt"]; !ok {
				f.report(ImageAlt, t.at, "")
			}
		case !f.Within && t.unlabelled(labels, renders, f.Part):
			f.report(FieldLabel, t.at, "", t.name)
		}
	}
}

// unlabelled tells whether it is a field that nothing says the name of. A label may stand in a file that is rendered, and that of a field
// whose id is given to a part in the file that gives it.
func (t tag) unlabelled(labels map[string]bool, renders, part bool) bool {
	switch t.name {
	case "input":
		kind := t.attrs["type"]
		if strings.Contains(kind, mark) || slices.Contains([]string{"hidden", "submit", "button", "image", "reset"}, strings.ToLower(kind)) {
			return false
		}
	case "select", "textarea":
	default:
		return false
	}
	if t.within || t.attrs["aria-label"] != "" || t.attrs["aria-labelledby"] != "" || t.attrs["title"] != "" {
		return false
	}
	id := t.attrs["id"]
	if part && strings.Contains(id, mark) {
		return false
	}
	return id == "" || !labels[id] && !renders
}
