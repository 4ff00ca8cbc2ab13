package main_test

import (
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/browsertest"
	"echoppe.dev/tenant/seed"
)

// ART-05 ART-06 LAW-07 with a script, on a desk and on a phone: a price is added to an article, then the prices of
// all articles are changed by the job and put back.
func TestChanges(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "soldes")
	kit := seed.Kit{Library: m.App.Rooms.Library, Bucket: m.App.Out.Objects, Modes: m.App.Rooms.Modes, Width: 160}
	if err := seed.Demo(t.Context(), kit, shop.Shop, seed.Atelier); err != nil {
		t.Fatal(err)
	}
	b := browsertest.Open(t, browsertest.Options{Language: "fr"})
	b.Go(shop.OfficeLink(t))
	both := func() {
		t.Helper()
		b.Resize(phone).WantAccessible().WantNoSidewaysScroll().WantQuiet().Resize(desktop).WantAccessible().WantQuiet()
	}
	b.Go(shop.Office() + "/products").Click(`.table .title-line a`)
	b.Press(`details:has(button[value="prices.add"]) > summary`).Click(`button[value="prices.add"]`)
	b.Fill(`[name="prices.0.price"]`, "5,00")
	both()
	b.Click(".save button:last-child").WantText(".alert", "enregistré")

	b.Go(shop.Office() + "/products/changes/new?kind=price")
	both()
	b.Fill(`[name="number"]`, "3").Click("#change .save button")
	b.Wait(`form[action$="/confirm"] button`)
	both()
	b.Click(`form[action$="/confirm"] button`).Wait(`form[action$="/undo"] button`)
	both()
	b.Click(`form[action$="/undo"] button`).Wait(".stat:nth-child(5)")
	b.Go(shop.Office() + "/products/changes")
	both()
}
