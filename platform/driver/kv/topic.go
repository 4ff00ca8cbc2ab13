package kv

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	// quiet is how long a subscription hears nothing before it asks whether the
	// other side is still there.
	quiet = 2 * time.Second
	// firstRest and maxRest bound the wait between attempts to connect again.
	firstRest = 50 * time.Millisecond
	maxRest   = 2 * time.Second
)

// Listener is told what a subscription hears, one call at a time.
type Listener struct {
	// Message is called with each announcement.
	Message func(text string)
	// Resumed, if not nil, is called when a lost connection is back: announcements
	// may have been missed.
	Resumed func()
}

// Publish tells all subscribers of a channel, in every process.
// Errors: ErrUnavailable.
func (c *Client) Publish(ctx context.Context, channel, text string) error {
	return unavailable(c.rdb.Publish(ctx, "t:"+channel, text).Err())
}

// Subscription listens to a channel until it is closed.
type Subscription struct {
	healthy atomic.Bool
	close   func()
}

// Healthy tells whether announcements are arriving at this moment.
func (s *Subscription) Healthy() bool { return s.healthy.Load() }

// Close stops listening and waits for a running callback.
func (s *Subscription) Close() { s.close() }

// Subscribe listens to a channel and connects again by itself, for as long as it
// takes, when the connection is lost or was never had.
func (c *Client) Subscribe(ctx context.Context, channel string, l Listener) *Subscription {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	s := &Subscription{close: sync.OnceFunc(func() {
		cancel()
		<-done
	})}
	go func() {
		defer close(done)
		s.loop(ctx, c.rdb, "t:"+channel, l)
	}()
	return s
}

func (s *Subscription) loop(ctx context.Context, rdb *redis.Client, channel string, l Listener) {
	rest, before := firstRest, false
	for ctx.Err() == nil {
		heard := s.listen(ctx, rdb, channel, l, before)
		s.healthy.Store(false)
		before = before || heard
		if heard {
			rest = firstRest
		}
		select {
		case <-ctx.Done():
		case <-time.After(rest):
		}
		rest = min(2*rest, maxRest)
	}
}

// listen stays until the connection fails and tells whether there was one.
func (s *Subscription) listen(ctx context.Context, rdb *redis.Client, channel string, l Listener, again bool) (heard bool) {
	ps := rdb.Subscribe(ctx, channel)
	// Closing is what ends a wait for the next announcement.
	stop := context.AfterFunc(ctx, func() { _ = ps.Close() })
	defer func() {
		stop()
		_ = ps.Close()
	}()
	asked := false
	for {
		got, err := ps.ReceiveTimeout(ctx, quiet)
		if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() && !asked && ctx.Err() == nil {
			asked = true
			if ps.Ping(ctx) != nil {
				return heard
			}
			continue
		}
		if err != nil {
			return heard
		}
		asked = false
		switch m := got.(type) {
		case *redis.Subscription:
			heard = true
			s.healthy.Store(true)
			if again && l.Resumed != nil {
				l.Resumed()
			}
			again = true
		case *redis.Message:
			l.Message(m.Payload)
		}
	}
}
