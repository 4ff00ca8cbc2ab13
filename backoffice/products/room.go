package products

import (
	"context"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// Quota knows how many articles a shop may have. The fleet implements it.
type Quota interface {
	// Articles refuses, with a fault of kind Quota, more articles than fit beside those the shop has
	// outside its archive.
	Articles(ctx context.Context, shop *tenant.Shop, more int) error
}

// room asks the port, if there is one, whether more articles fit. It is asked before the unit of work
// that adds them: people who add at the same moment may overstep a plan by what they are adding.
func (d *Desk) room(ctx context.Context, shop *tenant.Shop, more int) error {
	if d.quota == nil || more <= 0 {
		return nil
	}
	return d.quota.Articles(ctx, shop, more)
}

// roomFor asks whether those of the chosen articles that are in the archive may leave it.
func (d *Desk) roomFor(ctx context.Context, v *desk.Visit, chosen []catalog.ProductID, to catalog.State) error {
	if to.Weight() == 0 {
		return nil
	}
	var archived catalog.Listing
	err := v.Shop.Read(ctx, func(tx tenant.Tx) (err error) {
		archived, err = catalog.List(tx, catalog.Query{States: []catalog.State{catalog.Archived}, IDs: chosen, PerPage: 1})
		return err
	})
	if err != nil {
		return err
	}
	return d.room(ctx, v.Shop, archived.Total)
}
