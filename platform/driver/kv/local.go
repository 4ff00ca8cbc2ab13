package kv

import (
	"fmt"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// tickEvery is how often the clock of the local Redis is moved.
const tickEvery = 100 * time.Millisecond

// Local is a Redis inside the process, on a free port of this machine. It forgets
// everything when it is closed and does not limit its memory.
type Local struct {
	server *miniredis.Miniredis
	close  func()
}

// StartLocal starts a Redis for the demo.
func StartLocal() (*Local, error) {
	server := miniredis.NewMiniRedis()
	if err := server.Start(); err != nil {
		return nil, fmt.Errorf("start local redis: %w", err)
	}
	ticker := time.NewTicker(tickEvery)
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		pass(server, ticker.C, end)
	}()
	return &Local{server: server, close: sync.OnceFunc(func() {
		ticker.Stop()
		close(end)
		<-ended
		server.Close()
	})}, nil
}

// pass moves the server's clock, on which alone keys expire, by the time that has
// really passed.
func pass(server *miniredis.Miniredis, ticks <-chan time.Time, end <-chan struct{}) {
	var last time.Time
	for {
		select {
		case <-end:
			return
		case now := <-ticks:
			elapsed := tickEvery
			if !last.IsZero() {
				elapsed = now.Sub(last)
			}
			server.FastForward(elapsed)
			last = now
		}
	}
}

// URL is the address for Config.URL.
func (l *Local) URL() string { return "redis://" + l.server.Addr() }

// Close stops the server.
func (l *Local) Close() { l.close() }
