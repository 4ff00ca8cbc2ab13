package doctor

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"
)

// checkLimit bounds one check; a check that is not done by then has failed.
const checkLimit = 10 * time.Second

// Finding is the answer of a check.
type Finding struct {
	Name    string `json:"name"`
	OK      bool   `json:"ok"`
	Minor   bool   `json:"minor,omitempty"`   // not OK, but nothing stops working
	Fact    string `json:"fact,omitempty"`    // what was seen, when OK
	Problem string `json:"problem,omitempty"` // one sentence, no full stop
	Remedy  string `json:"remedy,omitempty"`  // one sentence in the imperative, no full stop
}

// Err is the finding as an error, nil when all is well or the problem is minor.
func (f Finding) Err() error {
	if f.OK || f.Minor {
		return nil
	}
	return Failure{f}
}

// Failure is a finding as an error, whose text is for the person at the keyboard.
type Failure struct{ Finding }

func (f Failure) Error() string { return f.Problem + ". " + f.Remedy + "." }

func ok(name, format string, args ...any) Finding {
	return Finding{Name: name, OK: true, Fact: fmt.Sprintf(format, args...)}
}

func bad(name, problem, remedy string) Finding {
	return Finding{Name: name, Problem: problem, Remedy: remedy}
}

func minor(name, problem, remedy string) Finding {
	return Finding{Name: name, Minor: true, Problem: problem, Remedy: remedy}
}

// Check looks at one thing.
type Check struct {
	Name string
	Look func(context.Context) Finding
}

// Run asks all checks at once and answers in their order.
func Run(ctx context.Context, checks []Check) []Finding {
	findings := make([]Finding, len(checks))
	var wait sync.WaitGroup
	for i, c := range checks {
		wait.Go(func() { findings[i] = c.run(ctx) })
	}
	wait.Wait()
	return findings
}

func (c Check) run(ctx context.Context) Finding {
	ctx, cancel := context.WithTimeout(ctx, checkLimit)
	defer cancel()
	answer := make(chan Finding, 1)
	go func() { answer <- c.Look(ctx) }()
	select {
	case f := <-answer:
		f.Name = c.Name
		return f
	case <-ctx.Done():
		return bad(c.Name, "no answer within "+checkLimit.String(), "See whether the disk or the network it needs hangs")
	}
}

// Healthy tells whether nothing but minor problems was found.
func Healthy(findings []Finding) bool {
	for _, f := range findings {
		if f.Err() != nil {
			return false
		}
	}
	return true
}

// WriteText prints one line per finding, and under a problem what to do.
func WriteText(w io.Writer, findings []Finding) error {
	width := 0
	for _, f := range findings {
		width = max(width, len(f.Name))
	}
	for _, f := range findings {
		mark, words := "ok     ", f.Fact
		switch {
		case f.OK:
		case f.Minor:
			mark, words = "note   ", f.Problem
		default:
			mark, words = "PROBLEM", f.Problem
		}
		if _, err := fmt.Fprintf(w, "%s  %-*s  %s\n", mark, width, f.Name, words); err != nil {
			return err
		}
		if f.OK {
			continue
		}
		if _, err := fmt.Fprintf(w, "%*s  → %s\n", len(mark)+2+width, "", f.Remedy); err != nil {
			return err
		}
	}
	return nil
}

// WriteJSON prints {"healthy":…,"findings":[…]}.
func WriteJSON(w io.Writer, findings []Finding) error {
	if findings == nil {
		findings = []Finding{}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(struct {
		Healthy  bool      `json:"healthy"`
		Findings []Finding `json:"findings"`
	}{Healthy(findings), findings})
}

var _ error = Failure{}
