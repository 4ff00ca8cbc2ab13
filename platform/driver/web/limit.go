package web

import (
	"context"
	"net/netip"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/fault"
)

// ErrTooMany refuses a client that asks too often.
var ErrTooMany = fault.New(fault.Quota, "error.too_many")

// Limiter counts events per key. It decides for itself what happens when its
// store is gone: to count within the process, not to fail.
type Limiter interface {
	// Allow counts one event and reports whether it is within limit events per
	// period; if not, after what time the next one may be.
	Allow(ctx context.Context, key string, limit int, per time.Duration) (ok bool, retryAfter time.Duration)
}

// LimiterFunc lets a function be a Limiter.
type LimiterFunc func(ctx context.Context, key string, limit int, per time.Duration) (bool, time.Duration)

// Allow calls f.
func (f LimiterFunc) Allow(ctx context.Context, key string, limit int, per time.Duration) (bool, time.Duration) {
	return f(ctx, key, limit, per)
}

// Rate is how often something may be done.
type Rate struct {
	Limit int
	Per   time.Duration
}

// Limit lets each key through at the given rate and answers the rest with 429
// and Retry-After. The name keeps different limits apart; by finds the key of
// a request, and an empty key is not limited.
func Limit(l Limiter, name string, rate Rate, by func(echo.Context) string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := Spend(c, l, name, rate, by(c)); err != nil {
				return err
			}
			return next(c)
		}
	}
}

// Spend is Limit for a handler that knows the key only after reading the form,
// such as the mail address of a sign-in.
func Spend(c echo.Context, l Limiter, name string, rate Rate, key string) error {
	if key == "" {
		return nil
	}
	ok, after := l.Allow(c.Request().Context(), name+":"+key, rate.Limit, rate.Per)
	if ok {
		return nil
	}
	after = max(after, time.Second)
	return &Later{Err: ErrTooMany.With(fault.Args{"seconds": int(after / time.Second)}), After: after}
}

// ByClient is the address of the client; of IPv6 the network, because one
// household has a whole /64 to choose from.
func ByClient(c echo.Context) string {
	ip := exchangeOf(c).request.IP
	if !ip.IsValid() {
		return "local" // a Unix socket, shared by all who come through it
	}
	if ip.Is4() {
		return ip.String()
	}
	return netip.PrefixFrom(ip, 64).Masked().String()
}

func seconds(d time.Duration) string { return strconv.FormatInt(int64(d/time.Second), 10) }
