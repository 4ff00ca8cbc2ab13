package provision

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgmigrate"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/id"
)

const (
	// tendLock lets one process of the fleet prepare at a time.
	tendLock = 0x6563686f0001
	// abandoned is the age at which a row without a schema was left by a process that died.
	abandoned = 2 * time.Minute
)

// Tend fills the pool up to Config.Ready, finishes what a killed process began, and seeds shops
// that were claimed and not seeded. It returns at once when another process is at it.
func (p *Provisioner) Tend(ctx context.Context) error {
	if err := p.reseed(ctx); err != nil {
		return err
	}
	if p.conf.OwnerURL == "" {
		return nil
	}
	missing, begun, err := p.inventory(ctx)
	if err != nil || missing <= 0 && len(begun) == 0 {
		return err
	}
	conn, err := p.owner(ctx)
	if err != nil {
		return err
	}
	defer hangUp(ctx, conn)
	var mine bool
	if err := conn.QueryRow(ctx, "select pg_try_advisory_lock($1)", int64(tendLock)).Scan(&mine); err != nil || !mine {
		return err // the lock goes with the connection
	}
	for _, row := range begun {
		if err := p.build(ctx, conn, row); err != nil {
			return err
		}
	}
	for {
		missing, _, err := p.inventory(ctx)
		if err != nil || missing <= 0 {
			return err
		}
		if err := p.prepare(ctx, conn); err != nil {
			return err
		}
	}
}

// preparedRow is a shop before anybody has it.
type preparedRow struct {
	ID         registry.ID
	SchemaName string
}

// inventory counts how many prepared shops are missing and lists those that were never finished.
func (p *Provisioner) inventory(ctx context.Context) (missing int, begun []preparedRow, err error) {
	err = p.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		var ready int
		if err := tx.DB().Raw("select count(*) from shops where state = 'prepared' and version >= ?",
			p.conf.Series.Latest()).Scan(&ready).Error; err != nil {
			return err
		}
		missing = p.conf.Ready - ready
		return tx.DB().Raw(`select id, schema_name from shops
			where state = 'prepared' and version = 0 and created_at < ?`, tx.Now().Add(-abandoned)).Scan(&begun).Error
	})
	if err != nil {
		return 0, nil, fmt.Errorf("count prepared shops: %w", err)
	}
	return missing, begun, nil
}

// prepare makes one more empty shop.
func (p *Provisioner) prepare(ctx context.Context, owner *pgx.Conn) error {
	shop := id.New[registry.Shop]()
	row := preparedRow{shop, "shop_" + strings.ReplaceAll(shop.String(), "-", "")}
	err := p.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		return tx.DB().Exec(`insert into shops (id, schema_name, version, state, created_at) values (?, ?, 0, 'prepared', ?)`,
			row.ID, row.SchemaName, tx.Now()).Error
	})
	if err != nil {
		return fmt.Errorf("register schema: %w", err)
	}
	return p.build(ctx, owner, row)
}

// build makes the schema of a registered row, or finds it made, and says so in the registry. A
// schema is made whole or not at all.
func (p *Provisioner) build(ctx context.Context, owner *pgx.Conn, row preparedRow) error {
	schema, err := pg.ShopSchema(row.SchemaName)
	if err != nil {
		return err
	}
	var exists bool
	if err := owner.QueryRow(ctx, "select exists (select from pg_namespace where nspname = $1)", row.SchemaName).Scan(&exists); err != nil {
		return fmt.Errorf("look for schema %s: %w", schema, err)
	}
	if exists {
		_, err = pgmigrate.Apply(ctx, owner, schema, p.conf.Series)
	} else {
		err = pgmigrate.Create(ctx, owner, schema, p.conf.Series, p.conf.AppRole)
	}
	if err != nil {
		return fmt.Errorf("build schema: %w", err)
	}
	return p.record(ctx, row.ID, p.conf.Series.Latest(), "")
}

// record writes what a schema is at into the registry.
func (p *Provisioner) record(ctx context.Context, shop registry.ID, version int, problem string) error {
	err := p.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		return tx.DB().Exec("update shops set version = ?, problem = ? where id = ?", version, problem, shop).Error
	})
	if err != nil {
		return fmt.Errorf("record version of shop %s: %w", shop, err)
	}
	return nil
}

// prepareInline makes one shop while somebody waits.
func (p *Provisioner) prepareInline(ctx context.Context) error {
	if p.conf.OwnerURL == "" {
		return ErrNoneReady
	}
	select {
	case p.inline <- struct{}{}:
		defer func() { <-p.inline }()
	case <-ctx.Done():
		return ctx.Err()
	}
	conn, err := p.owner(ctx)
	if err != nil {
		return errors.Join(ErrNoneReady, err)
	}
	defer hangUp(ctx, conn)
	return p.prepare(ctx, conn)
}
