package web

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/fault"
)

// statuses is the only place where kinds of error meet HTTP.
var statuses = map[fault.Kind]int{
	fault.Malformed: http.StatusUnprocessableEntity,
	fault.NotFound:  http.StatusNotFound,
	fault.Conflict:  http.StatusConflict,
	fault.Denied:    http.StatusForbidden,
	fault.SignIn:    http.StatusUnauthorized,
	fault.Quota:     http.StatusPaymentRequired, // a limit of the plan; a rate limit is 429, see Later
	fault.Closed:    http.StatusServiceUnavailable,
	fault.Upstream:  http.StatusBadGateway,
	fault.Internal:  http.StatusInternalServerError,
}

// protocolKeys are the messages for refusals that echo or net/http make
// themselves, before any code of ours could return a fault.
var protocolKeys = map[int]string{
	http.StatusBadRequest:            "error.address",
	http.StatusNotFound:              "error.not_found",
	http.StatusMethodNotAllowed:      "error.method",
	http.StatusRequestTimeout:        "error.too_slow",
	http.StatusRequestEntityTooLarge: "error.too_large",
	http.StatusUnsupportedMediaType:  "error.media_type",
}

// closedFor is how long a client waits when a closed service gave no time.
const closedFor = 2 * time.Minute

// Later wraps a refusal with the time after which a repeat makes sense. A
// Quota with it is a rate limit and answered 429.
type Later struct {
	Err   error
	After time.Duration
}

func (l *Later) Error() string { return l.Err.Error() }

// Unwrap returns the refusal.
func (l *Later) Unwrap() error { return l.Err }

// Status is the HTTP status that answers err.
func Status(err error) int {
	status, _ := classify(err)
	return status
}

func classify(err error) (status int, key string) {
	var refusedByEcho *echo.HTTPError
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge, protocolKeys[http.StatusRequestEntityTooLarge]
	case errors.Is(err, ErrAddress):
		return http.StatusBadRequest, ErrAddress.Key()
	case errors.As(err, &refusedByEcho) && refusedByEcho.Code < 500:
		if key, known := protocolKeys[refusedByEcho.Code]; known {
			return refusedByEcho.Code, key
		}
		return refusedByEcho.Code, "error.request"
	}
	kind := fault.KindOf(err)
	if kind == fault.Internal && errors.Is(err, context.DeadlineExceeded) {
		return statuses[fault.Closed], fault.Closed.Key() // too slow now is not broken
	}
	if kind == fault.Quota && retryAfter(err) > 0 {
		return http.StatusTooManyRequests, fault.KeyOf(err)
	}
	if status, known := statuses[kind]; known {
		return status, fault.KeyOf(err)
	}
	return http.StatusInternalServerError, fault.Internal.Key()
}

func retryAfter(err error) time.Duration {
	var later *Later
	if errors.As(err, &later) {
		return later.After
	}
	if fault.Is(err, fault.Closed) || errors.Is(err, context.DeadlineExceeded) {
		return closedFor
	}
	return 0
}
