package web

import (
	"errors"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/clock"
)

var errTooSlow = echo.NewHTTPError(http.StatusRequestTimeout)

// cappedBody refuses to read more than limit bytes. Unlike
// http.MaxBytesReader its limit can be raised by the route.
type cappedBody struct {
	io.ReadCloser
	announced   int64 // Content-Length, -1 when unknown
	limit, read int64
}

func (b *cappedBody) Read(p []byte) (int, error) {
	if b.announced > b.limit || b.read > b.limit {
		return 0, &http.MaxBytesError{Limit: b.limit}
	}
	// One byte more than allowed is asked for, to tell "full" from "too long".
	if left := b.limit - b.read + 1; int64(len(p)) > left {
		p = p[:left]
	}
	n, err := b.ReadCloser.Read(p)
	b.read += int64(n)
	if b.read > b.limit {
		return n - int(b.read-b.limit), &http.MaxBytesError{Limit: b.limit}
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		// The server's deadline has passed. net/http then cancels the request as
		// if the client were gone, which it need not be.
		err = errTooSlow
	}
	return n, err
}

// capBody caps the body by the surface, which is known by now.
func capBody(o Options) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			x, r := exchangeOf(c), c.Request()
			limit := o.MaxBody
			if limit == 0 {
				limit = x.policy.body
			}
			if x.body == nil && r.Body != nil && r.Body != http.NoBody {
				x.body = &cappedBody{ReadCloser: r.Body, announced: r.ContentLength}
				r.Body = x.body
			}
			if x.body != nil {
				x.body.limit = limit
			}
			return next(c)
		}
	}
}

// Upload lets a route take a larger body and gives slow lines the time to send
// it. It stands beside the route, after its permission.
func Upload(limit int64, within time.Duration) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if x := exchangeOf(c); x.body != nil {
				x.body.limit = limit
			}
			extend(c, within)
			return next(c)
		}
	}
}

// extend moves the deadlines of the connection, which are in real time whatever
// clock the stack has. A connection that has none (a recorder in a test) is
// left alone.
func extend(c echo.Context, within time.Duration) {
	deadline := clock.System().Now().Add(within)
	control := http.NewResponseController(c.Response())
	for _, set := range []func(time.Time) error{control.SetReadDeadline, control.SetWriteDeadline} {
		if err := set(deadline); err != nil {
			return
		}
	}
}
