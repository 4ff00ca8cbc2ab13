package jobs

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"echoppe.dev/platform/kit/clock"
)

// silences is how many beats a worker may miss before it is taken for dead.
const silences = 6

// pulse says that a worker lives, and takes back the jobs of those that no longer say so: a process
// that was killed left them running, and their timeout, which river waits for, may be half an hour.
type pulse struct {
	pool   *pgxpool.Pool
	worker string
	every  time.Duration
	log    *slog.Logger
	clock  clock.Clock
	last   time.Time // the last beat that was heard
}

const beatSQL = `insert into river.beats (worker, at) values ($1, clock_timestamp())
	on conflict (worker) do update set at = excluded.at`

// takeBackSQL leaves jobs out of attempts to river, which buries them. $1 is how long a worker may be
// silent.
const takeBackSQL = `
	update river.river_job j set state = 'available', scheduled_at = clock_timestamp()
	where state = 'running' and attempt < max_attempts and attempted_at < clock_timestamp() - $1::interval
		and not exists (select from river.beats b
			where b.worker = j.attempted_by[cardinality(j.attempted_by)] and b.at > clock_timestamp() - $1::interval)`

// run beats until ctx ends, and then says that the worker is no more.
func (p *pulse) run(ctx context.Context) {
	tick := time.NewTicker(p.every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := p.beat(ctx); err != nil && ctx.Err() == nil {
				p.log.WarnContext(ctx, "a worker's sign of life was not heard", slog.Any("error", err))
			}
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.every)
			defer cancel()
			if _, err := p.pool.Exec(last, "delete from river.beats where worker = $1 or at < clock_timestamp() - interval '1 day'", p.worker); err != nil {
				p.log.DebugContext(last, "a worker's end was not heard", slog.Any("error", err))
			}
			return
		}
	}
}

// beat is one sign of life. A worker whose own last ones were not heard takes nothing back yet: the
// database was away for all, and the others have not had the time to speak either.
func (p *pulse) beat(ctx context.Context) error {
	if _, err := p.pool.Exec(ctx, beatSQL, p.worker); err != nil {
		return err
	}
	now := p.clock.Now()
	heard := now.Sub(p.last) < silences*p.every/2
	if p.last = now; !heard {
		return nil
	}
	lost, err := p.pool.Exec(ctx, takeBackSQL, silences*p.every)
	if err == nil && lost.RowsAffected() > 0 {
		p.log.InfoContext(ctx, "jobs of a dead worker were taken back", slog.Int64("jobs", lost.RowsAffected()))
	}
	return err
}
