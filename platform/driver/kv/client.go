package kv

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"

	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
)

// patience is the longest wait for Redis in any one step.
const patience = 200 * time.Millisecond

// ErrUnavailable is returned while Redis does not answer.
var ErrUnavailable = fault.New(fault.Upstream, "kv.unavailable")

// Config says how to reach Redis.
type Config struct {
	// URL is redis://user:password@host:port/db, rediss:// for TLS, or unix://.
	URL string
	// Log hears when Redis goes and comes back; slog's default when nil.
	Log *slog.Logger
	// Clock drives the breaker and the limiter's fallback; the system's when nil.
	Clock clock.Clock
}

// Client is a pool of connections. It is safe for concurrent use.
type Client struct {
	rdb     *redis.Client
	breaker *breaker
	clock   clock.Clock
}

// Open prepares the connections. It does not connect: the program starts, slower,
// without Redis. The error never quotes the address, which may hold a password.
func Open(_ context.Context, cfg Config) (*Client, error) {
	o, err := redis.ParseURL(cfg.URL)
	if err != nil {
		return nil, fmt.Errorf("the address of Redis is not of the form redis://host:port")
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Clock == nil {
		cfg.Clock = clock.System()
	}
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = patience, patience, patience, patience
	o.MaxRetries = -1 // the caller's fallback is better than waiting again
	o.DialerRetries = 1
	o.ContextTimeoutEnabled = true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	logging.Disable() // its words about lost connections go to stderr; the breaker logs them once
	c := &Client{rdb: redis.NewClient(o), clock: cfg.Clock, breaker: &breaker{clock: cfg.Clock, log: cfg.Log}}
	c.rdb.AddHook(c.breaker)
	return c, nil
}

// Close ends all connections.
func (c *Client) Close() error { return c.rdb.Close() }

// Ping tells whether Redis answers. Errors: ErrUnavailable.
func (c *Client) Ping(ctx context.Context) error { return unavailable(c.rdb.Ping(ctx).Err()) }

func unavailable(err error) error {
	if err == nil {
		return nil
	}
	return ErrUnavailable.Because(err)
}
