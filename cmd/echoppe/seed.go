package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/provision"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/seed"
)

// seedCommand fills a fleet for measurements. Shops and articles are numbered, so that a second run
// goes on where the first one ended.
type seedCommand struct {
	Shops    int    `default:"100" help:"How many numbered shops there shall be."`
	Articles int    `default:"100" help:"How many generated articles each of them shall have."`
	Name     string `default:"fleet" help:"What the shops are called before their number."`
	Email    string `default:"fleet@example.com" help:"The address of their owner."`
	Plan     string `default:"standard" help:"Code of their plan."`
	Workers  int    `default:"4" help:"Shops filled at once."`
	JSON     bool   `help:"Print JSON."`
	outsideFlags
}

// seeded is what the fleet is like afterwards. The names of its JSON fields are stable.
type seeded struct {
	Shops    int64 `json:"shops"`
	Opened   int64 `json:"opened"`
	Articles int64 `json:"articles"` // of each shop, at least
}

func (s seeded) String() string {
	return fmt.Sprintf("%d shops with %d articles each, %d of them new.", s.Shops, s.Articles, s.Opened)
}

// Run opens and fills what is missing.
func (s *seedCommand) Run(ctx context.Context) error {
	if s.Shops < 1 || s.Articles < 0 || s.Workers < 1 {
		return told{codeUsage, "--shops and --workers must be at least 1, --articles not below 0."}
	}
	app, done, err := s.join(ctx)
	if err != nil {
		return err
	}
	defer done()
	email, err := account.CleanEmail(s.Email)
	if err != nil {
		return err
	}
	if err := knownPlan(ctx, app, s.Plan); err != nil {
		return err
	}
	owner, err := app.Accounts.Ensure(ctx, email, i18n.French)
	if err != nil {
		return err
	}
	var opened atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(s.Workers)
	for n := range s.Shops {
		g.Go(func() error {
			slug, err := registry.CleanSlug(fmt.Sprintf("%s-%05d", s.Name, n+1))
			if err != nil {
				return err
			}
			isNew, err := s.fill(ctx, app, owner.ID, slug)
			if err != nil {
				return fmt.Errorf("fill %s: %w", slug, err)
			}
			if isNew {
				opened.Add(1)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	result := seeded{Shops: int64(s.Shops), Opened: opened.Load(), Articles: int64(s.Articles)}
	return report(s.JSON, result, result.String)
}

// fill opens one shop, unless it is there, and gives it the articles it lacks.
func (s *seedCommand) fill(ctx context.Context, app *wire.App, owner account.ID, slug string) (isNew bool, err error) {
	row, err := app.Registry.BySlug(ctx, slug)
	if errors.Is(err, registry.ErrUnknown) {
		isNew = true
		row, err = app.Provision.Open(ctx, orderFor(owner, slug, s.Plan, provision.Seed{Locale: i18n.French, Name: slug, Email: s.Email}))
	}
	if err != nil {
		return false, err
	}
	shop, err := app.OpenShop(row)
	if err != nil {
		return false, err
	}
	return isNew, seed.Fleet(ctx, shop, seed.Volume{Articles: s.Articles})
}
