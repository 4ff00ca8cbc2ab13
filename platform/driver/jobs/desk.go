package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"echoppe.dev/platform/kit/fault"
)

// ErrNotFound is returned for a job that never was or has been cleaned away.
var ErrNotFound = fault.New(fault.NotFound, "job.not_found")

// State is where a job stands.
type State string

const (
	// Available waits for a free worker.
	Available State = "available"
	// Scheduled waits for its time.
	Scheduled State = "scheduled"
	// Running is being worked on.
	Running State = "running"
	// Retryable failed and waits for its next attempt.
	Retryable State = "retryable"
	// Completed is done.
	Completed State = "completed"
	// Cancelled was refused for good by its handler, or called off.
	Cancelled State = "cancelled"
	// Discarded ran out of attempts.
	Discarded State = "discarded"
)

// Filter chooses jobs. Empty fields choose all.
type Filter struct {
	States []State
	Kinds  []string
	Origin string
	// Before is the id of the last job of the previous page.
	Before int64
	// Limit is the size of a page; 50 when zero, 500 at most.
	Limit int
}

// Failure is what went wrong in one attempt.
type Failure struct {
	At    time.Time
	Error string
}

// Info is what an operator may see of a job. The arguments are not part of it:
// they may hold a customer's letter.
type Info struct {
	ID                   int64
	Kind, Queue, Origin  string
	State                State
	Attempt, MaxAttempts int
	Created, Scheduled   time.Time
	Finished             *time.Time
	Failures             []Failure
}

// Desk is where an operator looks at jobs and has them tried again.
type Desk struct {
	pool   *pgxpool.Pool
	client *river.Client[pgx.Tx]
}

// NewDesk makes a desk over connections from OpenPool.
func NewDesk(pool *pgxpool.Pool) (*Desk, error) {
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{Schema: schemaName, Logger: silent()})
	if err != nil {
		return nil, fmt.Errorf("open the jobs desk: %w", err)
	}
	return &Desk{pool: pool, client: client}, nil
}

const (
	defaultPage = 50
	maxPage     = 500
)

// List returns jobs, newest first.
func (d *Desk) List(ctx context.Context, f Filter) ([]Info, error) {
	limit := f.Limit
	if limit <= 0 {
		limit = defaultPage
	}
	rows, err := d.pool.Query(ctx, `
		select id, kind, queue, coalesce(metadata->>'origin', ''), state::text, attempt, max_attempts,
			created_at, scheduled_at, finalized_at,
			coalesce((select jsonb_agg(jsonb_build_object('At', e->>'at', 'Error', e->>'error') order by n)
				from unnest(errors) with ordinality as x(e, n)), '[]')
		from river.river_job
		where ($1::text[] is null or state::text = any($1))
			and ($2::text[] is null or kind = any($2))
			and ($3::text = '' or metadata @> jsonb_build_object('origin', $3::text))
			and ($4::bigint = 0 or id < $4)
		order by id desc
		limit $5`, texts(f.States), texts(f.Kinds), f.Origin, f.Before, min(limit, maxPage))
	if err != nil {
		return nil, fmt.Errorf("list jobs: %w", err)
	}
	list, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (Info, error) {
		var i Info
		err := r.Scan(&i.ID, &i.Kind, &i.Queue, &i.Origin, &i.State, &i.Attempt, &i.MaxAttempts,
			&i.Created, &i.Scheduled, &i.Finished, &i.Failures)
		return i, err
	})
	if err != nil {
		return nil, fmt.Errorf("list jobs: %w", err)
	}
	return list, nil
}

// Counts tells how many jobs are in each state that has any.
func (d *Desk) Counts(ctx context.Context) (map[State]int, error) {
	rows, err := d.pool.Query(ctx, "select state::text, count(*) from river.river_job group by 1")
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	out := map[State]int{}
	var state State
	var n int
	if _, err := pgx.ForEachRow(rows, []any{&state, &n}, func() error {
		out[state] = n
		return nil
	}); err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	return out, nil
}

// Retry has a job tried again now, even one that was given up. A running job is
// left alone. Errors: ErrNotFound.
func (d *Desk) Retry(ctx context.Context, id int64) error {
	_, err := d.client.JobRetry(ctx, id)
	return deskError("retry", id, err)
}

// Cancel calls a job off; a running one is told to stop. Errors: ErrNotFound.
func (d *Desk) Cancel(ctx context.Context, id int64) error {
	_, err := d.client.JobCancel(ctx, id)
	return deskError("cancel", id, err)
}

func deskError(what string, id int64, err error) error {
	if errors.Is(err, rivertype.ErrNotFound) {
		return ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("%s job %d: %w", what, id, err)
	}
	return nil
}

// texts is nil for an empty list, which the query reads as "any".
func texts[S ~string](list []S) []string {
	var out []string
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}
