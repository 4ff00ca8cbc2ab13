package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/fleet/provision"
)

// migrateCommand upgrades the control plane and the fleet. With nothing to do it reads one table.
type migrateCommand struct {
	Workers int  `default:"4" help:"Shops migrated at once."`
	JSON    bool `help:"Print JSON."`
	outsideFlags
}

// Run migrates. A shop that fails is recorded and named, and the others go on; run it again to
// retry.
func (m *migrateCommand) Run(ctx context.Context) error {
	out, closeOut, err := m.open(ctx)
	if err != nil {
		return err
	}
	defer closeOut()
	if err := wire.MigratePlatform(ctx, out.OwnerURL); err != nil {
		return err
	}
	app, err := wire.Open(ctx, out)
	if err != nil {
		return err
	}
	defer app.Close()
	report, err := app.Provision.Migrate(ctx, provision.Plan{Workers: m.Workers})
	if err != nil {
		return err
	}
	if m.JSON {
		return json.NewEncoder(os.Stdout).Encode(report)
	}
	_, err = fmt.Println(report)
	return err
}
