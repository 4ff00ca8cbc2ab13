package lint

import "echoppe.dev/platform/driver/liquid/syntax"

// unused finds variables that are written and never read: no other file sees them.
func (f *file) unused() {
	read := f.reads()
	if read == nil {
		return
	}
	f.each(func(n syntax.Node) {
		name := ""
		switch n := n.(type) {
		case *syntax.Assign:
			name = n.Name
		case *syntax.Capture:
			name = n.Name
		}
		if name != "" && !read[name] {
			f.report(UnusedVariable, n.Start(), "", name)
		}
	})
}

// reads are the names a file reads; nil when one is computed, which may be any.
func (f *file) reads() map[string]bool {
	read, computed := map[string]bool{}, false
	f.eachExpr(func(e syntax.Expr) {
		if p, ok := e.(*syntax.Path); ok {
			read[p.Name] = true
			computed = computed || p.Root != nil
		}
	})
	if computed {
		return nil
	}
	return read
}
