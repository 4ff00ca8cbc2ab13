package jobs

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

const (
	schemaName = "river"
	// migrateLock keeps two starting processes from migrating at once. The number
	// is arbitrary; it only has to be this package's own.
	migrateLock = 7_319_846_201
	// DefaultWorker is the login role that runs jobs when Migrate is told no other.
	DefaultWorker = "echoppe_app"
)

//go:embed schema.sql
var schemaSQL string

// Migrate builds or upgrades the queue as the database's owner and lets the
// login roles named by workers (DefaultWorker when none is) run jobs. The roles
// must exist. It may be called at every start by every process.
func Migrate(ctx context.Context, ownerURL string, workers ...string) error {
	if len(workers) == 0 {
		workers = []string{DefaultWorker}
	}
	pool, err := OpenPool(ctx, PoolConfig{URL: ownerURL, MaxConns: 2})
	if err != nil {
		return err
	}
	defer pool.Close()
	// The lock lives in a transaction of its own, since river commits each step.
	err = pgx.BeginFunc(ctx, pool, func(lock pgx.Tx) error {
		if _, err := lock.Exec(ctx, "select pg_advisory_xact_lock($1)", int64(migrateLock)); err != nil {
			return err
		}
		return migrate(ctx, pool, workers)
	})
	if err != nil {
		return fmt.Errorf("prepare the job queue: %w", err)
	}
	return nil
}

func migrate(ctx context.Context, pool *pgxpool.Pool, workers []string) error {
	err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		// Only Citus knows the setting; elsewhere it is a custom one without effect.
		_, err := tx.Exec(ctx, "set local citus.enable_schema_based_sharding = off; create schema if not exists "+schemaName)
		return err
	})
	if err != nil {
		return err
	}
	m, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Schema: schemaName, Logger: silent()})
	if err != nil {
		return err
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, schemaSQL); err != nil {
			return err
		}
		for _, role := range workers {
			if _, err := tx.Exec(ctx, grants(role)); err != nil {
				return fmt.Errorf("let %s run jobs: %w", role, err)
			}
		}
		return nil
	})
}

func grants(role string) string {
	to := pgx.Identifier{role}.Sanitize()
	return "grant select, insert, update, delete on all tables in schema river to " + to +
		"; grant usage, select on all sequences in schema river to " + to
}
