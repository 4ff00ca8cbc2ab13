package bench

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/telemetry"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/tenant"
)

// coldPages measures what a page costs that is in nobody's memory: processor time of this process
// and queries. Before each page the shop's version is raised, so that everything kept from before is
// out of date: page, settings, menus, tree.
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
		made, err := r.coldPage(ctx, s, p)
		if err != nil {
			return rows, fmt.Errorf("%s: %w", p.name, err)
		}
		rows = append(rows,
			Row{Measure: "cold " + p.name + ", CPU", Ours: lap(made.cpu), Goal: atMost(2), Note: fmt.Sprintf(
				"Read, drawn and compressed through the whole stack, %d times; half of them were answered within %.1f ms, 99 of 100 within %.1f ms.",
				made.n, milliseconds(percentile(made.laps, 0.5)), milliseconds(percentile(made.laps, 0.99)))},
			Row{Measure: "cold " + p.name + ", queries", Ours: Value{float64(counts[i].queries), ""}, Goal: atMost(6),
				Note: fmt.Sprintf("Counted on the wire, with settings and menus read anew; %d round trips with begin and commit.", counts[i].trips)})
	}
	return rows, nil
}

// coldScore is how pages made anew did.
type coldScore struct {
	cpu  time.Duration // of one page, on this side of the database
	n    int
	laps []time.Duration
}

// coldPage takes turns: raise the version and ask, raise the version only. The difference is the
// page, with its share of collecting garbage.
func (r *rig) coldPage(ctx context.Context, s *stall, p page) (coldScore, error) {
	get, err := r.inside(ctx, r.app, s.row, p)
	if err != nil {
		return coldScore{}, err
	}
	var score coldScore
	ask := func() error {
		watch := startWatch()
		err := get()
		score.laps = append(score.laps, watch.elapsed())
		return err
	}
	var costs []float64
	for round := -1; round < rounds; round++ {
		with, err := s.raising(ctx, r.o.Watch/rounds, ask)
		if err != nil {
			return score, err
		}
		without, err := s.raising(ctx, r.o.Watch/rounds, nil)
		if err != nil {
			return score, err
		}
		if round < 0 {
			score.laps = nil // the first round is for warming up
			continue
		}
		costs = append(costs, float64(with-without))
	}
	slices.Sort(score.laps)
	score.cpu, score.n = time.Duration(median(costs)), len(score.laps)
	return score, nil
}

// raising raises the version for about d, doing something after each time, and gives the processor
// time of one turn.
func (s *stall) raising(ctx context.Context, d time.Duration, then func() error) (time.Duration, error) {
	watch, before, n := startWatch(), cpuTime(), 0
	for n == 0 || watch.elapsed() < d {
		if err := raise(ctx, s.shop); err != nil {
			return 0, err
		}
		if then != nil {
			if err := then(); err != nil {
				return 0, err
			}
		}
		n++
	}
	return (cpuTime() - before) / time.Duration(n), nil
}

func raise(ctx context.Context, shop *tenant.Shop) error {
	return shop.Write(ctx, func(tx tenant.Tx) error { tx.Touch(); return nil })
}

// inside asks an app for a page without a network between.
func (r *rig) inside(ctx context.Context, app *wire.App, row *registry.Shop, p page) (get func() error, err error) {
	l, err := r.page(row, p.path)
	if err != nil {
		return nil, err
	}
	return func() error {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+l.host+l.path, nil)
		if err != nil {
			return err
		}
		req.RemoteAddr, req.RequestURI = "127.0.0.1:1", l.path
		req.Header.Set("Accept-Encoding", "gzip")
		w := &sink{header: http.Header{}}
		app.Front.ServeHTTP(w, req)
		if w.status != http.StatusOK || w.n == 0 {
			return fmt.Errorf("%s answered %d with %d bytes", l.path, w.status, w.n)
		}
		return nil
	}, nil
}

// sink is an answer that is only counted.
type sink struct {
	header http.Header
	status int
	n      int
}

func (s *sink) Header() http.Header    { return s.header }
func (s *sink) WriteHeader(status int) { s.status = status }
func (s *sink) Write(b []byte) (int, error) {
	if s.status == 0 {
		s.status = http.StatusOK
	}
	s.n += len(b)
	return len(b), nil
}

// countQueries asks a second copy of the program, whose connections are listened to, for each page.
func (r *rig) countQueries(ctx context.Context, s *stall) ([]traffic, error) {
	t, err := openTap(ctx, r.out.DatabaseURL)
	if err != nil {
		return nil, err
	}
	defer t.close()
	out := r.out
	out.DatabaseURL, out.Metrics = t.url, telemetry.NewMetrics("bench")
	app, err := wire.Open(ctx, out)
	if err != nil {
		return nil, err
	}
	defer app.Close()
	shop, err := app.OpenShop(s.row)
	if err != nil {
		return nil, err
	}
	var counts []traffic
	for _, p := range s.pages() {
		get, err := r.inside(ctx, app, s.row, p)
		if err != nil {
			return nil, err
		}
		// Once for what only the first request of a process does: the registry, prepared statements.
		if err := errors.Join(get(), raise(ctx, shop)); err != nil {
			return nil, err
		}
		before := t.seen()
		if err := get(); err != nil {
			return nil, err
		}
		counts = append(counts, t.seen().since(before))
	}
	return counts, nil
}
