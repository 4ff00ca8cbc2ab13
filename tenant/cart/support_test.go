package cart_test

import (
	"testing"

	"echoppe.dev/tenant/customer"
)

func (f *fix) customer(t *testing.T, email string) customer.ID {
	t.Helper()
	c, err := f.Accounts.Register(t.Context(), f.Shop, customer.Registration{Email: email, Name: "Zoé", Password: "correct horse", Locale: "fr"})
	if err != nil {
		t.Fatal(err)
	}
	return c.ID
}
