package bench

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"echoppe.dev/tenant"
)

// coldPages measures what a page costs that is in nobody's memory: processor time of this process
// and queries. Two kinds of cold: a page nobody has asked for yet, and the first page after a change
// of the shop, for which everything kept from before is out of date (settings, menus, the tree).
func coldPages(ctx context.Context, r *rig) ([]Row, error) {
	s, err := r.stocked(ctx)
	if err != nil {
		return nil, err
	}
	counts, err := r.countQueries(ctx, s)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for i, p := range s.pages() {
		r.say("  %s", p.name)
		asked, err := r.firstAsked(ctx, s, p)
		if err != nil {
			return rows, fmt.Errorf("cold %s: %w", p.name, err)
		}
		changed, err := r.firstAfterChange(ctx, s, p)
		if err != nil {
			return rows, fmt.Errorf("%s after a change: %w", p.name, err)
		}
		rows = append(rows, coldRows("cold "+p.name, asked, counts[i].asked)...)
		rows = append(rows, coldRows("first "+p.name+" after a change", changed, counts[i].changed)...)
	}
	return rows, nil
}

func coldRows(name string, made coldScore, said traffic) []Row {
	return []Row{
		{Measure: name + ", CPU", Ours: lap(made.cpu), Goal: atMost(2), Note: fmt.Sprintf(
			"Read, drawn and compressed through the whole stack, %d times; half of them were answered within %.1f ms, 99 of 100 within %.1f ms.",
			len(made.laps), milliseconds(percentile(made.laps, 0.5)), milliseconds(percentile(made.laps, 0.99)))},
		{Measure: name + ", queries", Ours: Value{float64(said.queries), ""}, Goal: atMost(6),
			Note: fmt.Sprintf("Counted on the wire; %d round trips with begin and commit.", said.trips)},
	}
}

// coldScore is how pages made anew did.
type coldScore struct {
	cpu  time.Duration // of one page, on this side of the database
	laps []time.Duration
}

// firstAsked asks for one page of a kind after the other, each for the first time. When there are no
// more, the shop is changed and they are all new again.
func (r *rig) firstAsked(ctx context.Context, s *stall, p page) (coldScore, error) {
	gets := make([]func() error, len(p.all))
	for i, path := range p.all {
		var err error
		if gets[i], err = r.inside(ctx, r.app, s.row, path); err != nil {
			return coldScore{}, err
		}
	}
	home, err := r.inside(ctx, r.app, s.row, "/")
	if err != nil {
		return coldScore{}, err
	}
	next := 0
	return r.cold(func(d time.Duration, ask asking) (time.Duration, error) {
		watch, busy, n := startWatch(), cpuTime(), 0
		for n == 0 || watch.elapsed() < d {
			if next%len(gets) == 0 {
				pause := cpuTime()
				if err := errors.Join(raise(ctx, s.shop), home()); err != nil {
					return 0, err
				}
				busy += cpuTime() - pause
			}
			if err := ask(gets[next%len(gets)]); err != nil {
				return 0, err
			}
			next++
			n++
		}
		return (cpuTime() - busy) / time.Duration(n), nil
	})
}

// firstAfterChange takes turns: raise the version and ask, raise the version only. The difference is
// the page, with its share of collecting garbage.
func (r *rig) firstAfterChange(ctx context.Context, s *stall, p page) (coldScore, error) {
	get, err := r.inside(ctx, r.app, s.row, p.path)
	if err != nil {
		return coldScore{}, err
	}
	return r.cold(func(d time.Duration, ask asking) (time.Duration, error) {
		with, err := s.raising(ctx, d, func() error { return ask(get) })
		if err != nil {
			return 0, err
		}
		without, err := s.raising(ctx, d, func() error { return nil })
		return with - without, err
	})
}

// asking asks for a page and notes how long that took.
type asking func(get func() error) error

// cold lets slice work for a while, several times, and takes the median of what it says a page costs.
func (r *rig) cold(slice func(d time.Duration, ask asking) (time.Duration, error)) (coldScore, error) {
	var score coldScore
	ask := func(get func() error) error {
		watch := startWatch()
		err := get()
		score.laps = append(score.laps, watch.elapsed())
		return err
	}
	var costs []float64
	for round := -1; round < rounds; round++ {
		cost, err := slice(r.o.Watch/rounds, ask)
		if err != nil {
			return score, err
		}
		if round < 0 {
			score.laps = nil // the first round is for warming up
			continue
		}
		costs = append(costs, float64(cost))
	}
	slices.Sort(score.laps)
	score.cpu = time.Duration(median(costs))
	return score, nil
}

// raising raises the version for about d, doing something after each time, and gives the processor
// time of one turn.
func (s *stall) raising(ctx context.Context, d time.Duration, then func() error) (time.Duration, error) {
	watch, busy, n := startWatch(), cpuTime(), 0
	for n == 0 || watch.elapsed() < d {
		if err := errors.Join(raise(ctx, s.shop), then()); err != nil {
			return 0, err
		}
		n++
	}
	return (cpuTime() - busy) / time.Duration(n), nil
}

func raise(ctx context.Context, shop *tenant.Shop) error {
	return shop.Write(ctx, func(tx tenant.Tx) error { tx.Touch(); return nil })
}
