package domains

import (
	"context"
	"errors"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/fault"
)

// Verify looks for the records of a claimed domain; when they are there the domain leads to the
// shop, and is its main one if it has no other.
// Errors: ErrUnknown, ErrNoTXT, ErrNoTarget, ErrResolver.
func (d *Domains) Verify(ctx context.Context, shop registry.ID, host string, by audit.Actor) (Domain, error) {
	var claim domainRow
	err := d.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) (err error) {
		claim, err = find(tx, shop, host, false)
		return err
	})
	if err != nil {
		return Domain{}, err
	}
	missing := prove(ctx, d.resolver, claim.domain())
	var proved Domain
	err = d.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		proved, err = d.settle(tx, shop, host, missing, by)
		return err
	})
	if err == nil {
		d.registry.Announce(ctx, shop)
		err = missing
	}
	return proved, err
}

// settle records what was found.
func (d *Domains) settle(tx pg.Tx, shop registry.ID, host string, missing error, by audit.Actor) (Domain, error) {
	row, err := find(tx, shop, host, true)
	if err != nil {
		return Domain{}, err
	}
	if missing != nil {
		err := tx.DB().Exec("update domains set checked_at = ?, problem = ? where host = ?", tx.Now(), fault.KeyOf(missing), host).Error
		return row.domain(), err
	}
	now, first := tx.Now(), row.VerifiedAt == nil
	if first {
		row.VerifiedAt = &now
	}
	row.CheckedAt, row.Problem = &now, ""
	err = tx.DB().Exec(`
		update domains set verified_at = ?, checked_at = ?, problem = '',
		       main = main or not exists (select from domains m where m.shop_id = ? and m.main)
		where host = ?`, *row.VerifiedAt, now, shop, host).Error
	if err != nil || !first {
		return row.domain(), err
	}
	return row.domain(), audit.Write(tx, audit.Deed{Actor: by, Action: "domain.verified", Shop: shop.String(), Subject: host})
}

// Recheck looks at proofs that were last seen longer ago than age and drops those that are gone:
// the domain then leads nowhere until it is verified again. A failing name service changes nothing.
func (d *Domains) Recheck(ctx context.Context, age time.Duration) error {
	var due []Domain
	err := d.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) (err error) {
		due, err = list(tx, "verified_at is not null and checked_at < ? order by checked_at", tx.Now().Add(-age))
		return err
	})
	if err != nil {
		return err
	}
	for _, domain := range due {
		missing := prove(ctx, d.resolver, domain)
		if errors.Is(missing, ErrResolver) {
			continue
		}
		if err := d.rechecked(ctx, domain, missing); err != nil {
			return err
		}
	}
	return nil
}

func (d *Domains) rechecked(ctx context.Context, domain Domain, missing error) error {
	return d.change(ctx, domain.Shop, domain.Host, func(tx pg.Tx, _ domainRow) error {
		if missing == nil {
			return tx.DB().Exec("update domains set checked_at = ?, problem = '' where host = ?", tx.Now(), domain.Host).Error
		}
		err := tx.DB().Exec("update domains set verified_at = null, main = false, checked_at = ?, problem = ? where host = ?",
			tx.Now(), fault.KeyOf(missing), domain.Host).Error
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Deed{Actor: audit.ByProgram, Action: "domain.lost", Shop: domain.Shop.String(), Subject: domain.Host})
	})
}
