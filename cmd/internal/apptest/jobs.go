package apptest

import (
	"testing"

	"echoppe.dev/platform/driver/jobs"
)

// Waiting is how many jobs of a shop were tried in vain and wait for their next turn.
func (p *Place) Waiting(t testing.TB, s *Shop) int { return len(p.jobs(t, s, jobs.Retryable)) }

// Settled waits until nothing of a shop is left to do. What waits for its next turn is tried again at
// once, as an operator does.
func (p *Place) Settled(t testing.TB, s *Shop) {
	t.Helper()
	Eventually(t, "the jobs of "+s.Slug()+" to be done", func() bool {
		for _, job := range p.jobs(t, s, jobs.Retryable) {
			if err := p.App.JobDesk.Retry(t.Context(), job.ID); err != nil {
				t.Fatal(err)
			}
		}
		return len(p.jobs(t, s, jobs.Available, jobs.Running, jobs.Retryable)) == 0
	})
}

func (p *Place) jobs(t testing.TB, s *Shop, states ...jobs.State) []jobs.Info {
	t.Helper()
	list, err := p.App.JobDesk.List(t.Context(), jobs.Filter{States: states, Origin: s.Row.Schema.String()})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
