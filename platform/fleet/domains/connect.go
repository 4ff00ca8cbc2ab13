package domains

import (
	"context"
	"fmt"
	"strings"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/fault"
)

// Connect claims a domain for a shop and says which records to create. Claiming one's own again
// returns it as it is.
// Errors: a refused field "host", ErrTaken, ErrQuarantine, ErrTooMany.
func (d *Domains) Connect(ctx context.Context, shop registry.ID, text string, by audit.Actor) (Domain, error) {
	host, err := CleanHost(text, d.sites)
	if err != nil {
		return Domain{}, err
	}
	var claimed Domain
	err = d.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		claimed, err = d.claim(tx, shop, host, by)
		return err
	})
	if pg.Constraint(err) == "domains_pkey" { // somebody else was a moment faster
		err = ErrTaken.On("host")
	}
	return claimed, err
}

func (d *Domains) claim(tx pg.Tx, shop registry.ID, host string, by audit.Actor) (Domain, error) {
	var holders []domainRow
	if err := tx.DB().Raw("select"+columns+"from domains where host = ? for update", host).Scan(&holders).Error; err != nil {
		return Domain{}, fmt.Errorf("find domain: %w", err)
	}
	if len(holders) > 0 {
		holder := holders[0]
		if holder.ShopID == shop && holder.ReleasedAt == nil {
			return holder.domain(), nil
		}
		if err := free(holder, shop, tx.Now()); err != nil {
			return Domain{}, err
		}
	}
	mine, err := list(tx, "shop_id = ? and released_at is null", shop)
	if err != nil {
		return Domain{}, err
	}
	if len(mine) >= maxPerShop {
		return Domain{}, ErrTooMany.With(fault.Args{"n": maxPerShop})
	}
	if len(holders) > 0 {
		if err := tx.DB().Exec("delete from domains where host = ?", host).Error; err != nil {
			return Domain{}, fmt.Errorf("replace domain: %w", err)
		}
	}
	row := domainRow{
		Host: host, ShopID: shop, CreatedAt: tx.Now(), Token: "echoppe=" + secret.Token(),
		Target: strings.ToLower(secret.Token()) + "." + targetLabel + "." + d.sites.Host,
	}
	err = tx.DB().Exec(`insert into domains (host, shop_id, token, target, created_at) values (?, ?, ?, ?, ?)`,
		row.Host, row.ShopID, row.Token, row.Target, row.CreatedAt).Error
	if err != nil {
		return Domain{}, fmt.Errorf("claim domain: %w", err)
	}
	return row.domain(), audit.Write(tx, audit.Deed{Actor: by, Action: "domain.claimed", Shop: shop.String(), Subject: host})
}

// free tells whether a host that has a row may be claimed by this shop.
func free(holder domainRow, shop registry.ID, now time.Time) error {
	switch {
	case holder.ReleasedAt != nil && holder.ShopID == shop:
		return nil
	case holder.ReleasedAt != nil:
		if until := holder.ReleasedAt.Add(Quarantine); until.After(now) {
			return ErrQuarantine.With(fault.Args{"until": until}).On("host")
		}
		return nil
	case holder.VerifiedAt == nil && holder.CreatedAt.Add(claimLasts).Before(now):
		return nil
	default:
		return ErrTaken.On("host")
	}
}
