package demo

import (
	"context"
	"errors"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/seed"
)

// The reseller of the demo's publisher, who sees other prices than passers-by (PROF-07). His password opens
// nothing but his account in a demo, and is printed at every start.
const (
	resellerMail     = "libraire@example.com"
	resellerPassword = "un rayon de plus"
)

// ensureReseller gives the publisher a customer with the private profile. One who is there is left alone.
func ensureReseller(ctx context.Context, app *wire.App, shop *tenant.Shop) error {
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		_, err := customer.FindByEmail(tx, resellerMail)
		return err
	})
	if !errors.Is(err, customer.ErrUnknown) {
		return err
	}
	prepared, err := app.Rooms.Customers.Prepare(ctx, customer.Registration{
		Email: resellerMail, Name: "Librairie du Port", Password: resellerPassword, Locale: i18n.French,
	})
	if err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		who, err := app.Rooms.Customers.Add(tx, prepared)
		if err != nil {
			return err
		}
		return customer.AssignIn(tx, tenant.ByProgram, who.ID, seed.Booksellers)
	})
}
