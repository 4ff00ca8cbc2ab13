package kv

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"echoppe.dev/platform/kit/clock"
)

const (
	// tolerance is the number of failures in a row that open the breaker.
	tolerance = 3
	// pause is how long an open breaker lets nothing through; then one call tries.
	pause = time.Second
)

var errOpen = errors.New("redis did not answer a moment ago")

// breaker fails calls at once while Redis is away. It is a hook of the client, so
// that no command can go around it.
type breaker struct {
	clock clock.Clock
	log   *slog.Logger

	mu       sync.Mutex
	failures int
	retryAt  time.Time
	since    time.Time // when the outage began; zero without one
}

// admitted marks the context of a call that passed the breaker: what it needs to
// send first, such as the greeting of a new connection, passes with it.
type admitted struct{}

// guard runs a call, or refuses it while the breaker is open.
func (b *breaker) guard(ctx context.Context, call func(context.Context) error, refuse func(error)) error {
	if ctx.Value(admitted{}) != nil {
		return call(ctx)
	}
	if !b.admit() {
		refuse(errOpen)
		return errOpen
	}
	err := call(context.WithValue(ctx, admitted{}, true))
	b.settle(ctx, err)
	return err
}

// admit tells whether a call may try. While open, one call per pause may.
func (b *breaker) admit() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failures < tolerance {
		return true
	}
	now := b.clock.Now()
	if now.Before(b.retryAt) {
		return false
	}
	b.retryAt = now.Add(pause)
	return true
}

// settle learns from the result of a call that was admitted.
func (b *breaker) settle(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return // the caller gave up; that says nothing of Redis
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.clock.Now()
	if answered(err) {
		if !b.since.IsZero() {
			b.log.WarnContext(ctx, "redis is back", "away", now.Sub(b.since))
		}
		b.failures, b.since = 0, time.Time{}
		return
	}
	b.failures++
	if b.failures >= tolerance {
		b.retryAt = now.Add(pause)
		if b.since.IsZero() {
			b.since = now
			b.log.ErrorContext(ctx, "redis is away: continuing without it", "error", err)
		}
	}
}

// answered tells whether err, even a refusal, came from Redis itself.
func answered(err error) bool {
	if err == nil || errors.Is(err, redis.Nil) {
		return true
	}
	_, ok := errors.AsType[redis.Error](err)
	return ok
}

// DialHook implements redis.Hook.
func (b *breaker) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

// ProcessHook implements redis.Hook.
func (b *breaker) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		return b.guard(ctx, func(ctx context.Context) error { return next(ctx, cmd) }, cmd.SetErr)
	}
}

// ProcessPipelineHook implements redis.Hook.
func (b *breaker) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		return b.guard(ctx, func(ctx context.Context) error { return next(ctx, cmds) }, func(err error) {
			for _, cmd := range cmds {
				cmd.SetErr(err)
			}
		})
	}
}

var _ redis.Hook = (*breaker)(nil)
