package web

import (
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/labstack/echo/v4"
)

// panicked is a panic on its way to becoming an answer; being no fault, it is
// Internal.
type panicked struct {
	value any
	stack string
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

func (p *panicked) Unwrap() error {
	err, _ := p.value.(error)
	return err
}

// recoverPanics turns a panic into an error page with a reference number. A
// panic in a surface is answered by the surface; one in the front, or while
// the surface wrote its error page, by the front.
func recoverPanics(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		x := exchangeOf(c)
		outermost := !x.steps.caught
		x.steps.caught = true
		return catch(c, next, outermost)
	}
}

// catch leaves the log line to the log step, unless that step was torn down by
// the panic too.
func catch(c echo.Context, next echo.HandlerFunc, outermost bool) (err error) {
	defer func() {
		value := recover()
		if value == nil {
			return
		}
		if value == http.ErrAbortHandler {
			panic(value) // asks net/http to drop the connection without a trace
		}
		c.Error(&panicked{value, string(debug.Stack())})
		if outermost {
			exchangeOf(c).writeLine(c)
		}
	}()
	return next(c)
}
