package bench

import (
	"context"
	"errors"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/telemetry"
)

// questions is what two kinds of cold page ask of the database.
type questions struct{ asked, changed traffic }

// countQueries asks a second copy of the program, whose connections are listened to, for each page.
func (r *rig) countQueries(ctx context.Context, s *stall) ([]questions, error) {
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
	home, err := r.inside(ctx, app, s.row, "/")
	if err != nil {
		return nil, err
	}
	var counts []questions
	for _, p := range s.pages() {
		get, err := r.inside(ctx, app, s.row, p.path)
		if err != nil {
			return nil, err
		}
		// Once for what only the first request of a process does: the registry, prepared statements.
		if err := errors.Join(get(), raise(ctx, shop)); err != nil {
			return nil, err
		}
		var q questions
		if q.changed, err = t.during(get); err != nil {
			return nil, err
		}
		if err := errors.Join(raise(ctx, shop), home()); err != nil {
			return nil, err
		}
		if q.asked, err = t.during(get); err != nil {
			return nil, err
		}
		counts = append(counts, q)
	}
	return counts, nil
}

// during is what is said while do runs.
func (t *tap) during(do func() error) (traffic, error) {
	before := t.seen()
	err := do()
	return t.seen().since(before), err
}
