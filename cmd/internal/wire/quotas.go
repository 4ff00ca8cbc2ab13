package wire

import (
	"context"

	"echoppe.dev/backoffice/products"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/quota"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/transfer"
)

// quotas answer for the rooms of a shop what its plan allows.
type quotas struct {
	registry *registry.Registry
	plans    *plan.Plans
}

// Disk refuses what does not fit into the plan's disk space. Errors: quota.ErrDisk.
func (q quotas) Disk(ctx context.Context, shop *tenant.Shop, have, more int64) error {
	allowed, err := q.of(ctx, shop)
	if err != nil {
		return err
	}
	return quota.Disk(allowed, have, more)
}

// Articles refuses what does not fit beside the articles outside the archive. Errors: quota.ErrArticles.
func (q quotas) Articles(ctx context.Context, shop *tenant.Shop, more int) error {
	allowed, err := q.of(ctx, shop)
	if err != nil || allowed.Articles == plan.Unlimited {
		return err
	}
	var have int
	err = shop.Read(ctx, func(tx tenant.Tx) (err error) { have, err = catalog.Weighed(tx); return err })
	if err != nil {
		return err
	}
	return quota.Articles(allowed, have, more)
}

// of is what the plan of a shop allows now: the registry's row hears of a change of plan, which a shop
// that was opened before does not.
func (q quotas) of(ctx context.Context, shop *tenant.Shop) (plan.Quotas, error) {
	row, err := q.registry.ByID(ctx, id.As[registry.Shop](shop.ID()))
	if err != nil {
		return plan.Quotas{}, err
	}
	found, err := q.plans.Find(ctx, row.Plan)
	return found.Quotas, err
}

func (a *App) quotas() quotas { return quotas{a.Registry, a.Plans} }

var (
	_ media.Quota    = quotas{}
	_ products.Quota = quotas{}
	_ transfer.Quota = quotas{}
)
