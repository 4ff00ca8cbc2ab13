package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"echoppe.dev/platform/kit/clock"
)

// Result is one attempt made by RunDue.
type Result struct {
	ID   int64
	Kind string
	// Err is nil for a job that is done.
	Err error
}

// RunDue works every job that is due and that the registry knows, one after the
// other in this goroutine, jobs enqueued by these jobs included, and returns what
// became of each. A job that fails rests as long as its policy says. origin limits
// it to the jobs of one schema; empty means all. It is for tests and for
// commands that end when their work is done; it may run beside Runners.
func RunDue(ctx context.Context, pool *pgxpool.Pool, r *Registry, origin string) ([]Result, error) {
	run := &Runner{log: silent(), clock: clock.System(), metrics: newMetrics(nil)}
	var results []Result
	for {
		a, err := claim(ctx, pool, r, origin)
		if errors.Is(err, pgx.ErrNoRows) {
			return results, nil
		}
		if err != nil {
			return results, fmt.Errorf("run due jobs: %w", err)
		}
		k := r.kinds[a.kind]
		limited, cancel := context.WithTimeout(ctx, k.policy.Timeout)
		err = run.work(limited, k, a)
		cancel()
		results = append(results, Result{ID: a.id, Kind: a.kind, Err: err})
		if err := record(ctx, pool, k.policy, a, err); err != nil {
			return results, fmt.Errorf("run due jobs: %w", err)
		}
	}
}

// claim takes one job in the way river does: the row says that it runs.
func claim(ctx context.Context, pool *pgxpool.Pool, r *Registry, origin string) (attempt, error) {
	var a attempt
	err := pool.QueryRow(ctx, `
		update river.river_job
		set state = 'running', attempt = attempt + 1, attempted_at = now(), attempted_by = array_append(attempted_by, 'due')
		where id = (
			select id from river.river_job
			where state in ('available', 'scheduled', 'retryable') and scheduled_at <= clock_timestamp() and kind = any($1)
				and ($2::text = '' or metadata @> jsonb_build_object('origin', $2::text))
			order by priority, scheduled_at, id
			limit 1
			for update skip locked)
		returning id, kind, coalesce(metadata->>'origin', ''), args, attempt, max_attempts, created_at`,
		r.Kinds(), origin).Scan(&a.id, &a.kind, &a.origin, &a.args, &a.number, &a.most, &a.created)
	return a, err
}

// record writes the outcome as river would.
func record(ctx context.Context, pool *pgxpool.Pool, p Policy, a attempt, failed error) error {
	if failed == nil {
		_, err := pool.Exec(ctx, "update river.river_job set state = 'completed', finalized_at = now() where id = $1", a.id)
		return err
	}
	state, final := Retryable, true
	switch outcomeOf(failed, a) {
	case outcomeRefused:
		state = Cancelled
	case outcomeGivenUp:
		state = Discarded
	default:
		final = false
	}
	entry, err := json.Marshal(map[string]any{"attempt": a.number, "error": failed.Error(), "trace": ""})
	if err != nil {
		return err
	}
	_, err = pool.Exec(ctx, `
		update river.river_job
		set state = $2::text::river.river_job_state,
			errors = array_append(errors, $3::text::jsonb || jsonb_build_object('at', now())),
			finalized_at = case when $4 then now() end,
			scheduled_at = case when $4 then scheduled_at else clock_timestamp() + make_interval(secs => $5) end
		where id = $1`, a.id, string(state), string(entry), final, p.Wait(a.number).Seconds())
	return err
}
