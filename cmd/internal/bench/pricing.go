package bench

import (
	"context"
	"fmt"
	"runtime"
	"time"

	kernel "echoppe.dev/tenant/pricing"
)

const (
	basketLines = 20      // a large purchase
	activeRules = 50      // a shop in the middle of the sales
	manyUnits   = 100_000 // of one article
)

// priceBaskets prices baskets over and over as a checkout does: shelf, tax, discounts, delivery.
func priceBaskets(_ context.Context, r *rig) ([]Row, error) {
	var works []func() error
	for _, of := range []struct {
		rules int
		goods kernel.Basket
	}{
		{0, basketOf(basketLines, 1)}, {activeRules, basketOf(basketLines, 1)}, {0, basketOf(1, 1)}, {0, basketOf(1, manyUnits)},
	} {
		steps, err := pipeline(of.rules)
		if err != nil {
			return nil, err
		}
		works = append(works, func() error {
			_, err := steps.Price(of.goods)
			return err
		})
	}
	costs, err := repeat(r.o.Watch, works...)
	if err != nil {
		return nil, err
	}
	plain, ruled, one, many := costs[0], costs[1], costs[2], costs[3]
	return []Row{
		{Measure: fmt.Sprintf("price a basket of %d lines", basketLines), Ours: microseconds(plain.cpu), Note: plain.note()},
		{Measure: fmt.Sprintf("the same under %d rules", activeRules), Ours: microseconds(ruled.cpu), Goal: atMost(200),
			Note: ruled.note() + " Every line is claimed by some fifteen rules and gets three discounts."},
		{Measure: fmt.Sprintf("price a line of %d units", manyUnits), Ours: microseconds(many.cpu),
			Reference: microseconds(one.cpu), Against: "one unit", Goal: ratioAtMost(1.2), Note: many.note() + " Three marginal tiers."},
	}, nil
}

// cost is what one run of some work takes.
type cost struct {
	cpu           time.Duration
	allocs, bytes float64
}

func (c cost) note() string {
	return fmt.Sprintf("Processor time with the collection of garbage; %.0f allocations, %.0f kB a basket.", c.allocs, c.bytes/1000)
}

// repeat runs every work for about d, in turns, and gives what one run of each takes. Nothing else may
// run in this process meanwhile.
func repeat(d time.Duration, works ...func() error) ([]cost, error) {
	const turns = 5
	costs, runs := make([]cost, len(works)), make([]int, len(works))
	for range turns {
		for i, work := range works {
			n, err := costs[i].add(d/turns, work)
			if err != nil {
				return nil, err
			}
			runs[i] += n
		}
	}
	for i := range costs {
		c, n := &costs[i], runs[i]
		c.cpu, c.allocs, c.bytes = c.cpu/time.Duration(n), c.allocs/float64(n), c.bytes/float64(n)
	}
	return costs, nil
}

// add runs work for about d, adds up what it takes, and tells how often it ran.
func (c *cost) add(d time.Duration, work func() error) (runs int, err error) {
	const chunk = 20 // the clock is looked at only now and then
	var before, after runtime.MemStats
	runtime.GC() // what others left behind
	runtime.ReadMemStats(&before)
	watch, cpu := startWatch(), cpuTime()
	for runs == 0 || watch.elapsed() < d {
		for range chunk {
			if err := work(); err != nil {
				return 0, err
			}
		}
		runs += chunk
	}
	c.cpu += cpuTime() - cpu
	runtime.ReadMemStats(&after)
	c.allocs += float64(after.Mallocs - before.Mallocs)
	c.bytes += float64(after.TotalAlloc - before.TotalAlloc)
	return runs, nil
}
