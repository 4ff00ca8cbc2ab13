package main

import (
	"context"
	"os"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/transfer"
)

// exportCommand writes every article of a shop to standard output, in our own format.
type exportCommand struct {
	Shop      string `required:"" help:"Name of the shop."`
	XLSX      bool   `help:"Write a workbook."`
	Separator string `help:"One of , ; tab |." default:","`
	Decimal   string `help:"Decimal sign, . or ,." default:"."`
	BOM       bool   `help:"Begin with a mark, which older spreadsheets need to read UTF-8."`
	outsideFlags
}

// Run streams the export.
func (e *exportCommand) Run(ctx context.Context) error {
	app, done, err := e.join(ctx)
	if err != nil {
		return err
	}
	defer done()
	shop, err := openShop(ctx, app, e.Shop)
	if err != nil {
		return err
	}
	return transfer.Export(ctx, shop, os.Stdout, transfer.ExportOptions{
		XLSX: e.XLSX, Separator: e.Separator, Decimal: e.Decimal, BOM: e.BOM,
	})
}

// openShop finds a shop by its name in addresses.
func openShop(ctx context.Context, app *wire.App, slug string) (*tenant.Shop, error) {
	row, err := app.Registry.BySlug(ctx, slug)
	if err != nil {
		return nil, err
	}
	return app.OpenShop(row)
}
