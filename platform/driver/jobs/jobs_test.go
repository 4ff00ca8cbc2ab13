package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/prometheus/client_golang/prometheus"
	"pgregory.net/rapid"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/jobs/jobstest"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/kit/fault"
)

type letter struct{ To string }

func (letter) Kind() string { return "test_letter" }

type report struct{ Day string }

func (report) Kind() string { return "test_report" }
func (report) Policy() jobs.Policy {
	return jobs.Policy{Queue: jobs.SlowQueue, Attempts: 2, FirstRetry: time.Millisecond, MaxRetry: time.Millisecond}
}

func shop(t *testing.T) (*pg.Pool, pg.Schema, *jobs.Desk) {
	t.Helper()
	pool, schema := pgtest.Shop(t)
	desk, err := jobs.NewDesk(jobstest.Pool(t))
	if err != nil {
		t.Fatal(err)
	}
	return pool, schema, desk
}

func write(t *testing.T, pool *pg.Pool, s pg.Schema, fn func(pg.Tx) error) {
	t.Helper()
	if err := pool.In(t.Context(), s, pg.Write, fn); err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T, d *jobs.Desk, s pg.Schema) []jobs.Info {
	t.Helper()
	out, err := d.List(t.Context(), jobs.Filter{Origin: s.String()})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEnqueue_ORD11_isPartOfTheTransaction(t *testing.T) {
	pool, schema, desk := shop(t)
	changedMind := errors.New("changed my mind")
	err := pool.In(t.Context(), schema, pg.Write, func(tx pg.Tx) error {
		if err := jobs.Enqueue(tx, letter{"never@example.org"}); err != nil {
			return err
		}
		return changedMind
	})
	if !errors.Is(err, changedMind) || len(list(t, desk, schema)) != 0 {
		t.Fatalf("a rolled-back order left jobs behind (%v)", err)
	}
	write(t, pool, schema, func(tx pg.Tx) error {
		return jobs.EnqueueMany(tx, jobs.New{Args: letter{"a@example.org"}}, jobs.New{Args: report{"mon"}, Opts: []jobs.Opt{jobs.MaxAttempts(7)}})
	})
	var sent []string
	r := jobs.NewRegistry()
	jobs.HandleJob(r, func(_ context.Context, j jobs.Job[letter]) error {
		sent = append(sent, j.Args.To+" "+j.Origin)
		return nil
	})
	jobstest.Drain(t, schema, r)
	if got := strings.Join(sent, ","); got != "a@example.org "+schema.String() {
		t.Errorf("worked %q", got)
	}
	all := list(t, desk, schema)
	if len(all) != 2 || all[1].State != jobs.Completed || all[0].State != jobs.Available || all[0].Queue != jobs.SlowQueue || all[0].MaxAttempts != 7 {
		t.Errorf("jobs %+v: want the letter done, and the report, which nobody handles, waiting", all)
	}
}

func TestEnqueue_FLT01_shopRoleCanOnlyAdd(t *testing.T) {
	pool, schema, desk := shop(t)
	other := pgtest.NewSchema(t)
	write(t, pool, other, func(tx pg.Tx) error { return jobs.Enqueue(tx, letter{"private@example.org"}) })
	for _, attack := range []string{
		"select * from river.river_job",
		"select count(*) from river.river_job",
		"update river.river_job set args = '{}'",
		"delete from river.river_job",
		"insert into river.river_job (kind, args, max_attempts) values ('test_letter', '{}', 1)",
		"select nextval('river.river_job_id_seq')",
		"select * from river.river_leader",
		"create table river.mine (id int)",
		"create or replace function river.enqueue(jobs jsonb, given text) returns integer language sql as 'select 1'",
	} {
		err := pool.In(t.Context(), schema, pg.Write, func(tx pg.Tx) error {
			_, err := tx.Raw().Exec(tx.Context(), attack)
			return err
		})
		if refusal, ok := errors.AsType[*pgconn.PgError](err); !ok || refusal.Code != "42501" {
			t.Errorf("%s: %v, want permission denied", attack, err)
		}
	}
	write(t, pool, schema, func(tx pg.Tx) error {
		_, err := tx.Raw().Exec(tx.Context(), `select river.enqueue('[{"kind":"test_letter","args":{},"queue":"default","attempts":1}]', $1)`, other.String())
		return err
	})
	if mine, theirs := list(t, desk, schema), list(t, desk, other); len(mine) != 1 || len(theirs) != 1 {
		t.Errorf("a shop added a job in another's name: %d and %d jobs", len(mine), len(theirs))
	}
}

func TestEnqueue_keepsRoleAndPath(t *testing.T) {
	pool, schema, _ := shop(t)
	write(t, pool, schema, func(tx pg.Tx) error {
		if err := jobs.Enqueue(tx, letter{"a@example.org"}); err != nil {
			return err
		}
		var role, path string
		if err := tx.Raw().QueryRow(tx.Context(), "select current_user, current_setting('search_path')").Scan(&role, &path); err != nil {
			return err
		}
		if role != schema.Role() || !strings.Contains(path, schema.String()) {
			t.Errorf("after Enqueue the role is %q and the path %q", role, path)
		}
		return nil
	})
}

func TestEnqueue_unique(t *testing.T) {
	pool, schema, desk := shop(t)
	other := pgtest.NewSchema(t)
	for _, s := range []pg.Schema{schema, schema, other} {
		write(t, pool, s, func(tx pg.Tx) error { return jobs.Enqueue(tx, letter{"a"}, jobs.Unique("order-1")) })
	}
	if mine, theirs := len(list(t, desk, schema)), len(list(t, desk, other)); mine != 1 || theirs != 1 {
		t.Fatalf("%d and %d jobs, want one in each shop", mine, theirs)
	}
	r := jobs.NewRegistry()
	jobs.Handle(r, func(context.Context, letter) error { return nil })
	jobstest.Drain(t, schema, r)
	write(t, pool, schema, func(tx pg.Tx) error { return jobs.Enqueue(tx, letter{"a"}, jobs.Unique("order-1")) })
	if n := len(list(t, desk, schema)); n != 2 {
		t.Errorf("%d jobs: one that is done still blocks the next", n)
	}
}

func TestEnqueue_at(t *testing.T) {
	pool, schema, desk := shop(t)
	write(t, pool, schema, func(tx pg.Tx) error {
		return jobs.Enqueue(tx, letter{"later"}, jobs.At(tx.Now().Add(time.Hour)))
	})
	r := jobs.NewRegistry()
	jobs.Handle(r, func(context.Context, letter) error { return nil })
	if done := jobstest.Drain(t, schema, r); len(done) != 0 || list(t, desk, schema)[0].State != jobs.Scheduled {
		t.Errorf("a job for later ran now: %+v", done)
	}
}

func TestDrain_outcomes(t *testing.T) {
	for name, tt := range map[string]struct {
		fail  func() error
		state jobs.State
		tries int
	}{
		"done":             {func() error { return nil }, jobs.Completed, 1},
		"upstream gone":    {func() error { return fault.New(fault.Upstream, "x") }, jobs.Discarded, 2},
		"unknown error":    {func() error { return errors.New("boom") }, jobs.Discarded, 2},
		"panic":            {func() error { panic("bug") }, jobs.Discarded, 2},
		"refused by kind":  {func() error { return fault.New(fault.Malformed, "x") }, jobs.Cancelled, 1},
		"refused by Final": {func() error { return jobs.Final(errors.New("no")) }, jobs.Cancelled, 1},
	} {
		t.Run(name, func(t *testing.T) {
			pool, schema, desk := shop(t)
			write(t, pool, schema, func(tx pg.Tx) error { return jobs.Enqueue(tx, report{"mon"}) })
			tries, last := 0, false
			r := jobs.NewRegistry()
			jobs.HandleJob(r, func(_ context.Context, j jobs.Job[report]) error {
				tries, last = j.Attempt, j.Last
				return tt.fail()
			})
			for tries < tt.tries {
				jobstest.Drain(t, schema, r)
			}
			got := list(t, desk, schema)[0]
			if got.State != tt.state || tries != tt.tries || last != (tries == 2) {
				t.Errorf("state %s after %d tries (last %v), want %s after %d", got.State, tries, last, tt.state, tt.tries)
			}
			if want := tries; tt.state != jobs.Completed && len(got.Failures) != want {
				t.Errorf("%d failures kept, want %d", len(got.Failures), want)
			}
		})
	}
}

func TestDesk_Retry(t *testing.T) {
	pool, schema, desk := shop(t)
	write(t, pool, schema, func(tx pg.Tx) error { return jobs.Enqueue(tx, letter{"a"}) })
	broken := true
	r := jobs.NewRegistry()
	jobs.Handle(r, func(context.Context, letter) error {
		if broken {
			return jobs.Final(errors.New("wrong address"))
		}
		return nil
	})
	jobstest.Drain(t, schema, r)
	broken = false
	id := list(t, desk, schema)[0].ID
	if err := desk.Retry(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	jobstest.Drain(t, schema, r)
	if got := list(t, desk, schema)[0]; got.State != jobs.Completed || len(got.Failures) != 1 || got.Failures[0].Error == "" || got.Failures[0].At.IsZero() {
		t.Errorf("after the operator's retry: %+v", got)
	}
	if err := desk.Retry(t.Context(), 1<<40); !errors.Is(err, jobs.ErrNotFound) {
		t.Errorf("unknown job: %v, want ErrNotFound", err)
	}
	if counts, err := desk.Counts(t.Context()); err != nil || counts[jobs.Completed] == 0 {
		t.Errorf("counts %v, %v", counts, err)
	}
}

type runnerJob struct{ N int }

func (runnerJob) Kind() string { return "test_runner" }
func (runnerJob) Policy() jobs.Policy {
	return jobs.Policy{FirstRetry: 10 * time.Millisecond, MaxRetry: 10 * time.Millisecond, Attempts: 5}
}

type tick struct{}

func (tick) Kind() string { return "test_tick" }

func TestRunner_worksRetriesAndStops(t *testing.T) {
	pool, schema, desk := shop(t)
	const n = 20
	var wg sync.WaitGroup
	wg.Add(n)
	var failedOnce, ticked atomic.Bool
	ticks := make(chan struct{}, 1)
	r := jobs.NewRegistry()
	jobs.HandleJob(r, func(_ context.Context, j jobs.Job[runnerJob]) error {
		if j.Args.N == 7 && !failedOnce.Swap(true) {
			panic("first try")
		}
		wg.Done()
		return nil
	})
	jobs.Handle(r, func(context.Context, tick) error {
		if !ticked.Swap(true) {
			ticks <- struct{}{}
		}
		return nil
	})
	r.Every(time.Second, tick{})
	var log lockedBuilder
	metrics := prometheus.NewRegistry()
	runner, err := jobs.Start(t.Context(), jobstest.Pool(t), r, jobs.Config{
		Poll: 20 * time.Millisecond, Metrics: metrics, Log: slog.New(slog.NewTextHandler(&log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	write(t, pool, schema, func(tx pg.Tx) error {
		for i := range n {
			if err := jobs.Enqueue(tx, runnerJob{i}); err != nil {
				return err
			}
		}
		return nil
	})
	wg.Wait()
	<-ticks
	if err := runner.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, j := range list(t, desk, schema) {
		if j.State != jobs.Completed {
			t.Errorf("job %d is %s", j.ID, j.State)
		}
	}
	if text := log.String(); !strings.Contains(text, "panic in test_runner: first try") || !strings.Contains(text, schema.String()) || !strings.Contains(text, "outcome=retry") {
		t.Errorf("the log does not tell about the panic:\n%s", text)
	}
	families, err := metrics.Gather()
	if err != nil || len(families) != 2 {
		t.Errorf("metrics %v, %v", families, err)
	}
}

func TestRunner_Stop_interruptsAndHandsOver(t *testing.T) {
	pool, schema, desk := shop(t)
	started := make(chan struct{})
	r := jobs.NewRegistry()
	jobs.Handle(r, func(ctx context.Context, _ letter) error {
		close(started)
		<-ctx.Done()
		return ctx.Err()
	})
	runner, err := jobs.Start(t.Context(), jobstest.Pool(t), r, jobs.Config{Poll: 20 * time.Millisecond, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	write(t, pool, schema, func(tx pg.Tx) error { return jobs.Enqueue(tx, letter{"a"}) })
	<-started
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := runner.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	if got := list(t, desk, schema)[0]; got.State != jobs.Retryable && got.State != jobs.Available {
		t.Errorf("the interrupted job is %s, want it waiting for another worker", got.State)
	}
}

func TestPolicy_Wait(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := jobs.Policy{FirstRetry: time.Duration(rapid.IntRange(1, 1e9).Draw(t, "first")), MaxRetry: time.Duration(rapid.IntRange(1e9, 1e12).Draw(t, "max"))}
		n := rapid.IntRange(1, 10_000).Draw(t, "failures")
		a, b := p.Wait(n), p.Wait(n+1)
		if a < p.FirstRetry || a > p.MaxRetry || b < a {
			t.Fatalf("waits %v then %v of %+v", a, b, p)
		}
	})
}

func TestDefaultPolicy_outlastsAnHourOfOutage(t *testing.T) {
	p := jobs.PolicyOf(letter{})
	var total time.Duration
	for i := 1; i < p.Attempts; i++ {
		total += p.Wait(i)
	}
	if total < time.Hour {
		t.Errorf("a mail is given up after %v, want more than an hour", total)
	}
}

func TestMigrate_twice(t *testing.T) {
	jobstest.Pool(t)
	owner, _ := pgtest.URLs(t)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if err := jobs.Migrate(t.Context(), owner); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

type lockedBuilder struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedBuilder) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuilder) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
