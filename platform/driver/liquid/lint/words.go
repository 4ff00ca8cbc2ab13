package lint

import (
	"strings"

	"echoppe.dev/platform/driver/liquid/syntax"
)

// words finds keys of translations that languages lack. Keys that are put together are not known.
func (f *file) words() {
	if f.Untranslated == nil {
		return
	}
	f.eachExpr(func(e syntax.Expr) {
		p, ok := e.(*syntax.Piped)
		if !ok || len(p.Filters) == 0 || p.Filters[0].Name != "t" {
			return
		}
		key, ok := p.Value.(*syntax.Literal)
		if !ok || key.Kind != syntax.TextLiteral {
			return
		}
		if missing := f.Untranslated(key.Text); len(missing) > 0 {
			f.report(MissingTranslation, key.At, "", key.Text, strings.Join(missing, ", "))
		}
	})
}

// filters finds filters that are there no more, or will not be for long.
func (f *file) filters() {
	f.eachExpr(func(e syntax.Expr) {
		p, ok := e.(*syntax.Piped)
		if !ok {
			return
		}
		for _, used := range p.Filters {
			if instead, ok := f.Deprecated[used.Name]; ok {
				f.report(DeprecatedFilter, used.At, instead, used.Name)
				if n := len(f.findings); n > 0 && !f.Engine.HasFilter(used.Name) {
					f.findings[n-1].Error = true
				}
			}
		}
	})
}

// files finds files that are rendered and not there.
func (f *file) files() {
	if f.HasFile == nil {
		return
	}
	f.each(func(n syntax.Node) {
		switch n := n.(type) {
		case *syntax.Render:
			if !f.HasFile("snippets", n.File) {
				f.report(MissingFile, n.At, "", "snippets/"+n.File+".liquid")
			}
		case *syntax.Section:
			if !f.HasFile("sections", n.File) {
				f.report(MissingFile, n.At, "", "sections/"+n.File+".liquid")
			}
		}
	})
}
