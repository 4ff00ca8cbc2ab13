package wire

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/pg/pgmigrate"
)

// MigratePlatform brings the control plane and the job queue up to date. It is safe to call from
// every process at every start.
func MigratePlatform(ctx context.Context, ownerURL string) error {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return fmt.Errorf("connect as owner: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if err := pgmigrate.Platform(ctx, conn, PlatformSeries(), AppRole); err != nil {
		return fmt.Errorf("migrate the control plane: %w", err)
	}
	if err := jobs.Migrate(ctx, ownerURL, AppRole); err != nil {
		return fmt.Errorf("migrate the job queue: %w", err)
	}
	return nil
}
