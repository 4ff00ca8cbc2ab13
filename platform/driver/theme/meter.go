package theme

import (
	"time"

	"echoppe.dev/platform/driver/liquid"
)

// What the own templates of one shop may use, unless Options says otherwise.
const (
	defaultShare = 0.25 // of a processor
	defaultBurst = 10 * time.Second
	maxMeters    = 4096
)

// meter is the budget all pages with a shop's own templates share.
func (e *Engine) meter(shop string) *liquid.Meter {
	if shop == "" {
		return nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	m, ok := e.meters[shop]
	if !ok {
		makeRoom(e.meters, maxMeters)
		m = liquid.NewMeter(e.opts.Share, e.opts.Burst)
		e.meters[shop] = m
	}
	return m
}
