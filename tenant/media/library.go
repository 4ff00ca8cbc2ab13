package media

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"time"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/driver/fetch"
	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// Quota knows how much a shop may keep. The fleet implements it.
type Quota interface {
	// Disk refuses, with a fault of kind Quota, more bytes than fit beside those the shop has.
	Disk(ctx context.Context, shop *tenant.Shop, have, more int64) error
}

// Config says what a library works with.
type Config struct {
	// Bucket is the bucket of the fleet; the library keeps each shop below a scope of its own.
	Bucket blob.Bucket
	// Quota is asked before something is stored; nil allows everything.
	Quota Quota
	// Guard decides where pictures may be fetched from; nil is the public web.
	Guard fetch.Guard
	// Slots is how many pictures are decoded at once; one a core when zero.
	Slots int
}

// Library stores and serves the pictures of shops. Safe for concurrent use.
type Library struct {
	bucket blob.Bucket
	quota  Quota
	slots  chan struct{}
	web    *fetch.Client
}

// New makes a library.
func New(c Config) *Library {
	if c.Slots <= 0 {
		c.Slots = runtime.GOMAXPROCS(0)
	}
	return &Library{bucket: c.Bucket, quota: c.Quota, slots: make(chan struct{}, c.Slots), web: fetch.New(c.Guard)}
}

// Opener opens the shop a job was written for; tenant.Opener does.
type Opener interface {
	ByID(ctx context.Context, shop tenant.ID) (*tenant.Shop, error)
}

// Handle registers the library's jobs.
func (l *Library) Handle(r *jobs.Registry, shops Opener) {
	jobs.Handle(r, func(ctx context.Context, a Scale) error {
		shop, err := shops.ByID(ctx, a.Shop)
		if err != nil {
			return err
		}
		return l.finish(ctx, shop, a.Media)
	})
	jobs.Handle(r, func(ctx context.Context, a Fetch) error {
		shop, err := shops.ByID(ctx, a.Shop)
		if err != nil {
			return err
		}
		return l.fetch(ctx, shop, a.Media)
	})
}

// Scale makes the copies of a picture that were not needed at once.
type Scale struct {
	Shop  tenant.ID `json:"shop"`
	Media ID        `json:"media"`
}

// Kind is "media.scale".
func (Scale) Kind() string { return "media.scale" }

// Policy keeps scaling out of the way of mails.
func (Scale) Policy() jobs.Policy {
	return jobs.Policy{Queue: jobs.SlowQueue, Attempts: 8, Timeout: 3 * time.Minute, FirstRetry: 20 * time.Second}
}

// Fetch gets a picture from the address an import gave.
type Fetch struct {
	Shop  tenant.ID `json:"shop"`
	Media ID        `json:"media"`
}

// Kind is "media.fetch".
func (Fetch) Kind() string { return "media.fetch" }

// Policy tries for about half an hour by itself; after that a person presses "retry".
func (Fetch) Policy() jobs.Policy {
	return jobs.Policy{Queue: jobs.SlowQueue, Attempts: 5, Timeout: 2 * time.Minute,
		FirstRetry: time.Minute, MaxRetry: 15 * time.Minute}
}

// scope is the part of the bucket that belongs to a shop.
func (l *Library) scope(shop tenant.ID) blob.Bucket {
	return blob.Scoped(l.bucket, "shops/"+shop.String()+"/")
}

// Open opens a public copy for serving. Errors: ErrUnknown; blob.ErrUnavailable.
func (l *Library) Open(ctx context.Context, shop tenant.ID, key string) (io.ReadCloser, blob.Meta, error) {
	if !Public(key) {
		return nil, blob.Meta{}, ErrUnknown
	}
	r, m, err := l.scope(shop).Get(ctx, key)
	if err != nil {
		return nil, blob.Meta{}, fmt.Errorf("open picture: %w", err)
	}
	return r, m, nil
}

// slot waits for its turn to decode a picture.
func (l *Library) slot(ctx context.Context) (release func(), err error) {
	select {
	case l.slots <- struct{}{}:
		return func() { <-l.slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// checkQuota asks the port, if there is one, whether more bytes fit. Pictures that arrive at the same
// moment are each asked for alone: a plan may be overstepped by what is just on its way, never by more.
func (l *Library) checkQuota(ctx context.Context, shop *tenant.Shop, more int64) error {
	if l.quota == nil {
		return nil
	}
	var have int64
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) { have, err = Kept(tx); return err })
	if err != nil {
		return err
	}
	return l.quota.Disk(ctx, shop, have, more)
}

func newID() ID { return id.New[Media]() }

var (
	_ jobs.Policied = Scale{}
	_ jobs.Policied = Fetch{}
	_ Opener        = (*tenant.Opener)(nil)
)
