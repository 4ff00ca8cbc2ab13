package bench

import (
	"context"
	"fmt"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/fleet/provision"
)

// migrating runs what "echoppe migrate" runs when nothing has changed: what every deploy pays.
func migrating(ctx context.Context, r *rig) ([]Row, error) {
	f, err := r.filled(ctx)
	if err != nil {
		return nil, err
	}
	const tries = 5
	var shops, all []float64
	for range tries {
		whole := startWatch()
		if err := wire.MigratePlatform(ctx, r.out.OwnerURL); err != nil {
			return nil, err
		}
		part := startWatch()
		report, err := r.app.Provision.Migrate(ctx, provision.Plan{})
		if err != nil {
			return nil, err
		}
		if report.Behind != 0 {
			return nil, fmt.Errorf("%d shops were behind", report.Behind)
		}
		shops, all = append(shops, milliseconds(part.elapsed())), append(all, milliseconds(whole.elapsed()))
	}
	return []Row{
		{Measure: fmt.Sprintf("migrate %d shops, nothing to do", len(f.shops)), Ours: Value{median(all), "ms"}, Goal: atMost(1000),
			Note: fmt.Sprintf("The control plane and the job queue included; the shops alone %.1f ms. Median of %d.", median(shops), tries)},
	}, nil
}
