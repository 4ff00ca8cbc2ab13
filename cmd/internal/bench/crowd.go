package bench

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// client does one more piece of work each time it is called: one request, one sale.
type client func(context.Context) error

// errDone is how a client says that it has nothing left to do.
var errDone = errors.New("nothing left to do")

// volley is what a crowd did in one go.
type volley struct {
	n    int
	took time.Duration
	cpu  time.Duration   // of this process
	laps []time.Duration // of each piece, in order of length
}

func (v volley) rate() float64 {
	if v.took <= 0 {
		return 0
	}
	return float64(v.n) / v.took.Seconds()
}

// crowd lets clients work side by side, each as fast as it can, until d has passed or they are done.
// The first error ends it.
func crowd(ctx context.Context, d time.Duration, clients []client) (volley, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	laps := make([][]time.Duration, len(clients))
	watch, busy := startWatch(), cpuTime()
	var wg sync.WaitGroup
	for i, work := range clients {
		wg.Go(func() {
			for watch.elapsed() < d && ctx.Err() == nil {
				lap := startWatch()
				err := work(ctx)
				if errors.Is(err, errDone) {
					return
				}
				if err != nil {
					cancel(err)
					return
				}
				laps[i] = append(laps[i], lap.elapsed())
			}
		})
	}
	wg.Wait()
	v := volley{took: watch.elapsed(), cpu: cpuTime() - busy, laps: slices.Concat(laps...)}
	v.n = len(v.laps)
	slices.Sort(v.laps)
	return v, context.Cause(ctx)
}
