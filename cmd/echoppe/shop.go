package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/provision"
	"echoppe.dev/platform/fleet/registry"
)

// shopCommands look after shops.
type shopCommands struct {
	Create  shopCreate  `cmd:"" help:"Open a shop for somebody."`
	List    shopList    `cmd:"" help:"List shops."`
	Show    shopShow    `cmd:"" help:"Show one shop."`
	Mode    shopMode    `cmd:"" help:"Set production, maintenance1 or maintenance2."`
	Suspend shopSuspend `cmd:"" help:"Shut a shop, or open it again with --undo. Its data stay untouched."`
}

// knownPlan refuses a code that names no plan, and says which there are.
func knownPlan(ctx context.Context, app *wire.App, code string) error {
	if _, err := app.Plans.Find(ctx, plan.Code(code)); !errors.Is(err, plan.ErrUnknown) {
		return err
	}
	all, err := app.Plans.List(ctx)
	if err != nil {
		return err
	}
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = string(p.Code)
	}
	return told{codePlan, fmt.Sprintf("There is no plan %q. There are: %s.", code, strings.Join(names, ", "))}
}

// orderFor is an order for a shop that belongs to somebody.
func orderFor(owner account.ID, slug, planCode string, s provision.Seed) provision.Order {
	return provision.Order{
		Slug: slug, Plan: plan.Code(planCode), By: byCommand, Seed: s,
		Alongside: func(tx pg.Tx, shop registry.ID) error { return account.Join(tx, owner, shop, authz.Owner) },
	}
}
