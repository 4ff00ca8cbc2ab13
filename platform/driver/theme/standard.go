package theme

import (
	"errors"
	"reflect"
	"regexp"

	"github.com/osteele/liquid/filters"
	"github.com/osteele/liquid/render"
	"github.com/osteele/liquid/values"
)

var tagPattern = regexp.MustCompile(`<[^>]*>`)

// maxRange is the longest (a..b) a filter may turn into a list.
const maxRange = 10_000

// guard wraps the library's filters: a marked-up input becomes its plain text, a huge
// range is refused before it becomes a list, a huge text before it is used again.
type guard struct {
	config *render.Config
	limits Limits
}

var (
	anyType   = reflect.TypeFor[any]()
	errorType = reflect.TypeFor[error]()
)

// addStandard registers every filter of the library behind the guard, but those we
// replace or refuse.
func addStandard(c *render.Config, limits Limits) {
	filters.AddStandardFilters(guard{c, limits})
}

// AddFilter is called by the library for each of its filters.
func (g guard) AddFilter(name string, fn any) {
	f := reflect.ValueOf(fn)
	ft := f.Type()
	in := []reflect.Type{anyType}
	for i := 1; i < ft.NumIn(); i++ {
		in = append(in, ft.In(i))
	}
	wrapped := reflect.FuncOf(in, []reflect.Type{anyType, errorType}, ft.IsVariadic())
	first := ft.In(0)
	g.config.AddFilter(name, reflect.MakeFunc(wrapped, func(args []reflect.Value) []reflect.Value {
		input, err := g.input(name, args, first)
		if err != nil {
			return result(nil, err)
		}
		args[0] = input
		var out []reflect.Value
		if ft.IsVariadic() {
			out = f.CallSlice(args)
		} else {
			out = f.Call(args)
		}
		if len(out) == 2 && !out[1].IsNil() {
			return result(nil, out[1].Interface().(error))
		}
		return result(g.output(out[0].Interface()))
	}).Interface())
}

// input checks and converts the value that is filtered.
func (g guard) input(name string, args []reflect.Value, want reflect.Type) (reflect.Value, error) {
	v := unwrap(args[0].Interface())
	for _, a := range args {
		if r, ok := a.Interface().(values.Range); ok && r.Len() > maxRange {
			return reflect.Value{}, overLimit(LimitLoops, "a range of more than %d numbers", maxRange)
		}
	}
	if name == "replace" {
		if err := g.replaceFits(args); err != nil {
			return reflect.Value{}, err
		}
	}
	if _, ok := v.(values.SafeValue); ok && want != anyType {
		v = words(v)
	}
	if v == nil {
		return reflect.Zero(want), nil
	}
	converted, err := values.Convert(v, want)
	if err != nil {
		return reflect.Value{}, err
	}
	if converted == nil {
		return reflect.Zero(want), nil
	}
	return reflect.ValueOf(converted), nil
}

// replaceFits bounds the result of replace before it is made: each character could
// become a whole text.
func (g guard) replaceFits(args []reflect.Value) error {
	for _, a := range args[1:] {
		if a.Kind() == reflect.String && a.Len() > 1 && a.Len()*len(words(args[0].Interface())) > g.limits.Text*16 {
			return overLimit(LimitText, "a text of more than %d bytes", g.limits.Text)
		}
	}
	return nil
}

func (g guard) output(v any) (any, error) {
	if s, ok := v.(string); ok && len(s) > g.limits.Text {
		return nil, overLimit(LimitText, "a text of more than %d bytes", g.limits.Text)
	}
	return v, nil
}

// result packs a filter's answer for reflect.
func result(v any, err error) []reflect.Value {
	out := []reflect.Value{reflect.Zero(anyType), reflect.Zero(errorType)}
	if v != nil {
		out[0] = reflect.ValueOf(&v).Elem()
	}
	if err != nil {
		out[1] = reflect.ValueOf(&err).Elem()
	}
	return out
}

var errNoSafe = errors.New("safe is not a filter here: only the shop's own code makes markup")

var _ filters.FilterDictionary = guard{}
