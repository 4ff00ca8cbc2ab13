package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

const head = `# What templates can read

<!-- Written by go generate ./storefront/view from the Go types. Do not edit. -->

A template reads the variables of its page, and those every page has. An object has properties: ` + "`{{ product.price.now }}`" + `. Where
something may be absent it is nil or an empty list, and an absent text is "": ask ` + "`{% if product.price.was %}`" + ` and
` + "`{% if product.sku != \"\" %}`" + `. Text is escaped where it is printed, markup is not. A field may be added, never renamed or
taken away.

Every template also has ` + "`settings`" + ` (those of the theme), a layout has ` + "`content_for_layout`" + `, and a section has ` + "`section`" + ` with its
` + "`id`, `type` and `settings`" + `.
`

// write makes the document.
func write(all map[string]*object) []byte {
	var b bytes.Buffer
	b.WriteString(head)
	pages := sorted(all, func(o *object) bool { return len(o.templates) > 0 })
	shared := map[string]bool{}
	for _, o := range pages {
		for _, name := range o.embeds {
			shared[name] = true
		}
	}
	b.WriteString("\n## Every page\n")
	for _, o := range sorted(all, func(o *object) bool { return shared[o.name] }) {
		fmt.Fprintf(&b, "\n%s\n", o.doc)
		table(&b, all, o)
	}
	b.WriteString("\n## Templates\n")
	for _, o := range pages {
		for _, name := range o.templates {
			fmt.Fprintf(&b, "\n### templates/%s\n\n%s\n", name, said(o))
			table(&b, all, o)
		}
	}
	b.WriteString("\n## Objects\n")
	for _, o := range sorted(all, func(o *object) bool {
		return len(o.templates) == 0 && !shared[o.name] && len(o.fields)+len(o.embeds) > 0
	}) {
		fmt.Fprintf(&b, "\n### %s\n\n%s\n", o.name, o.doc)
		table(&b, all, o)
	}
	return b.Bytes()
}

// said is what the comment of a page says beyond whose data it is.
func said(o *object) string {
	_, rest, _ := strings.Cut(o.doc, `"`+o.templates[0]+`"`)
	rest = strings.TrimSpace(strings.TrimLeft(rest, " :.,"))
	if rest == "" {
		return "Drawn with these variables."
	}
	return strings.ToUpper(rest[:1]) + rest[1:]
}

// table lists the properties of an object, with those of what it embeds but for what every page has.
func table(b *bytes.Buffer, all map[string]*object, o *object) {
	fields := slices.Clone(o.fields)
	for _, name := range o.embeds {
		if inner := all[name]; inner != nil && len(o.templates) == 0 {
			fields = append(fields, inner.fields...)
		}
	}
	if len(fields) == 0 {
		return
	}
	b.WriteString("\n| | | |\n|---|---|---|\n")
	for _, f := range fields {
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", f.name, linked(all, f.kind), strings.ReplaceAll(f.doc, "|", "\\|"))
	}
}

// linked is a kind with a link to the object it names.
func linked(all map[string]*object, kind string) string {
	name := kind[strings.LastIndexByte(kind, ' ')+1:]
	if o := all[name]; o == nil || len(o.fields)+len(o.embeds) == 0 {
		return kind
	}
	return strings.TrimSuffix(kind, name) + fmt.Sprintf("[%s](#%s)", name, strings.ToLower(name))
}
