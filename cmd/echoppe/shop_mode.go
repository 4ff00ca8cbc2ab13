package main

import (
	"context"

	"echoppe.dev/platform/fleet/registry"
)

// shopMode opens a shop or closes it for maintenance (MNT-01 to MNT-03).
type shopMode struct {
	Name string `arg:"" help:"Name in addresses."`
	Mode string `arg:"" enum:"production,maintenance1,maintenance2" help:"production, maintenance1 (who is inside may finish) or maintenance2 (nobody)."`
	JSON bool   `help:"Print JSON."`
	outsideFlags
}

// Run changes the mode; what the merchant has written for the closed page stays.
func (s *shopMode) Run(ctx context.Context) error {
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
	mode, err := registry.ParseMode(s.Mode)
	if err != nil {
		return err
	}
	shop, err = app.Registry.SetMode(ctx, registry.Change{Shop: shop.ID, Rev: shop.Rev, By: byCommand}, mode, shop.Maintenance)
	if err != nil {
		return err
	}
	row := rowOf(app, shop)
	return report(s.JSON, row, row.String)
}
