package theme

import (
	"errors"
	"slices"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
)

// Action is where a form of the data is sent, for {% form %}.
type Action interface {
	FormURL() string
	// FormField is its i-th hidden field; ok is false when there are fewer.
	FormField(i int) (name, value string, ok bool)
}

var errAction = errors.New("form wants what a form of the page is sent to, such as product.add or form.action")

// formAttributes are the attributes a form may be given by their names.
var formAttributes = []string{"class", "id", "autocomplete", "enctype"}

// openForm begins a form with its address and hidden fields: {% form product.add, class: 'buy' %}. Its argument is an action, or what
// has one as its property action, or what has a form that has; inside, form means that, so that form.error can be printed.
func openForm(c *liquid.Call) value.Value {
	subject := c.Arg(0)
	if inner, ok := subject.Property("form"); ok {
		subject = inner
	}
	action, ok := subject.Go().(Action)
	if !ok {
		inner, _ := subject.Property("action")
		if action, ok = inner.Go().(Action); !ok {
			return c.Fail(errAction)
		}
	}
	c.WriteHTML(`<form method="post"`)
	attribute(c, "action", value.OfText(action.FormURL()))
	for i := 0; ; i++ {
		name, v, ok := c.NamedAt(i)
		if !ok {
			break
		}
		if !slices.Contains(formAttributes, name) {
			return c.Fail(errors.New("form takes no attribute " + name))
		}
		attribute(c, name, v)
	}
	c.WriteHTML(">")
	for i := 0; ; i++ {
		name, field, ok := action.FormField(i)
		if !ok {
			return subject
		}
		c.WriteHTML(`<input type="hidden"`)
		attribute(c, "name", value.OfText(name))
		attribute(c, "value", value.OfText(field))
		c.WriteHTML(">")
	}
}
