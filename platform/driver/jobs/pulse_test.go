package jobs_test

import (
	"context"
	"testing"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/jobs/jobstest"
	"echoppe.dev/platform/driver/pg"
)

// A worker that was killed leaves its job running. Another takes it back when the dead one has been
// silent, and leaves alone what a living one is at.
func TestRunner_takesBackTheJobsOfTheDead(t *testing.T) {
	pool, schema, desk := shop(t)
	write(t, pool, schema, func(tx pg.Tx) error {
		return jobs.EnqueueMany(tx, jobs.New{Args: report{"dead"}}, jobs.New{Args: report{"alive"}})
	})
	queue := jobstest.Pool(t)
	for day, worker := range map[string]string{"dead": "killed", "alive": "busy"} {
		_, err := queue.Exec(t.Context(), `update river.river_job set state = 'running', attempt = 1, attempted_at = now() - interval '1 minute',
			attempted_by = array['before', $2] where args->>'Day' = $1 and metadata->>'origin' = $3`, day, worker+schema.String(), schema.String())
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := queue.Exec(t.Context(), "insert into river.beats values ($1, now() + interval '1 hour'), ($2, now() - interval '1 hour')",
		"busy"+schema.String(), "killed"+schema.String())
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan string, 2)
	r := jobs.NewRegistry()
	jobs.HandleJob(r, func(_ context.Context, j jobs.Job[report]) error {
		if j.Origin == schema.String() { // other tests have jobs in the queue
			done <- j.Args.Day
		}
		return nil
	})
	run, err := jobs.Start(t.Context(), queue, r, jobs.Config{Poll: 10 * time.Millisecond, Beat: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	select {
	case day := <-done:
		if day != "dead" {
			t.Errorf("the job of %q was taken", day)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("the job of the dead worker is still waiting for it")
	}
	if err := run.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(done) > 0 {
		t.Errorf("the job of the living worker was taken: %s", <-done)
	}
	states := map[jobs.State]int{}
	for _, j := range list(t, desk, schema) {
		states[j.State]++
	}
	if states[jobs.Completed] != 1 || states[jobs.Running] != 1 {
		t.Errorf("states %v", states)
	}
}
