package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/fault"
)

// Problem is what a reader may know about an error: nothing of its cause.
type Problem struct {
	Status     int
	Key        string
	Args       fault.Args
	Fields     []fault.Field
	Reference  string // the request's number in the log
	RetryAfter time.Duration
}

// MarshalJSON is the form for programs. Arguments are left to pages: programs
// decide by the key.
func (p Problem) MarshalJSON() ([]byte, error) {
	type field struct {
		Name string `json:"name"`
		Key  string `json:"key"`
	}
	out := struct {
		Status    int     `json:"status"`
		Key       string  `json:"key"`
		Fields    []field `json:"fields,omitempty"`
		Reference string  `json:"reference"`
	}{Status: p.Status, Key: p.Key, Reference: p.Reference}
	for _, f := range p.Fields {
		out.Fields = append(out.Fields, field{f.Name, f.Key})
	}
	return json.Marshal(out)
}

func problemOf(err error, reference string) Problem {
	status, key := classify(err)
	return Problem{
		Status: status, Key: key, Args: fault.ArgsOf(err), Fields: fault.FieldsOf(err),
		Reference: reference, RetryAfter: retryAfter(err),
	}
}

// answerErrors is the one HTTPErrorHandler. It keeps err for the log line and
// answers: nothing when the answer has begun, the sign-in page, JSON when that
// is what the client accepts, else the page of the surface.
func answerErrors(o Options) echo.HTTPErrorHandler {
	return func(err error, c echo.Context) {
		x := exchangeOf(c)
		x.failure = err
		if c.Response().Committed {
			return
		}
		if errors.Is(err, context.Canceled) && c.Request().Context().Err() != nil {
			// Nobody is left to read a page; but saying nothing would say 200.
			c.NoContent(statusClientGone) //nolint:errcheck // as above
			return
		}
		p := problemOf(err, x.request.ID)
		h := c.Response().Header()
		h.Set("Cache-Control", noStore)
		h.Del("ETag")
		h.Del("Last-Modified")
		h.Del("Content-Encoding")
		if p.RetryAfter > 0 {
			h.Set("Retry-After", strconv.Itoa(max(1, int((p.RetryAfter+time.Second-1)/time.Second))))
		}
		if failed := writeProblem(c, o, p); failed != nil && !c.Response().Committed {
			x.failure = fmt.Errorf("%w (and its error page: %w)", err, failed)
			c.String(p.Status, plainProblem(p)) //nolint:errcheck // the client is gone; there is nobody left to tell
		}
	}
}

// writeProblem returns an error when the page could not be made, a panic of the
// page included: the recover step has been left already when errors are
// answered.
func writeProblem(c echo.Context, o Options, p Problem) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &panicked{value, string(debug.Stack())}
		}
	}()
	r := c.Request()
	switch accept := r.Header.Get("Accept"); {
	case strings.Contains(accept, "application/json") && !strings.Contains(accept, "text/html"):
		return c.JSON(p.Status, p)
	case p.Status == http.StatusUnauthorized && o.SignIn != "" && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		return c.Redirect(http.StatusSeeOther, URL(c, o.SignIn)+"?next="+url.QueryEscape(URL(c, r.URL.RequestURI())))
	case o.ErrorPage != nil:
		return o.ErrorPage(c, p)
	default:
		return c.String(p.Status, plainProblem(p))
	}
}

// plainProblem is the last resort, when there is no page and no language.
func plainProblem(p Problem) string {
	return fmt.Sprintf("%d %s\n\nReference: %s\n", p.Status, http.StatusText(p.Status), p.Reference)
}

// LocalPath returns path when it is safe to redirect to: a path of this very
// origin. It refuses "//other.example", "/\other.example" and whole addresses,
// so that a "next" parameter cannot lead a reader away.
func LocalPath(path string) (string, bool) {
	if len(path) > 2048 || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
		return "", false
	}
	for i := range len(path) {
		if path[i] < 0x20 || path[i] == 0x7f || path[i] == '\\' {
			return "", false
		}
	}
	parsed, err := url.Parse(path)
	if err != nil || parsed.Host != "" || parsed.Scheme != "" || !cleanPath(parsed.Path) {
		return "", false
	}
	return path, true
}
