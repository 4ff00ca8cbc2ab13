package main

import (
	"context"
	"fmt"

	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/provision"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/i18n"
)

// shopCreate opens a shop without the sign-up page.
type shopCreate struct {
	Name   string `arg:"" help:"Name in addresses: letters, digits, hyphens."`
	Email  string `required:"" help:"The owner's address."`
	Locale string `default:"fr" enum:"fr,en,es,de" help:"Language of the owner and of the new shop."`
	Plan   string `default:"free" help:"Code of the plan."`
	JSON   bool   `help:"Print JSON."`
	outsideFlags
}

// Run opens the shop and prints how to sign in.
func (s *shopCreate) Run(ctx context.Context) error {
	app, done, err := s.join(ctx)
	if err != nil {
		return err
	}
	defer done()
	slug, err := registry.CleanSlug(s.Name)
	if err != nil {
		return err
	}
	email, err := account.CleanEmail(s.Email)
	if err != nil {
		return err
	}
	if err := knownPlan(ctx, app, s.Plan); err != nil {
		return err
	}
	locale := i18n.Locale(s.Locale)
	owner, err := app.Accounts.Ensure(ctx, email, locale)
	if err != nil {
		return err
	}
	shop, err := app.Provision.Open(ctx, orderFor(owner.ID, slug, s.Plan, provision.Seed{Locale: locale, Name: s.Name, Email: email}))
	if err != nil {
		return err
	}
	token, err := app.Accounts.MakeLink(ctx, owner.ID, account.Enter, 0)
	if err != nil {
		return err
	}
	out := struct {
		shopRow
		SignIn string `json:"sign_in"`
	}{rowOf(app, shop), app.Out.Sites.Office() + account.LinkPath + token}
	return report(s.JSON, out, func() string {
		return fmt.Sprintf("%s\nsign in: %s", out.shopRow, out.SignIn)
	})
}
