package main

import (
	"context"

	"echoppe.dev/platform/fleet/registry"
)

// shopSuspend shuts a shop.
type shopSuspend struct {
	Name string `arg:"" help:"Name in addresses."`
	Undo bool   `help:"Open it again."`
	JSON bool   `help:"Print JSON."`
	outsideFlags
}

// Run moves the shop to the other state; a shop that is there already is refused.
func (s *shopSuspend) Run(ctx context.Context) error {
	app, done, err := s.join(ctx)
	if err != nil {
		return err
	}
	defer done()
	shop, err := app.Registry.BySlug(ctx, s.Name)
	if err != nil {
		return err
	}
	if shop, err = app.Registry.Fresh(ctx, shop.ID); err != nil {
		return err
	}
	event := registry.Suspend
	if s.Undo {
		event = registry.Resume
	}
	shop, err = app.Registry.Move(ctx, registry.Change{Shop: shop.ID, Rev: shop.Rev, By: byCommand}, event)
	if err != nil {
		return err
	}
	row := rowOf(app, shop)
	return report(s.JSON, row, row.String)
}
