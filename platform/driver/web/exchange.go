package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// exchange is everything the stack knows about one request and its answer. It
// is made by the first stack the request meets and used by one goroutine.
type exchange struct {
	request Request
	place   Place
	refused error // what was wrong with the request before any step ran

	started time.Time
	failure error // the error answered at the edge, for the log
	attrs   []slog.Attr
	log     *slog.Logger
	line    func(echo.Context) // writes the log line, once
	quiet   bool               // only logged when debugging
	steps   steps

	values  []value
	policy  *policy
	sources Sources
	nonce   string

	body    *cappedBody
	guard   Guard
	session *Session
	form    *readOnce
	flashes []Flash
	taken   bool
	cleanup []func() error
}

// steps remembers which once-only steps an outer stack has already taken.
type steps struct{ caught, named, logged, headed, packed bool }

type exchangeKey struct{}

func withExchange(r *http.Request, x *exchange) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), exchangeKey{}, x))
}

func exchangeIn(ctx context.Context) *exchange {
	x, _ := ctx.Value(exchangeKey{}).(*exchange)
	return x
}

// exchangeOf panics when the request has not passed a stack made by New.
func exchangeOf(c echo.Context) *exchange {
	x := exchangeIn(c.Request().Context())
	if x == nil {
		panic("web: the request has not passed a stack made by web.New")
	}
	return x
}

// done frees what the request held, such as the temporary files of uploads.
func (x *exchange) done() {
	for _, f := range x.cleanup {
		if err := f(); err != nil && x.log != nil {
			x.log.Warn("clean up after request", slog.String("request_id", x.request.ID), slog.Any("error", err))
		}
	}
	x.cleanup = nil
}

// arrive makes the exchange, or finds the one of the outer stack. It runs
// before routing, outside every other step.
func arrive(o Options) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if exchangeIn(c.Request().Context()) != nil {
				return next(c)
			}
			x := &exchange{started: o.Clock.Now(), log: o.Log, policy: policies[Platform]}
			r := withExchange(c.Request(), x)
			x.request, x.refused = inspect(r, o.Proxies)
			c.SetRequest(r)
			defer x.done()
			return next(c)
		}
	}
}

// refuse stops a request that arrive found malformed. It stands after the
// security headers, so that the refusal is numbered, logged and protected.
func refuse(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if x := exchangeOf(c); x.refused != nil {
			return x.refused
		}
		return next(c)
	}
}
