package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"echoppe.dev/platform/kit/clock"
)

// Config says how jobs are run. The zero value is fit for use.
type Config struct {
	// Workers is the number of jobs of one queue run at once; 8 when zero.
	Workers int
	// Poll is how often each queue is asked for jobs; 250 ms when zero.
	Poll time.Duration
	// Beat is how often a worker says that it lives; 5 s when zero. Six times that long it may be
	// silent before its jobs are given to others.
	Beat time.Duration
	// Log receives one line per attempt that failed, and river's own complaints;
	// slog's default when nil.
	Log *slog.Logger
	// Metrics registers counters and durations per kind; none when nil.
	Metrics prometheus.Registerer
	// Clock dates retries; the system's when nil.
	Clock clock.Clock
}

// rescueAfter is how long a job may run beyond its timeout before it is taken
// for lost though its worker lives, and tried again.
const rescueAfter = 90 * time.Second

func (c Config) withDefaults() Config {
	if c.Workers <= 0 {
		c.Workers = 8
	}
	if c.Poll <= 0 {
		c.Poll = 250 * time.Millisecond
	}
	if c.Beat <= 0 {
		c.Beat = 5 * time.Second
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Clock == nil {
		c.Clock = clock.System()
	}
	return c
}

// Runner works jobs until it is stopped.
type Runner struct {
	client  *river.Client[pgx.Tx]
	log     *slog.Logger
	clock   clock.Clock
	metrics *metrics
	cancel  context.CancelFunc
	pulse   chan struct{} // closed when the last beat was said
}

// Start begins to work the jobs that the registry knows; other kinds wait for a
// process that knows them. ctx bounds the start only, not the work. The queue
// must have been migrated.
func Start(ctx context.Context, pool *pgxpool.Pool, r *Registry, cfg Config) (*Runner, error) {
	cfg = cfg.withDefaults()
	run := &Runner{log: cfg.Log, clock: cfg.Clock, metrics: newMetrics(cfg.Metrics)}
	workers := river.NewWorkers()
	for _, k := range r.kinds {
		if err := k.add(workers, run); err != nil {
			return nil, fmt.Errorf("start workers: %w", err)
		}
	}
	queues := map[string]river.QueueConfig{}
	for _, name := range r.queues() {
		queues[name] = river.QueueConfig{MaxWorkers: cfg.Workers}
	}
	var err error
	run.client, err = river.NewClient(riverpgxv5.New(pool), &river.Config{
		Schema: schemaName, Workers: workers, Queues: queues, PollOnly: true,
		FetchPollInterval: cfg.Poll, FetchCooldown: min(cfg.Poll, 100*time.Millisecond), FetchOnlyKnownKinds: true,
		PeriodicJobs: r.schedule(), RescueStuckJobsAfter: rescueAfter, MaxAttempts: defaultPolicy.Attempts,
		// The login role owns no index and may not rebuild one.
		ReindexerSchedule: river.NeverSchedule(),
		Logger:            slog.New(atLeast{cfg.Log.Handler(), slog.LevelWarn}),
	})
	if err != nil {
		return nil, fmt.Errorf("start workers: %w", err)
	}
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	run.cancel = cancel
	alive := &pulse{pool: pool, worker: run.client.ID(), every: cfg.Beat, log: cfg.Log, clock: cfg.Clock, last: cfg.Clock.Now()}
	if err := alive.beat(ctx); err != nil { // before any job is taken
		cancel()
		return nil, fmt.Errorf("start workers: %w", err)
	}
	if err := run.client.Start(work); err != nil {
		cancel()
		return nil, fmt.Errorf("start workers: %w", err)
	}
	run.pulse = make(chan struct{})
	go func() { defer close(run.pulse); alive.run(work) }()
	return run, nil
}

// Stop takes no new jobs and waits for those that run. When ctx ends first, their
// contexts are cancelled and they will be tried again by another worker.
func (r *Runner) Stop(ctx context.Context) error {
	defer func() { r.cancel(); <-r.pulse }()
	if err := r.client.Stop(ctx); err == nil {
		return nil
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := r.client.StopAndCancel(last); err != nil {
		return fmt.Errorf("stop workers: %w", err)
	}
	return nil
}

// schedule turns the periodic jobs into river's. The client that leads inserts
// them, so that one process of the fleet does.
func (r *Registry) schedule() []*river.PeriodicJob {
	out := make([]*river.PeriodicJob, len(r.periodic))
	for i, p := range r.periodic {
		policy := PolicyOf(p.args)
		out[i] = river.NewPeriodicJob(aligned(p.every), func() (river.JobArgs, *river.InsertOpts) {
			return p.args, &river.InsertOpts{
				Queue: policy.Queue, MaxAttempts: policy.Attempts, Metadata: []byte(`{"origin":"schedule"}`),
				UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
					rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
					rivertype.JobStateRetryable, rivertype.JobStateScheduled,
				}},
			}
		}, nil)
	}
	return out
}

// aligned runs at multiples of a period, so that a restart does not put a daily
// job off by a day.
type aligned time.Duration

func (a aligned) Next(t time.Time) time.Time {
	d := time.Duration(a)
	return t.Truncate(d).Add(d)
}
