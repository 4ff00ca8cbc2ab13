package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// jitter spreads retries by up to this share, so that jobs that failed together
// do not come back together.
const jitter = 0.1

// worker is a kind as river sees it.
type worker[T Args] struct {
	river.WorkerDefaults[T]
	kind   *kind
	runner *Runner
}

func (w *worker[T]) Timeout(*river.Job[T]) time.Duration { return w.kind.policy.Timeout }

func (w *worker[T]) NextRetry(j *river.Job[T]) time.Time {
	wait := w.kind.policy.Wait(j.Attempt)
	return w.runner.clock.Now().Add(wait + time.Duration(rand.Float64()*jitter*float64(wait)))
}

func (w *worker[T]) Work(ctx context.Context, j *river.Job[T]) error {
	return w.runner.work(ctx, w.kind, attemptOf(j.JobRow))
}

func attemptOf(row *rivertype.JobRow) attempt {
	return attempt{
		id: row.ID, kind: row.Kind, origin: originOf(row.Metadata), args: row.EncodedArgs,
		number: row.Attempt, most: row.MaxAttempts, created: row.CreatedAt,
	}
}

func originOf(metadata []byte) string {
	var m struct {
		Origin string `json:"origin"`
	}
	if json.Unmarshal(metadata, &m) != nil {
		return ""
	}
	return m.Origin
}

// work runs one attempt, counts it and logs a failure.
func (r *Runner) work(ctx context.Context, k *kind, a attempt) error {
	began := r.clock.Now()
	err := k.protected(ctx, a)
	took := r.clock.Now().Sub(began)
	outcome := outcomeOf(err, a)
	r.metrics.count(a.kind, outcome, took)
	if err == nil {
		r.log.DebugContext(ctx, "job done", "kind", a.kind, "job", a.id, "origin", a.origin, "attempt", a.number, "took", took)
		return nil
	}
	level := slog.LevelWarn
	if outcome != outcomeRetry {
		level = slog.LevelError
	}
	r.log.Log(ctx, level, "job failed", "kind", a.kind, "job", a.id, "origin", a.origin,
		"attempt", a.number, "of", a.most, "outcome", outcome, "took", took, "error", err)
	if outcome == outcomeRefused {
		return river.JobCancel(err)
	}
	return err
}

// protected turns a panic into an error that carries the stack for the log.
func (k *kind) protected(ctx context.Context, a attempt) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic in %s: %v\n%s", a.kind, v, debug.Stack())
		}
	}()
	return k.run(ctx, a)
}

// Outcomes of an attempt, as metrics and logs name them.
const (
	outcomeDone    = "done"
	outcomeRetry   = "retry"
	outcomeRefused = "refused"   // a final error: no attempt follows
	outcomeGivenUp = "exhausted" // the last attempt failed
)

func outcomeOf(err error, a attempt) string {
	switch {
	case err == nil:
		return outcomeDone
	case isFinal(err):
		return outcomeRefused
	case a.number >= a.most:
		return outcomeGivenUp
	default:
		return outcomeRetry
	}
}
