package web

import (
	"sync"
	"time"

	"echoppe.dev/platform/kit/fault"
)

// burstLasts is how long an outage is old news after it was told.
const burstLasts = time.Minute

// bursts keeps the log readable while something beside us is away, the store of
// pictures for instance: a page with thirty of them then fails thirty times for
// one reason. The first failure is
// told as an error, those alike in the minute after it are ordinary lines, and
// the next error says how many they were. What is broken in ourselves, or
// closes the whole shop, is never old news. The zero value is ready; safe for concurrent use.
type bursts struct {
	mu    sync.Mutex
	known map[string]burst // by message key, of which there are few
}

type burst struct {
	since time.Time
	alike int // failures since then that were not told
}

// first tells whether a failure is news at the given time, and how many like it
// were not told before.
func (b *bursts) first(err error, now time.Time) (news bool, before int) {
	if err == nil || fault.KindOf(err) != fault.Upstream {
		return true, 0
	}
	key := fault.KeyOf(err)
	b.mu.Lock()
	defer b.mu.Unlock()
	last, ok := b.known[key]
	if ok && now.Sub(last.since) < burstLasts {
		last.alike++
		b.known[key] = last
		return false, 0
	}
	if b.known == nil {
		b.known = map[string]burst{}
	}
	b.known[key] = burst{since: now}
	return true, last.alike
}
