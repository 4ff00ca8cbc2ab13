package attack

import (
	"context"
	"time"
)

// Glances is a context that is cancelled at a look at it, and remembers the longest time between two. It belongs to one goroutine.
type Glances struct {
	context.Context
	Left    int           // looks until it is cancelled
	Longest time.Duration // between two of them
	last    time.Time
}

// Err is context.Canceled when no looks are left.
func (g *Glances) Err() error {
	now := time.Now()
	if !g.last.IsZero() {
		g.Longest = max(g.Longest, now.Sub(g.last))
	}
	g.last = now
	if g.Left--; g.Left > 0 {
		return nil
	}
	return context.Canceled
}
