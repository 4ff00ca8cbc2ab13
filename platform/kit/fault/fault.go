package fault

import (
	"maps"
	"slices"
	"strings"
)

// InvalidKey is the message key of every error made by [Invalid].
const InvalidKey = "form.invalid"

// Args are the values put into the placeholders of a message.
type Args map[string]any

// Field is one refused field of a form: its name, and what is wrong with it.
type Field struct {
	Name string
	Key  string
	Args Args
}

// Error is a fault. Its zero value is an Internal error without words; make one
// with [New] or [Invalid].
type Error struct {
	kind   Kind
	key    string
	args   Args
	field  string
	fields []Field
	cause  error
}

// New makes a fault, most often as a package-level sentinel.
func New(k Kind, key string) *Error { return &Error{kind: k, key: key} }

// Invalid refuses a form because of the given fields. All such errors match each
// other under errors.Is; FieldsOf tells them apart.
func Invalid(fields ...Field) *Error {
	return &Error{kind: Malformed, key: InvalidKey, fields: slices.Clone(fields)}
}

// With returns a copy with these message arguments in place of earlier ones.
func (e *Error) With(args Args) *Error {
	c := *e
	c.args = maps.Clone(args)
	return &c
}

// Because returns a copy that wraps err, for the log and for errors.Is.
func (e *Error) Because(err error) *Error {
	c := *e
	c.cause = err
	return &c
}

// On returns a copy bound to a form field, so that a face can show the message
// beside it: FieldsOf then reports the field with this key and these arguments.
func (e *Error) On(field string) *Error {
	c := *e
	c.field = field
	return &c
}

// Kind is the kind, Internal for the zero value.
func (e *Error) Kind() Kind {
	if e.kind == "" {
		return Internal
	}
	return e.kind
}

// Key is the message key, the general one of the kind if none was given.
func (e *Error) Key() string {
	if e.key == "" {
		return e.Kind().Key()
	}
	return e.key
}

// Args are the message arguments; callers must not change them.
func (e *Error) Args() Args { return e.args }

// Fields are the refused fields; see [FieldsOf].
func (e *Error) Fields() []Field {
	if e.field == "" {
		return slices.Clone(e.fields)
	}
	return append([]Field{{Name: e.field, Key: e.Key(), Args: e.args}}, e.fields...)
}

// Error is the text for the log: kind, key, field names and cause. Arguments are
// left out, since they may hold personal data.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Kind()))
	b.WriteString(": ")
	b.WriteString(e.Key())
	for i, f := range e.Fields() {
		b.WriteString([]string{" (", ", "}[min(i, 1)])
		b.WriteString(f.Name + " " + f.Key)
	}
	if len(e.fields) > 0 || e.field != "" {
		b.WriteByte(')')
	}
	if e.cause != nil {
		b.WriteString(": ")
		b.WriteString(e.cause.Error())
	}
	return b.String()
}

// Is reports that target is a fault of the same kind and key; arguments, field
// and cause do not count.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Kind() == e.Kind() && t.Key() == e.Key()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }
