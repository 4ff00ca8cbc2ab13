package wire

import (
	"context"

	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/quota"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
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

var _ media.Quota = quotas{}
