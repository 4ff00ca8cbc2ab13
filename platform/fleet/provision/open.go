package provision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/registry"
)

// Order asks for a shop.
type Order struct {
	Slug string // already clean
	Plan plan.Code
	Seed Seed
	By   audit.Actor
	// Alongside runs in the same transaction as the claim: the account, its membership, its
	// mail. It may run twice and must have no effect outside tx.
	Alongside func(tx pg.Tx, shop registry.ID) error
}

// errEmpty is between claim and Open.
var errEmpty = errors.New("no prepared shop")

// maxRaces is how often a shop built in line may be snatched by another sign-up.
const maxRaces = 3

// Open gives somebody a shop: one transaction in the control plane, then the shop's default
// settings. A seed that fails is not lost, Tend repeats it; the shop is returned all the same.
// Errors: registry.ErrSlugTaken, ErrNoneReady, those of Alongside.
func (p *Provisioner) Open(ctx context.Context, o Order) (*registry.Shop, error) {
	shop, err := p.claim(ctx, o)
	for race := 0; errors.Is(err, errEmpty) && race < maxRaces; race++ {
		if err = p.prepareInline(ctx); err == nil {
			shop, err = p.claim(ctx, o)
		}
	}
	if errors.Is(err, errEmpty) {
		err = ErrNoneReady
	}
	if err != nil {
		return nil, fmt.Errorf("open shop %s: %w", o.Slug, err)
	}
	p.nudge()
	p.registry.Announce(ctx, shop)
	row, err := p.registry.Fresh(ctx, shop)
	if err != nil {
		return nil, err
	}
	if err := p.seed(ctx, row, o.Seed); err != nil {
		p.conf.Log.Error("seed shop", slog.String("shop", row.Slug), slog.Any("error", err))
	}
	return row, nil
}

func (p *Provisioner) claim(ctx context.Context, o Order) (shop registry.ID, err error) {
	wishes, err := json.Marshal(o.Seed)
	if err != nil {
		return shop, fmt.Errorf("write seed: %w", err)
	}
	if o.Plan == "" {
		o.Plan = plan.Free
	}
	err = p.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		if err := registry.ReserveSlug(tx, o.Slug); err != nil {
			return err
		}
		var claimed []struct{ ID registry.ID }
		err := tx.DB().Raw(`
			update shops set state = 'open', slug = ?, name = ?, plan = ?, opened_at = ?, seed = ?::jsonb, rev = rev + 1
			where id = (select id from shops where state = 'prepared' and version >= ? and version > 0
			            order by version, created_at limit 1 for update skip locked)
			returning id`,
			o.Slug, o.Seed.Name, o.Plan, tx.Now(), string(wishes), p.conf.Series.Latest()).Scan(&claimed).Error
		if err != nil {
			return err
		}
		if len(claimed) == 0 {
			return errEmpty
		}
		shop = claimed[0].ID
		if o.Alongside != nil {
			if err := o.Alongside(tx, shop); err != nil {
				return err
			}
		}
		return audit.Write(tx, audit.Deed{
			Actor: o.By, Action: "shop.opened", Shop: shop.String(), Subject: o.Slug,
			After: map[string]any{"slug": o.Slug, "plan": o.Plan, "locale": o.Seed.Locale},
		})
	})
	return shop, err
}

// seed writes the defaults of a shop and then forgets its wishes.
func (p *Provisioner) seed(ctx context.Context, shop *registry.Shop, wishes Seed) error {
	if p.seeder != nil {
		if err := p.seeder.Seed(ctx, shop, wishes); err != nil {
			return err
		}
	}
	return p.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		return tx.DB().Exec("update shops set seed = null where id = ?", shop.ID).Error
	})
}

// reseed repeats the seeds that were interrupted. A sign-up that is still at it may be met; the
// Seeder bears being called twice.
func (p *Provisioner) reseed(ctx context.Context) error {
	if p.seeder == nil {
		return nil
	}
	var rows []struct {
		ID   registry.ID
		Seed string
	}
	err := p.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		return tx.DB().Raw("select id, seed::text as seed from shops where seed is not null").Scan(&rows).Error
	})
	if err != nil {
		return fmt.Errorf("list unseeded shops: %w", err)
	}
	for _, row := range rows {
		var wishes Seed
		if err := json.Unmarshal([]byte(row.Seed), &wishes); err != nil {
			return fmt.Errorf("read seed of shop %s: %w", row.ID, err)
		}
		shop, err := p.registry.Fresh(ctx, row.ID)
		if err == nil {
			err = p.seed(ctx, shop, wishes)
		}
		if err != nil {
			p.conf.Log.Error("seed shop again", slog.String("shop", row.ID.String()), slog.Any("error", err))
		}
	}
	return nil
}
