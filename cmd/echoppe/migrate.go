package main

import (
	"context"
	"fmt"

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
	done, err := app.Provision.Migrate(ctx, provision.Plan{Workers: m.Workers})
	if err != nil {
		return err
	}
	result := migrated(done)
	if err := report(m.JSON, result, result.String); err != nil {
		return err
	}
	if done.Failed > 0 {
		return told{codeMigrate, "Some shops were left behind; shop list says why. Run it again to retry."}
	}
	return nil
}

// migrated is what was done as the command prints it. The names of its JSON fields are stable.
type migrated struct {
	Latest   int `json:"latest"`
	Behind   int `json:"behind"`
	Migrated int `json:"migrated"`
	Failed   int `json:"failed"`
}

func (m migrated) String() string {
	if m.Behind == 0 {
		return fmt.Sprintf("Every shop is at version %d.", m.Latest)
	}
	return fmt.Sprintf("Version %d: %d shops were behind, %d migrated, %d failed.", m.Latest, m.Behind, m.Migrated, m.Failed)
}
