package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"echoppe.dev/platform/kit/fault"
)

// Job is one attempt as its handler sees it.
type Job[T Args] struct {
	Args T
	ID   int64
	// Attempt counts from 1.
	Attempt int
	// Last tells that no attempt follows if this one fails.
	Last bool
	// Origin is the schema that enqueued the job, vouched for by the database
	// where shops have roles.
	Origin string
	// Created is when the job was enqueued.
	Created time.Time
}

// Registry knows what to do for each kind of job. It is filled once at start.
type Registry struct {
	kinds    map[string]*kind
	periodic []periodic
}

// kind is a handler without its type.
type kind struct {
	policy Policy
	run    func(ctx context.Context, j attempt) error
	add    func(*river.Workers, *Runner) error
}

// attempt is what a handler needs of a job row, whoever fetched it.
type attempt struct {
	id           int64
	kind, origin string
	args         []byte
	number, most int
	created      time.Time
}

type periodic struct {
	every time.Duration
	args  Args
}

// NewRegistry returns an empty registry.
func NewRegistry() *Registry { return &Registry{kinds: map[string]*kind{}} }

// Handle runs fn for each job with arguments of type T. The context ends with the
// policy's timeout and when the worker is told to stop. Two handlers for one kind
// are a bug and panic.
func Handle[T Args](r *Registry, fn func(context.Context, T) error) {
	HandleJob(r, func(ctx context.Context, j Job[T]) error { return fn(ctx, j.Args) })
}

// HandleJob is Handle for handlers that want to know more than the arguments, for
// instance whether this is the last attempt.
func HandleJob[T Args](r *Registry, fn func(context.Context, Job[T]) error) {
	var zero T
	name := zero.Kind()
	if r.kinds[name] != nil {
		panic(fmt.Sprintf("jobs: two handlers for %q", name))
	}
	k := &kind{policy: PolicyOf(zero)}
	k.run = func(ctx context.Context, a attempt) error {
		j := Job[T]{ID: a.id, Attempt: a.number, Last: a.number >= a.most, Origin: a.origin, Created: a.created}
		if err := json.Unmarshal(a.args, &j.Args); err != nil {
			return Final(fmt.Errorf("arguments of %s: %w", name, err))
		}
		return fn(ctx, j)
	}
	k.add = func(w *river.Workers, runner *Runner) error {
		return river.AddWorkerSafely(w, &worker[T]{kind: k, runner: runner})
	}
	r.kinds[name] = k
}

// Every enqueues args once per period, at multiples of the period since the epoch
// in UTC, from one process of the fleet; not while the previous one still waits
// or runs.
func (r *Registry) Every(period time.Duration, args Args) {
	r.periodic = append(r.periodic, periodic{every: period, args: args})
}

// Kinds lists what can be handled.
func (r *Registry) Kinds() []string {
	out := make([]string, 0, len(r.kinds))
	for name := range r.kinds {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func (r *Registry) queues() []string {
	out := []string{DefaultQueue, SlowQueue}
	for _, k := range r.kinds {
		if !slices.Contains(out, k.policy.Queue) {
			out = append(out, k.policy.Queue)
		}
	}
	return out
}

// finalError marks an error that no further attempt can mend.
type finalError struct{ error }

func (e finalError) Unwrap() error { return e.error }

// Final marks err as not worth another attempt. Faults of the kinds invalid,
// denied, not found and sign-in are final by themselves; all others are tried
// again.
func Final(err error) error { return finalError{err} }

func isFinal(err error) bool {
	if _, ok := asFinal(err); ok {
		return true
	}
	switch fault.KindOf(err) {
	case fault.Malformed, fault.Denied, fault.NotFound, fault.SignIn:
		return true
	case fault.Conflict, fault.Quota, fault.Closed, fault.Upstream, fault.Internal:
	}
	return false
}

func asFinal(err error) (finalError, bool) { return errors.AsType[finalError](err) }
