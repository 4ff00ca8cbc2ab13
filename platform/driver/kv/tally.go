package kv

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"echoppe.dev/platform/kit/clock"
)

// Tally counts events of the last while, for decisions that need several counts before they are made; what is to be
// refused after so many events of one sort is a Limiter's business.
//
// A count is that of the window now running and a share of the one before, so that it falls slowly and no window's
// end forgives everything at once.
type Tally struct {
	rdb    *redis.Client
	clock  clock.Clock
	window time.Duration
	own    *sums
}

// Tally returns counters over a window that all processes share through Redis. While Redis is away each process counts
// for itself, and begins at zero: what it cannot know it holds against nobody.
func (c *Client) Tally(window time.Duration) *Tally {
	return &Tally{rdb: c.rdb, clock: c.clock, window: positive(window), own: &sums{young: map[string]int{}}}
}

// Window is how far back events count.
func (t *Tally) Window() time.Duration { return t.window }

// Add counts an event under each key.
func (t *Tally) Add(ctx context.Context, keys ...string) {
	now, _ := t.slot()
	pipe := t.rdb.Pipeline()
	for _, key := range keys {
		full := t.key(key, now)
		pipe.Incr(ctx, full)
		pipe.ExpireNX(ctx, full, 2*t.window)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		for _, key := range keys {
			t.own.add(t.key(key, now))
		}
	}
}

// Read gives the counts of keys, in their order.
func (t *Tally) Read(ctx context.Context, keys ...string) []int {
	now, passed := t.slot()
	full := make([]string, 0, 2*len(keys))
	for _, key := range keys {
		full = append(full, t.key(key, now), t.key(key, now-1))
	}
	counts := make([]int, len(full))
	values, err := t.rdb.MGet(ctx, full...).Result()
	for i := range full {
		if err != nil {
			counts[i] = t.own.read(full[i])
		} else if text, ok := values[i].(string); ok {
			counts[i], _ = strconv.Atoi(text) // what is no number was never ours
		}
	}
	list := make([]int, len(keys))
	for i := range keys {
		before := time.Duration(counts[2*i+1]) * (t.window - passed) / t.window
		list[i] = counts[2*i] + int(before)
	}
	return list
}

// slot is the number of the running window and how much of it has passed.
func (t *Tally) slot() (int64, time.Duration) {
	since := time.Duration(t.clock.Now().UnixNano())
	return int64(since / t.window), since % t.window
}

func (t *Tally) key(key string, slot int64) string {
	return "tally:" + key + ":" + strconv.FormatInt(slot, 10)
}

// sums are the counts within the process, in two generations as cells are.
type sums struct {
	mu         sync.Mutex
	young, old map[string]int
}

func (s *sums) add(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, known := s.young[key]
	if !known {
		n = s.old[key]
		if len(s.young) >= maxCells/2 {
			s.old, s.young = s.young, map[string]int{}
		}
	}
	s.young[key] = n + 1
}

func (s *sums) read(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n, known := s.young[key]; known {
		return n
	}
	return s.old[key]
}
