package bench

import (
	"context"
	"fmt"
	"time"
)

// contestant is one of several ways to do the same.
type contestant struct {
	name string
	// play lets it work for about d.
	play func(ctx context.Context, d time.Duration) (volley, error)
}

// timing is how long a contestant is watched, and for how long it may run before.
type timing struct{ warm, watch time.Duration }

// rounds is how often the contestants take turns: odd, so that a median is one of the values.
const rounds = 5

// score is how a contestant did: medians over the rounds.
type score struct {
	name string
	rate float64       // pieces a second
	p99  time.Duration // of one piece
	cpu  time.Duration // of this process for one piece
	n    int           // pieces in all
}

// duel lets contestants take turns, so that whatever else the machine does hits all of them.
func duel(ctx context.Context, t timing, contestants ...contestant) ([]score, error) {
	rates := make([][]float64, len(contestants))
	p99s := make([][]float64, len(contestants))
	cpus := make([][]float64, len(contestants))
	scores := make([]score, len(contestants))
	for round := -1; round < rounds; round++ {
		d := t.watch / rounds
		if round < 0 {
			d = t.warm
		}
		for i, c := range contestants {
			v, err := c.play(ctx, d)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
			if round < 0 {
				continue
			}
			rates[i] = append(rates[i], v.rate())
			p99s[i] = append(p99s[i], float64(percentile(v.laps, 0.99)))
			cpus[i] = append(cpus[i], float64(v.cpu)/float64(max(1, v.n)))
			scores[i].n += v.n
		}
	}
	for i, c := range contestants {
		scores[i].name, scores[i].rate = c.name, median(rates[i])
		scores[i].p99, scores[i].cpu = time.Duration(median(p99s[i])), time.Duration(median(cpus[i]))
	}
	return scores, nil
}
