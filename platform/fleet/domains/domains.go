package domains

import (
	"context"
	"fmt"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/sites"
)

// Announcer makes every process read a shop's row anew; registry.Registry is one.
type Announcer interface {
	Announce(ctx context.Context, shop registry.ID)
}

// Domains connects, proves and releases domains. Safe for concurrent use.
type Domains struct {
	pool     *pg.Pool
	registry Announcer
	resolver Resolver
	sites    sites.Sites
}

// New makes the keeper of domains.
func New(pool *pg.Pool, a Announcer, r Resolver, s sites.Sites) *Domains {
	return &Domains{pool, a, r, s}
}

// List returns a shop's domains, oldest first.
func (d *Domains) List(ctx context.Context, shop registry.ID) (out []Domain, err error) {
	err = d.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		out, err = list(tx, "shop_id = ? and released_at is null order by created_at, host", shop)
		return err
	})
	return out, err
}

// SetMain chooses the domain that the shop's others redirect to. Errors: ErrUnknown, ErrUnverified.
func (d *Domains) SetMain(ctx context.Context, shop registry.ID, host string, by audit.Actor) error {
	return d.change(ctx, shop, host, func(tx pg.Tx, row domainRow) error {
		if row.VerifiedAt == nil {
			return ErrUnverified
		}
		if err := tx.DB().Exec("update domains set main = (host = ?) where shop_id = ?", host, shop).Error; err != nil {
			return err
		}
		return audit.Write(tx, audit.Deed{Actor: by, Action: "domain.main", Shop: shop.String(), Subject: host})
	})
}

// Release lets go of a domain: it leads nowhere from now on, and to nobody else before the
// quarantine is over. Errors: ErrUnknown.
func (d *Domains) Release(ctx context.Context, shop registry.ID, host string, by audit.Actor) error {
	return d.change(ctx, shop, host, func(tx pg.Tx, row domainRow) error {
		err := tx.DB().Exec("update domains set released_at = ?, verified_at = null, main = false, target = '' where host = ?",
			tx.Now(), host).Error
		if err != nil {
			return err
		}
		err = tx.DB().Exec("update shops set canonical = 'subdomain' where id = ? and canonical = 'domain' and ?", shop, row.Main).Error
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Deed{Actor: by, Action: "domain.released", Shop: shop.String(), Subject: host})
	})
}

func (d *Domains) change(ctx context.Context, shop registry.ID, host string, edit func(pg.Tx, domainRow) error) error {
	err := d.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		row, err := find(tx, shop, host, true)
		if err != nil {
			return err
		}
		return edit(tx, row)
	})
	if err != nil {
		return fmt.Errorf("change domain %s: %w", host, err)
	}
	d.registry.Announce(ctx, shop)
	return nil
}
