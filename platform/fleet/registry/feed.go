package registry

import "context"

// Feed tells the other processes that a shop's row has changed. Redis does it; a single process
// needs none.
type Feed interface {
	// Announce must not block for long; a lost announcement is made good by the lease.
	Announce(ctx context.Context, shop ID)
	// Healthy tells whether announcements of others are arriving.
	Healthy() bool
}

// Forget drops what this process knows of a shop. The receiving end of the feed calls it.
func (r *Registry) Forget(shop ID) { r.cache.forget(shop) }

// ForgetAll drops everything, for a feed that was away and may have missed announcements.
func (r *Registry) ForgetAll() { r.cache.forgetAll() }

// Announce makes this process and the others read the shop's row anew. Rooms that change what
// hangs on the row, such as its domains, call it after their commit.
func (r *Registry) Announce(ctx context.Context, shop ID) {
	r.Forget(shop)
	if r.feed != nil {
		r.feed.Announce(context.WithoutCancel(ctx), shop)
	}
}
