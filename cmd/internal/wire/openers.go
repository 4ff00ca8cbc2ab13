package wire

import (
	"context"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// refs gives tenant what it needs to know of a shop, from the registry's row. The two ids are one
// value: a shop is the same thing seen from two floors.
type refs struct {
	registry *registry.Registry
	sites    sites.Sites
}

// Ref finds a shop by id. Errors: registry.ErrUnknown.
func (r refs) Ref(ctx context.Context, shop tenant.ID) (tenant.Ref, error) {
	row, err := r.registry.ByID(ctx, id.As[registry.Shop](shop))
	if err != nil {
		return tenant.Ref{}, err
	}
	return r.of(row), nil
}

func (r refs) of(row *registry.Shop) tenant.Ref {
	return tenant.Ref{
		ID:      id.As[tenant.Shop](row.ID),
		Slug:    row.Slug,
		Schema:  row.Schema.String(),
		BaseURL: r.sites.Shop(row),
		Plan:    string(row.Plan),

		Terminal: row.Terminal,
	}
}

var _ tenant.Registry = refs{}
