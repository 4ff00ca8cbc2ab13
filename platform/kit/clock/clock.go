package clock

import (
	"sync"
	"time"
)

// Clock tells the time.
type Clock interface {
	// Now is the present instant, in UTC, to the microsecond.
	Now() time.Time
}

// System is the clock of the machine.
func System() Clock { return system{} }

type system struct{}

func (system) Now() time.Time { return cut(time.Now()) }

// Fixed is a clock that stands still until it is moved. It is safe for
// concurrent use.
type Fixed struct {
	mu  sync.Mutex
	now time.Time
}

// New makes a clock that stands at t.
func New(t time.Time) *Fixed { return &Fixed{now: cut(t)} }

// Now is the instant the clock stands at.
func (f *Fixed) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// Advance moves the clock by d and returns the new instant.
func (f *Fixed) Advance(d time.Duration) time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = cut(f.now.Add(d))
	return f.now
}

// Set puts the clock at t.
func (f *Fixed) Set(t time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = cut(t)
}

// cut also drops the monotonic reading, which would make equal instants differ
// under ==.
func cut(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

var (
	_ Clock = system{}
	_ Clock = (*Fixed)(nil)
)
