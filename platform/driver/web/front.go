package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"
)

// Front is the outermost stack of a program: it has no routes of its own, its Router answers every
// request. Without routes its steps are put together once, where an echo puts them together for
// every request.
type Front struct {
	echo *echo.Echo // error page, pool of contexts
	run  echo.HandlerFunc
}

// NewFront builds a stack around o.Router, which is required. It panics as New does.
func NewFront(o Options) *Front {
	if o.Router == nil {
		panic("web: a front without a Router")
	}
	o = o.complete()
	f := &Front{echo: New(o), run: echo.NotFoundHandler}
	for _, step := range slices.Backward(stack(o)) {
		if step != nil {
			f.run = step(f.run)
		}
	}
	f.run = arrive(o)(f.run)
	return f
}

func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := f.echo.AcquireContext()
	defer f.echo.ReleaseContext(c)
	c.Reset(r, w)
	if err := f.run(c); err != nil {
		f.echo.HTTPErrorHandler(err, c)
	}
}

var _ http.Handler = (*Front)(nil)
