package registry

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/kit/clock"
)

const (
	// lease bounds how long a lost announcement can go unnoticed.
	lease = 30 * time.Second
	// leaseDeaf is the lease while no announcements arrive.
	leaseDeaf = time.Second
	// leaseUnknown is how long an address that leads nowhere is not asked for again.
	leaseUnknown = 5 * time.Second
	// grace is how long known rows go on being served while the database is away.
	grace = 10 * time.Minute
	// pause spaces the attempts to reach a database that is away: each may take as long as
	// pg.Config.AcquireTimeout, and pages that are in memory must not wait for it.
	pause = 2 * time.Second
)

// Registry finds shops and changes their rows. Safe for concurrent use.
type Registry struct {
	pool   *pg.Pool
	feed   Feed
	clock  clock.Clock
	cache  *cache
	flight singleflight.Group
	away   atomic.Int64 // until when the database is not tried, in Unix microseconds
}

// New makes a registry that knows nothing yet. feed may be nil when this is the only process.
func New(pool *pg.Pool, feed Feed, c clock.Clock) *Registry {
	return &Registry{pool: pool, feed: feed, clock: c, cache: newCache()}
}

// BySlug finds the shop that has or once had this slug; compare Shop.Slug to tell which.
// Errors: ErrUnknown.
func (r *Registry) BySlug(ctx context.Context, slug string) (*Shop, error) {
	return r.find(ctx, "slug:"+slug, func(tx pg.Tx) (*Shop, error) { return findBySlug(tx, slug) })
}

// ByHost finds the shop whose proved domain host is, in lower-case ASCII without a port.
// Errors: ErrUnknown.
func (r *Registry) ByHost(ctx context.Context, host string) (*Shop, error) {
	return r.find(ctx, "host:"+host, func(tx pg.Tx) (*Shop, error) { return findByHost(tx, host) })
}

// ByID finds a shop. Errors: ErrUnknown.
func (r *Registry) ByID(ctx context.Context, shop ID) (*Shop, error) {
	return r.find(ctx, "id:"+shop.String(), func(tx pg.Tx) (*Shop, error) { return findByID(tx, shop) })
}

// Fresh reads a shop's row past the cache, for forms that save on its rev. Errors: ErrUnknown.
func (r *Registry) Fresh(ctx context.Context, shop ID) (*Shop, error) {
	var found *Shop
	err := r.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) (err error) {
		found, err = findByID(tx, shop)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find shop %s: %w", shop, err)
	}
	return found, nil
}

func (r *Registry) find(ctx context.Context, key string, read func(pg.Tx) (*Shop, error)) (*Shop, error) {
	shop, at, known := r.cache.get(key)
	now := r.clock.Now()
	age := now.Sub(at)
	usable := known && shop != nil && age < grace
	switch {
	case known && shop == nil && age < leaseUnknown:
		return nil, ErrUnknown
	case usable && (age < r.lease() || now.UnixMicro() < r.away.Load()):
		return shop, nil
	}
	fresh, err := r.load(ctx, key, read)
	if errors.Is(err, pg.ErrUnavailable) && usable {
		r.away.Store(now.Add(pause).UnixMicro())
		return shop, nil
	}
	return fresh, err
}

// load reads once for all who ask for the same key at the same time. It does not use the context
// of the first of them to be cancelled: the others wait for the same answer.
func (r *Registry) load(ctx context.Context, key string, read func(pg.Tx) (*Shop, error)) (*Shop, error) {
	v, err, _ := r.flight.Do(key, func() (any, error) {
		turn := r.cache.begin()
		var found *Shop
		err := r.pool.In(context.WithoutCancel(ctx), pg.Platform, pg.Read, func(tx pg.Tx) (err error) {
			found, err = read(tx)
			return err
		})
		if err == nil || errors.Is(err, ErrUnknown) {
			r.cache.put(key, found, r.clock.Now(), turn)
		}
		return found, err
	})
	if err != nil {
		return nil, fmt.Errorf("find shop: %w", err)
	}
	return v.(*Shop), nil
}

func (r *Registry) lease() time.Duration {
	if r.feed == nil || r.feed.Healthy() {
		return lease
	}
	return leaseDeaf
}
