package attack

import (
	"errors"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
)

// Files answers for the files that attacks render.
type Files struct{ Engine *liquid.Engine }

// Snippet is a file that renders itself, or an empty one.
func (f Files) Snippet(name string) (*liquid.Template, error) {
	return f.Engine.Parse("snippets/"+name, map[string]string{"itself": "\n  {% render 'itself' %}", "nothing": ""}[name])
}

func (f Files) Section(string) (*liquid.Template, value.Value, error) {
	return nil, value.None, errors.New("no sections")
}
