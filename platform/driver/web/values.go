package web

import (
	"fmt"

	"github.com/labstack/echo/v4"
)

// value is one typed entry; a request has a handful, so a list is faster than
// a map.
type value struct{ key, val any }

type typeKey[T any] struct{}

// Put leaves v on the request for later steps and handlers, one value per
// type; a second Put of the same type replaces the first.
func Put[T any](c echo.Context, v T) {
	x := exchangeOf(c)
	key := any(typeKey[T]{})
	for i := range x.values {
		if x.values[i].key == key {
			x.values[i].val = v
			return
		}
	}
	x.values = append(x.values, value{key, v})
}

// Get returns the value of type T that a step has put. It panics when there is
// none, because then the step is missing from the stack.
func Get[T any](c echo.Context) T {
	v, ok := Find[T](c)
	if !ok {
		panic(fmt.Sprintf("web: no %T on this request: the step that puts it is missing", *new(T)))
	}
	return v
}

// Find is Get for a value that may rightly be absent.
func Find[T any](c echo.Context) (T, bool) {
	x := exchangeOf(c)
	key := any(typeKey[T]{})
	for i := range x.values {
		if x.values[i].key == key {
			v, ok := x.values[i].val.(T)
			return v, ok
		}
	}
	var none T
	return none, false
}
