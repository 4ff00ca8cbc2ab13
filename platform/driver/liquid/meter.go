package liquid

import (
	"sync"
	"time"
)

// Meter bounds what all Runs of one shop may use together: a share of a processor. It is a bucket of drawing time that fills with
// the clock and from which each Run takes what it took.
type Meter struct {
	share float64 // of one processor
	most  time.Duration

	mu   sync.Mutex
	left time.Duration
	last time.Time
}

// NewMeter allows that share of a processor on average, 0.5 for half of one, and saves up for burst.
func NewMeter(share float64, burst time.Duration) *Meter {
	return &Meter{share: share, most: burst, left: burst}
}

// open tells whether there is something left.
func (m *Meter) open(now time.Time) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fill(now)
	return m.left > 0
}

func (m *Meter) used(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.left -= d
}

func (m *Meter) fill(now time.Time) {
	if !m.last.IsZero() && now.After(m.last) {
		m.left = min(m.most, m.left+time.Duration(float64(now.Sub(m.last))*m.share))
	}
	if now.After(m.last) {
		m.last = now
	}
}

// perSecond is the allowance in milliseconds, for messages.
func (m *Meter) perSecond() int { return int(m.share * 1000) }
