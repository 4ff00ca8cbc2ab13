package wire

import (
	"context"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/fleet/domains"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// How often the fleet is tidied.
const (
	sweepEvery   = time.Hour
	recheckEvery = 24 * time.Hour
	forgetEvery  = 24 * time.Hour
	// recheckAge is how old the proof of a domain may be (pain 8: weekly).
	recheckAge = 7 * 24 * time.Hour
)

// sweepAccounts drops sessions and links that have run out.
type sweepAccounts struct{}

// Kind names the job.
func (sweepAccounts) Kind() string { return "fleet.sweep_accounts" }

// recheckDomains looks whether domains still point here.
type recheckDomains struct{}

// Kind names the job.
func (recheckDomains) Kind() string { return "fleet.recheck_domains" }

// sweepSignals deletes warnings of fraud that are too old.
type sweepSignals struct{}

// Kind names the job.
func (sweepSignals) Kind() string { return "fleet.sweep_signals" }

// chores registers what nobody asks for and must be done all the same.
func (a *App) chores(r *jobs.Registry, d *domains.Domains) {
	jobs.Handle(r, func(ctx context.Context, _ sweepAccounts) error { return a.Accounts.Sweep(ctx) })
	jobs.Handle(r, func(ctx context.Context, _ recheckDomains) error { return d.Recheck(ctx, recheckAge) })
	jobs.Handle(r, func(ctx context.Context, _ sweepSignals) error { return a.Signals.Sweep(ctx) })
	r.Every(sweepEvery, sweepAccounts{})
	r.Every(forgetEvery, sweepSignals{})
	r.Every(recheckEvery, recheckDomains{})
}

// fleetShops opens one shop, or all of them in turn.
type fleetShops struct {
	opener   *tenant.Opener
	registry *registry.Registry
}

// ByID opens the shop a job was written for.
func (f fleetShops) ByID(ctx context.Context, shop tenant.ID) (*tenant.Shop, error) {
	return f.opener.ByID(ctx, shop)
}

// Each visits every shop that is somebody's, a page of the registry at a time.
func (f fleetShops) Each(ctx context.Context, visit func(context.Context, *tenant.Shop) error) error {
	for page := 1; ; page++ {
		found, err := f.registry.List(ctx, registry.Filter{State: registry.Open, Page: page, Size: 200})
		if err != nil {
			return err
		}
		for _, row := range found.Shops {
			shop, err := f.opener.ByID(ctx, id.As[tenant.Shop](row.ID))
			if err != nil {
				return err
			}
			if err := visit(ctx, shop); err != nil {
				return fmt.Errorf("shop %s: %w", row.Slug, err)
			}
		}
		if len(found.Shops) == 0 {
			return nil
		}
	}
}
