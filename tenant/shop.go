package tenant

import (
	"context"
	"fmt"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/kit/id"
)

// ID names a shop.
type ID = id.Of[Shop]

// Ref is what the registry knows of a shop and its own rooms need.
type Ref struct {
	ID ID
	// Slug is the shop's name in addresses: /slug.shop/ and slug.platform.tld.
	Slug string
	// Schema is the name of its Postgres schema.
	Schema string
	// BaseURL is its canonical address without a trailing slash, for links in mails.
	BaseURL string
	// Plan is the code of its plan.
	Plan string
	// Terminal: an operator allows the shop to take cards for the merchant's own terminal (PAY-03).
	Terminal bool
}

// Shop is one shop, opened. Safe for concurrent use.
type Shop struct {
	ref      Ref
	schema   pg.Schema
	pool     *pg.Pool
	versions *Versions
	memo     *memo
}

// ID names the shop.
func (s *Shop) ID() ID { return s.ref.ID }

// Slug is its name in addresses.
func (s *Shop) Slug() string { return s.ref.Slug }

// BaseURL is its canonical address without a trailing slash.
func (s *Shop) BaseURL() string { return s.ref.BaseURL }

// Plan is the code of its plan.
func (s *Shop) Plan() string { return s.ref.Plan }

// Terminal tells whether an operator allows the shop to take cards for the merchant's own terminal (PAY-03).
func (s *Shop) Terminal() bool { return s.ref.Terminal }

// Read runs fn in one snapshot of the shop. A write inside fails.
func (s *Shop) Read(ctx context.Context, fn func(Tx) error) error {
	// Taken before the snapshot: what is read may then be newer than the version it is kept
	// under, which the next version cures, but never older, which nothing would.
	version, known := s.versions.known(s.ref.ID)
	return s.pool.In(ctx, s.schema, pg.Read, func(tx pg.Tx) error {
		return fn(Tx{Tx: tx, shop: s, work: &work{version: version, keep: known}})
	})
}

// Write runs fn as one unit of work: all of it is committed or none. fn may run twice (see
// pg.Pool.In) and so must have no effect outside its Tx.
func (s *Shop) Write(ctx context.Context, fn func(Tx) error) error {
	var version int64
	err := s.pool.In(ctx, s.schema, pg.Write, func(tx pg.Tx) error {
		version = 0
		w := &work{}
		if err := fn(Tx{Tx: tx, shop: s, work: w}); err != nil {
			return err
		}
		if !w.touched {
			return nil
		}
		err := tx.DB().Raw("update page_version set n = n + 1 returning n").Scan(&version).Error
		if err != nil {
			return fmt.Errorf("raise page version: %w", err)
		}
		return nil
	})
	if err == nil && version > 0 {
		s.versions.announce(ctx, s.ref.ID, version)
	}
	return err
}

// Version is the shop's page version as this process knows it: exact in the process that wrote,
// elsewhere as fresh as the announcements, and never older than the lease of Versions.
func (s *Shop) Version(ctx context.Context) (int64, error) {
	if n, ok := s.versions.known(s.ref.ID); ok {
		return n, nil
	}
	// When a lease ends every waiting visitor asks; one of them reads for all, and is not stopped
	// by his own browser going away.
	got, err, _ := s.versions.flight.Do(s.ref.ID.String(), func() (any, error) {
		var n int64
		err := s.Read(context.WithoutCancel(ctx), func(tx Tx) error {
			return tx.DB().Raw("select n from page_version").Scan(&n).Error
		})
		if err == nil {
			s.versions.Learn(s.ref.ID, n)
		}
		return n, err
	})
	if err != nil {
		return 0, fmt.Errorf("read page version: %w", err)
	}
	return got.(int64), nil
}
