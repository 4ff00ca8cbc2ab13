package liquid

import (
	"errors"

	"echoppe.dev/platform/driver/liquid/value"
)

// Filter is a function templates may call: {{ input | name: arg, key: value }}. One of Make and Write is set.
type Filter struct {
	// Make gives a value.
	Make func(c *Call, in value.Value) value.Value
	// Write writes markup into the page, by the methods of Call. Where its result is used as a value it is HTML.
	Write func(c *Call, in value.Value)
	// Min and Max are how many arguments without names it takes.
	Min, Max int
	// Named are the names of those it takes with a name; nil for none, Any for any.
	Named []string
}

// Any is Filter.Named of one that takes arguments of any name.
var Any = []string{"*"}

// Call is one call of a filter, valid while it lasts.
type Call struct {
	run    *Run
	args   []value.Value
	names  []string // of the last len(names) of args
	script bool
}

// Len is how many arguments without a name there are.
func (c *Call) Len() int { return len(c.args) - len(c.names) }

// Arg is an argument by its place; nil where there are fewer.
func (c *Call) Arg(i int) value.Value {
	if i >= c.Len() {
		return value.None
	}
	return c.args[i]
}

// Named is an argument by its name.
func (c *Call) Named(name string) (value.Value, bool) {
	n := c.Len()
	for i, known := range c.names {
		if known == name {
			return c.args[n+i], true
		}
	}
	return value.None, false
}

// NamedAt is the i-th argument with a name; ok is false where there are fewer.
func (c *Call) NamedAt(i int) (name string, v value.Value, ok bool) {
	if i >= len(c.names) {
		return "", value.None, false
	}
	return c.names[i], c.args[c.Len()+i], true
}

// Host is Env.Host.
func (c *Call) Host() any { return c.run.env.Host }

// Strict is Env.Strict.
func (c *Call) Strict() bool { return c.run.env.Strict }

// InScript tells that the call stands in a script element of its file, where entities mean nothing and JSON may stand as it is.
func (c *Call) InScript() bool { return c.script }

// Limits are those of the Run.
func (c *Call) Limits() Limits { return c.run.limits }

// Fail ends the drawing with a mistake of the template's author, and gives nil.
func (c *Call) Fail(err error) value.Value {
	c.run.fail(err)
	return value.None
}

// Failf is Fail with a text.
func (c *Call) Failf(text string) value.Value { return c.Fail(errors.New(text)) }

// Work counts steps for work on that many bytes. It is false when the budget is used up: the filter returns at once then.
func (c *Call) Work(bytes int) bool { return c.run.tick(1 + bytes/stepBytes) }

// Room counts steps for a list of that many elements, and refuses one that is too long.
func (c *Call) Room(elements int) bool {
	if elements > c.run.limits.List {
		c.run.over(BudgetList, c.run.limits.List)
		return false
	}
	return c.run.tick(1 + elements)
}

// Fits refuses a text of that many bytes when it is too long, and counts steps for making it.
func (c *Call) Fits(bytes int) bool {
	if bytes < 0 || bytes > c.run.limits.Text {
		c.run.over(BudgetText, c.run.limits.Text)
		return false
	}
	return c.Work(bytes)
}

// String is a value as text, unless that would be too long; markup stays markup.
func (c *Call) String(v value.Value) string {
	if n := len(v.Raw()); n > c.run.limits.Text {
		c.run.over(BudgetText, c.run.limits.Text)
		return ""
	}
	return c.run.text(v)
}

// Same tells whether two values are the same, with its work counted.
func (c *Call) Same(a, b value.Value) bool { return c.run.same(a, b) }

// Text is a text a filter has made, unless it is too long.
func (c *Call) Text(s string) value.Value {
	if !c.Fits(len(s)) {
		return value.None
	}
	return value.OfText(s)
}

// HTML is markup a filter has made safe, unless it is too long.
func (c *Call) HTML(s string) value.Value {
	if !c.Fits(len(s)) {
		return value.None
	}
	return value.OfHTML(s)
}

// WriteHTML writes markup into the page, for Filter.Write.
func (c *Call) WriteHTML(s string) { c.run.write(s) }

// WriteText writes text into the page, escaped.
func (c *Call) WriteText(s string) { c.run.writeText(s) }

// WriteInt writes a number into the page.
func (c *Call) WriteInt(i int) { c.run.writeInt(int64(i)) }

// WriteValue writes a value into the page as {{ value }} would.
func (c *Call) WriteValue(v value.Value) { c.run.print(v) }
