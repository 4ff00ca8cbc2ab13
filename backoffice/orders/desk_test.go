package orders_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/backoffice/orders"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/tax"
)

// office is the desk in the office of a shop that sells.
type office struct {
	*officetest.Office
	*checkouttest.Stage
	mug stock.VariantID
}

// words are those of the rooms whose things the desk shows.
func words() []fs.FS {
	list := []fs.FS{orders.Locales, pricing.Locales, shipping.Locales, tax.Locales}
	for _, room := range []string{"order", "payment", "notify", "checkout", "shipment", "fraud"} {
		list = append(list, os.DirFS("../../tenant/"+room))
	}
	return list
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{Stage: checkouttest.New(t, checkout.Reactions{})}
	o.Office = officetest.Open(t, words(), func(*officetest.Office) []desk.Desk {
		return []desk.Desk{orders.New(orders.Config{Desk: o.Stage.Desk, Post: o.Post, Modes: o.Modes})}
	})
	o.Office.Shop = o.Stage.Shop
	o.mug = o.Stock("Mug", "12.00", 50)
	return o
}

// order is a guest's order of some mugs.
func (o *office) order(t *testing.T, email, mode string, qty int) order.ID {
	t.Helper()
	b := o.Guest(email)
	b.Draft.Note = "Sonnez deux fois"
	if err := b.Add(o.mug, qty); err != nil {
		t.Fatal(err)
	}
	placed, err := b.Place(mode)
	if err != nil {
		t.Fatal(err)
	}
	return placed.Order.ID
}

func at(path string) string { return officetest.Base + path }

func TestRoutes(t *testing.T) {
	t.Parallel()
	o := open(t)
	webtest.WantGuarded(t, o.Routes, o.Policy.Permissions(authz.KindShop))
}

// LANG-01: every page in every language, without a key showing through.
func TestPages(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "cheque", 2).String()
	b := o.Browser(t)
	for _, l := range i18n.Shipped {
		for _, path := range []string{"orders", "orders?q=nobody", "orders/" + which, "orders/" + which + "/ship", "orders/" + which + "/cancel", "orders/" + which + "/print"} {
			b.Get(at(path) + map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")] + "lang=" + string(l))
			b.WantStatus(200).WantClean()
			for _, prefix := range []string{"orders.", "order.", "payment.", "notify.", "checkout.", "shipping.", "price.", "tax.", "fraud."} {
				for _, word := range strings.Fields(b.Text("main")) {
					if strings.HasPrefix(word, prefix) && strings.ToLower(word) == word && len(word) > len(prefix) {
						t.Errorf("LANG-01 %s in %s says %q", path, l, word)
					}
				}
			}
		}
	}
}

func TestLocales(t *testing.T) {
	words := i18ntest.Complete(t, orders.Locales, "locales")
	for _, kind := range []string{"guest", "customer", "staff", "operator", "gateway", "system"} {
		i18ntest.Used(t, words, "orders.actor."+kind)
	}
}

// SEC-05: who packs parcels sees no money buttons, and is refused when he tries.
func TestPermissions(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "cheque", 1).String()
	o.Role = authz.Simple
	b := o.Browser(t)
	b.Get(at("orders/" + which))
	b.WantStatus(200).WantNo(`form[action$="/paid"]`).WantNo(`a[href$="/cancel"]`).WantNo(`form[action*="/mails/"]`).Want(`form[action$="/note"]`)
	for _, action := range []string{"paid", "close", "cancel"} {
		if got := b.Post(at("orders/"+which+"/"+action), nil).Status; got != 403 {
			t.Errorf("SEC-05 %s: %d", action, got)
		}
	}
	if got := b.Get(at("orders/" + which[:35] + "x")).Status; got != 404 {
		t.Errorf("an order that is none: %d", got)
	}
}

// officeActor is a colleague who was faster.
var officeActor = officetest.Who
