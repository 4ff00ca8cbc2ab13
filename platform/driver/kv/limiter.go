package kv

import (
	"context"
	"sync"
	"time"

	"github.com/go-redis/redis_rate/v10"

	"echoppe.dev/platform/kit/clock"
)

// Limiter counts events per key. Up to limit events may come at once, and limit
// per period over time (generic cell rate algorithm).
type Limiter struct {
	shared *redis_rate.Limiter
	own    *cells
}

// Limiter returns a limiter that all processes share through Redis. While Redis
// is away each process counts for itself, so that the fleet lets through more,
// but never without limit.
func (c *Client) Limiter() *Limiter {
	return &Limiter{shared: redis_rate.NewLimiter(c.rdb), own: &cells{clock: c.clock, young: map[string]time.Time{}}}
}

// Allow takes one event from the key's allowance. When it is used up, the second
// result is how long to wait.
func (l *Limiter) Allow(ctx context.Context, key string, limit int, per time.Duration) (bool, time.Duration) {
	if limit <= 0 || per <= 0 {
		return false, per
	}
	res, err := l.shared.Allow(ctx, key, redis_rate.Limit{Rate: limit, Burst: limit, Period: per})
	if err != nil {
		return l.own.allow(key, limit, per)
	}
	if res.Allowed > 0 {
		return true, 0
	}
	return false, res.RetryAfter
}

// maxCells bounds the memory of the fallback: about 2 MB.
const maxCells = 20_000

// cells is the same algorithm within the process. For each key it keeps the
// instant until which the allowance is used up, in two generations: when the
// young one is full it becomes the old one, and the old one is forgotten. A flood
// of different keys so costs neither memory nor time.
type cells struct {
	clock      clock.Clock
	mu         sync.Mutex
	young, old map[string]time.Time
}

func (c *cells) allow(key string, limit int, per time.Duration) (bool, time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.clock.Now()
	used, known := c.young[key]
	if !known {
		used = c.old[key]
	}
	if used.Before(now) {
		used = now
	}
	used = used.Add(per / time.Duration(limit))
	if wait := used.Sub(now) - per; wait > 0 {
		return false, wait
	}
	if !known && len(c.young) >= maxCells/2 {
		c.old, c.young = c.young, map[string]time.Time{}
	}
	c.young[key] = used
	return true, 0
}
