package web

import (
	"errors"
	"log/slog"
	"strings"

	"github.com/labstack/echo/v4"
)

// statusClientGone is what nginx calls a request whose client hung up; it is
// for the log, since there is nobody to read it.
const statusClientGone = 499

// writeLog writes the one line of the request, from the outermost stack, after
// the answer is complete. Queries, bodies, cookies and long path segments stay
// out of it, because they may hold tokens and addresses.
func writeLog(o Options) echo.MiddlewareFunc {
	outages := &bursts{}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			x := exchangeOf(c)
			if x.steps.logged {
				return next(c)
			}
			x.steps.logged = true
			x.line = func(c echo.Context) { x.logLine(c, o, outages) }
			if err := next(c); err != nil {
				c.Error(err)
			}
			x.writeLine(c)
			return nil
		}
	}
}

// Annotate adds attributes to the line of this request; the router adds the
// shop, the actor step the kind of actor.
func Annotate(c echo.Context, attrs ...slog.Attr) {
	x := exchangeOf(c)
	x.attrs = append(x.attrs, attrs...)
}

// Log returns a logger that carries the request's number and annotations, for
// the rare line that is not an error to return.
func Log(c echo.Context) *slog.Logger {
	x := exchangeOf(c)
	args := []any{slog.String("request_id", x.request.ID)}
	for _, attr := range x.attrs {
		args = append(args, attr)
	}
	return x.log.With(args...)
}

// writeLine writes the line if the log step was reached and has not written
// it: normally at the end of that step, after a panic from the recover step.
func (x *exchange) writeLine(c echo.Context) {
	if line := x.line; line != nil {
		x.line = nil
		line(c)
	}
}

func (x *exchange) logLine(c echo.Context, o Options, outages *bursts) {
	response := c.Response()
	status := response.Status
	level, alike := slog.LevelInfo, 0
	switch {
	case status >= 500:
		if first, before := outages.first(x.failure, x.started); first {
			level, alike = slog.LevelError, before
		}
	case x.quiet:
		level = slog.LevelDebug
	}
	ctx := c.Request().Context()
	if !o.Log.Enabled(ctx, level) {
		return
	}
	now := o.Clock.Now()
	line := slog.NewRecord(now, level, "request", 0) // the line of code that logs requests is always this one
	line.AddAttrs(
		slog.String("request_id", x.request.ID),
		slog.String("method", c.Request().Method),
		slog.String("host", x.request.Host),
		slog.String("path", redactPath(c.Request().URL.Path)),
		slog.String("surface", string(x.place.Surface)),
		slog.String("ip", x.request.IP.String()),
		slog.Int("status", status),
		slog.Int64("bytes", response.Size),
		slog.Duration("took", now.Sub(x.started)),
	)
	line.AddAttrs(x.attrs...)
	if alike > 0 {
		line.AddAttrs(slog.Int("alike_before", alike))
	}
	if x.failure != nil {
		line.AddAttrs(slog.String("error", x.failure.Error()))
		var p *panicked
		if errors.As(x.failure, &p) {
			line.AddAttrs(slog.String("stack", p.stack))
		}
	}
	_ = o.Log.Handler().Handle(ctx, line) // as slog.Logger does: nobody is left to be told
}

// longestOpenSegment is the length of a UUID: a longer path segment is taken
// for a signed link or a token.
const longestOpenSegment = 36

func redactPath(path string) string {
	if len(path) <= longestOpenSegment {
		return path
	}
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		if len(segment) > longestOpenSegment && !strings.Contains(segment, ".") {
			segments[i] = "•"
		}
	}
	return strings.Join(segments, "/")
}
