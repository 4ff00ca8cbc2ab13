package telemetry

import (
	"io"
	"sync"
	"time"
)

const (
	gatherFor   = 100 * time.Millisecond
	gatherBytes = 64 << 10
)

// gatherer collects lines and writes them together: a system call for many requests instead of one
// for each.
type gatherer struct {
	mu      sync.Mutex
	w       io.Writer
	lines   []byte
	waiting bool // for a flush that will come
}

func (g *gatherer) Write(line []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.lines = append(g.lines, line...)
	switch {
	case len(g.lines) >= gatherBytes:
		g.write()
	case !g.waiting:
		g.waiting = true
		time.AfterFunc(gatherFor, g.flush)
	}
	return len(line), nil
}

func (g *gatherer) flush() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting = false
	g.write()
}

// write sends what there is. An error has nobody to be told to: this is the log.
func (g *gatherer) write() {
	if len(g.lines) > 0 {
		_, _ = g.w.Write(g.lines)
		g.lines = g.lines[:0]
	}
}

var _ io.Writer = (*gatherer)(nil)
