package liquid

import "echoppe.dev/platform/driver/liquid/value"

// text is a value as text, unless that would be too long: a list may hold one long text thousands of times.
func (r *Run) text(v value.Value) string {
	if v.IsText() {
		return v.Raw()
	}
	b, fits := v.AppendWithin(nil, r.limits.Text)
	if !fits {
		r.over(BudgetText, r.limits.Text)
		return ""
	}
	if !r.tick(len(b) / stepBytes) {
		return ""
	}
	return string(b)
}

// same is value.Equal with its work counted: texts by their bytes, lists by their elements.
func (r *Run) same(a, b value.Value) bool {
	if n := max(len(a.Raw()), len(b.Raw())); n > free && !r.tick(n/stepBytes) {
		return false
	}
	if a.Kind() != value.List || b.Kind() != value.List {
		return value.Equal(a, b)
	}
	if a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		if !r.tick(1) || !r.same(a.Index(i), b.Index(i)) {
			return false
		}
	}
	return true
}

// size is value.Value.Size with its work counted.
func (r *Run) size(v value.Value) int {
	if v.Kind() == value.List && !r.tick(v.Len()/8) {
		return 0
	}
	return v.Size()
}
