package provision

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgmigrate"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/fault"
)

// ErrStopped ends a migration in which too much has failed: the file is wrong, not the shops.
var ErrStopped = fault.New(fault.Conflict, "provision.migration_stopped")

// Plan says how to migrate the fleet.
type Plan struct {
	Workers   int // schemas at the same time; 2 when zero
	StopAfter int // failures that end the run; 20 when zero
	// Watch is told of each shop, from several goroutines.
	Watch func(Step)
}

// Step is one shop of a migration.
type Step struct {
	Shop    registry.ID
	Schema  pg.Schema
	Version int   // afterwards
	Err     error // nil when it is up to date
}

// Report sums a migration up.
type Report struct {
	Latest   int // version the fleet should have
	Behind   int // schemas that needed work
	Migrated int
	Failed   int
}

const (
	// lockTries is how often a schema whose tables are in use is tried before it counts as failed;
	// each try waits for the lock timeout of pgmigrate.
	lockTries = 3
	lockPause = 500 * time.Millisecond
)

// behindRow is a schema that is not at the newest version.
type behindRow struct {
	ID         registry.ID
	SchemaName string
	Version    int
}

// Migrate brings every schema to the newest version, prepared ones first so that sign-ups stay
// fast. Shops that failed before are tried again. It may be killed and run again, and run by two
// processes at once.
//
// Errors: ErrStopped after too many failures; otherwise failures are in the report and on the
// shops, and the error is nil.
func (p *Provisioner) Migrate(ctx context.Context, how Plan) (Report, error) {
	report := Report{Latest: p.conf.Series.Latest()}
	var behind []behindRow
	err := p.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		return tx.DB().Raw(`
			select id, schema_name, version from shops
			where state <> 'closed' and version < ? and version > 0
			order by state = 'prepared' desc, id`, report.Latest).Scan(&behind).Error
	})
	if err != nil {
		return report, fmt.Errorf("list schemas: %w", err)
	}
	report.Behind = len(behind)
	if len(behind) == 0 {
		return report, nil
	}
	run := &migration{p: p, how: how, report: &report}
	return report, run.all(ctx, behind)
}

// migration is one run of Migrate.
type migration struct {
	p      *Provisioner
	how    Plan
	mu     sync.Mutex
	report *Report
}

func (m *migration) all(ctx context.Context, behind []behindRow) error {
	workers, limit := m.how.Workers, m.how.StopAfter
	if workers <= 0 {
		workers = 2
	}
	if limit <= 0 {
		limit = 20
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	queue := make(chan behindRow)
	var done sync.WaitGroup
	for range min(workers, len(behind)) {
		done.Go(func() {
			if err := m.work(ctx, queue, limit, stop); err != nil {
				stop(err)
			}
		})
	}
feed:
	for _, row := range behind {
		select {
		case queue <- row:
		case <-ctx.Done():
			break feed
		}
	}
	close(queue)
	done.Wait()
	return context.Cause(ctx)
}

// work migrates what it is given over one connection.
func (m *migration) work(ctx context.Context, queue <-chan behindRow, limit int, stop context.CancelCauseFunc) error {
	var conn *pgx.Conn
	defer func() {
		if conn != nil {
			hangUp(ctx, conn)
		}
	}()
	for row := range queue {
		if conn == nil || conn.IsClosed() {
			var err error
			if conn, err = m.p.owner(ctx); err != nil {
				return err
			}
		}
		if failed := m.one(ctx, conn, row); failed >= limit {
			stop(ErrStopped.With(fault.Args{"failed": failed}))
		}
		if ctx.Err() != nil {
			return nil
		}
	}
	return nil
}

// one migrates a schema, records the outcome and returns how many have failed so far.
func (m *migration) one(ctx context.Context, conn *pgx.Conn, row behindRow) int {
	step := Step{Shop: row.ID}
	step.Schema, step.Err = pg.ShopSchema(row.SchemaName)
	if step.Err == nil {
		step.Version, step.Err = m.apply(ctx, conn, step.Schema)
	}
	if ctx.Err() != nil {
		return 0 // interrupted: the next run tells what became of it
	}
	if step.Version == 0 {
		step.Version = row.Version
	}
	problem := ""
	if step.Err != nil {
		problem = step.Err.Error()
	}
	if err := m.p.record(ctx, row.ID, step.Version, problem); err != nil {
		step.Err = errors.Join(step.Err, err)
	}
	m.p.registry.Announce(ctx, row.ID)
	if step.Err != nil {
		m.p.conf.Log.Error("migrate shop", slog.String("schema", row.SchemaName), slog.Any("error", step.Err))
	}
	if m.how.Watch != nil {
		m.how.Watch(step)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if step.Err != nil {
		m.report.Failed++
	} else {
		m.report.Migrated++
	}
	return m.report.Failed
}

// apply tries again when a table was in use: the shop is open, and its own queries come first.
func (m *migration) apply(ctx context.Context, conn *pgx.Conn, schema pg.Schema) (version int, err error) {
	for try := range lockTries {
		version, err = pgmigrate.Apply(ctx, conn, schema, m.p.conf.Series)
		if !pg.LockTimeout(err) || try == lockTries-1 {
			return version, err
		}
		select {
		case <-time.After(lockPause):
		case <-ctx.Done():
			return version, ctx.Err()
		}
	}
	return version, err
}
