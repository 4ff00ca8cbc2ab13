package bench

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"echoppe.dev/cmd/internal/bench/rivals"
	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/attack"
	"echoppe.dev/platform/driver/liquid/standard"
)

// drawTemplates draws the list of 24 articles with four engines, and lets templates attack the budgets of ours.
func drawTemplates(ctx context.Context, r *rig) ([]Row, error) {
	all, err := rivals.All()
	if err != nil {
		return nil, err
	}
	var works []func() error
	page := rivals.Sample()
	for _, c := range all {
		var out bytes.Buffer
		works = append(works, func() error {
			out.Reset()
			return c.Draw(&out, page)
		})
	}
	costs, err := repeat(r.o.Watch, works...)
	if err != nil {
		return nil, err
	}
	goals := map[string]Goal{"osteele/liquid": ratioAtMost(1. / 8), "templ": ratioAtMost(1.5)}
	us := costs[0]
	rows := []Row{{Measure: "allocations of a list of 24 cards", Ours: Value{us.allocs, ""}, Goal: atMost(50), Note: fmt.Sprintf("%.0f bytes a page.", us.bytes)}}
	for i, c := range all[1:] {
		them := costs[i+1]
		rows = append(rows, Row{Measure: "draw a list of 24 cards", Ours: microseconds(us.cpu), Reference: microseconds(them.cpu), Against: c.Name, Goal: goals[c.Name],
			Note: fmt.Sprintf("%.1f times as fast; %s makes %.0f allocations and %.0f kB a page.", float64(them.cpu)/float64(us.cpu), c.Name, them.allocs, them.bytes/1000)})
	}
	late, err := longestStep(ctx)
	return append(rows, Row{Measure: "a template goes on after its reader has gone", Ours: microseconds(late), Goal: atMost(5000),
		Note: fmt.Sprintf("At worst, of %d templates that attack the budgets.", len(attack.All))}), err
}

// longestStep is the longest time any attack works without a look at its context, each at its best of a few times: what else the
// machine does meanwhile is not its doing.
func longestStep(ctx context.Context) (longest time.Duration, err error) {
	engine := liquid.New(liquid.Options{Filters: standard.Filters()})
	for _, a := range attack.All {
		template, err := engine.Parse(a.Name, a.Template)
		if err != nil {
			return 0, err
		}
		best := time.Hour
		for range 5 {
			g := &attack.Glances{Context: ctx, Left: 1 << 30}
			run := liquid.Begin(g, &liquid.Env{Files: attack.Files{Engine: engine}, Limits: liquid.Limits{Time: time.Hour}})
			if err := run.Draw(template); err == nil {
				return 0, fmt.Errorf("%s: nothing stops it", a.Name)
			}
			run.End()
			best = min(best, g.Longest)
		}
		longest = max(longest, best)
	}
	return longest, nil
}
