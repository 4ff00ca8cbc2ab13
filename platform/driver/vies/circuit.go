package vies

import (
	"sync"
	"time"

	"echoppe.dev/platform/kit/clock"
)

const (
	failuresBefore = 3                // in a row, until a state is left alone
	rest           = 15 * time.Second // for which it is
)

// circuits remember which registers are away.
type circuits struct {
	clock  clock.Clock
	mu     sync.Mutex
	states map[string]*circuit
}

type circuit struct {
	failures int
	until    time.Time // left alone until then
	probing  bool      // one caller is looking whether it is back
}

// admit tells whether a state may be asked now. Every admitted caller settles or
// releases.
func (c *circuits) admit(state string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	one, ok := c.states[state]
	if !ok || one.failures < failuresBefore {
		return true
	}
	if one.probing || c.clock.Now().Before(one.until) {
		return false
	}
	one.probing = true
	return true
}

func (c *circuits) settle(state string, answered bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if answered {
		delete(c.states, state)
		return
	}
	one := c.states[state]
	if one == nil {
		one = &circuit{}
		c.states[state] = one
	}
	one.failures++
	one.probing, one.until = false, c.clock.Now().Add(rest)
}

func (c *circuits) release(state string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if one := c.states[state]; one != nil {
		one.probing = false
	}
}
