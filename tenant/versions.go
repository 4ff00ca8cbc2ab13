package tenant

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"echoppe.dev/platform/kit/clock"
)

// Feed carries page versions between processes. Redis does it; a single process needs none.
type Feed interface {
	// Announce tells the other processes. It must not block for long; a lost announcement is
	// made good by the lease.
	Announce(ctx context.Context, shop ID, version int64)
	// Healthy tells whether announcements of others are arriving.
	Healthy() bool
}

const (
	// leaseWithFeed bounds how long a lost announcement can go unnoticed.
	leaseWithFeed = 30 * time.Second
	// leaseWithout is the age a page may reach while no announcements arrive.
	leaseWithout = time.Second
)

// Versions is what this process knows of the page versions of shops.
type Versions struct {
	feed   Feed
	clock  clock.Clock
	flight singleflight.Group
	mu     sync.RWMutex
	seen   map[ID]seenVersion
}

type seenVersion struct {
	n  int64
	at time.Time
}

// NewVersions starts knowing nothing. feed may be nil when this is the only process.
func NewVersions(feed Feed, c clock.Clock) *Versions {
	return &Versions{feed: feed, clock: c, seen: map[ID]seenVersion{}}
}

// Learn takes note of a version read or announced; an older one than known is ignored.
func (v *Versions) Learn(shop ID, n int64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if have, ok := v.seen[shop]; ok && have.n > n {
		return
	}
	v.seen[shop] = seenVersion{n: n, at: v.clock.Now()}
}

// Forget drops what is known of a shop, for one that was restored to an earlier state.
func (v *Versions) Forget(shop ID) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.seen, shop)
}

// ForgetAll drops everything, for a feed that was away and may have missed announcements.
func (v *Versions) ForgetAll() {
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.seen)
}

func (v *Versions) known(shop ID) (int64, bool) {
	v.mu.RLock()
	have, ok := v.seen[shop]
	v.mu.RUnlock()
	if !ok || v.clock.Now().Sub(have.at) > v.lease() {
		return 0, false
	}
	return have.n, true
}

func (v *Versions) lease() time.Duration {
	if v.feed == nil || v.feed.Healthy() {
		return leaseWithFeed
	}
	return leaseWithout
}

func (v *Versions) announce(ctx context.Context, shop ID, n int64) {
	v.Learn(shop, n)
	if v.feed != nil {
		v.feed.Announce(context.WithoutCancel(ctx), shop, n)
	}
}
