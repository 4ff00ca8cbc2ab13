package operator_test

import (
	"testing"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/wanted"
	"echoppe.dev/platform/kit/i18n"
)

// TestWanted: PAY-07, operators see which banks merchants asked for, by state, and answer; who may only look reads and does not answer.
func TestWanted(t *testing.T) {
	c := open(t)
	const shop = "019300aa-0000-7000-8000-0000000000bb"
	if err := c.pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error {
		return tx.DB().Exec(`insert into shops (id, schema_name, version, slug, name, state, created_at, opened_at) values (?, 'shop_wanting', 1, 'wanting', 'Atelier Lune', 'open', now(), now())`, shop).Error
	}); err != nil {
		t.Fatal(err)
	}
	b := c.enter(t, authz.Operator)
	b.Get(root + "/banks")
	b.WantStatus(200).WantClean().WantText("main", "No bank asked for")
	ask := wanted.Draft{Bank: "Crédit Coopératif", Protocol: "API", Docs: "https://bank.example/doc", Volume: "300", Contact: "lucie@example.org"}
	if err := c.wanted.Ask(t.Context(), audit.Actor{ID: "a1", Name: "Lucie"}, shop, i18n.French, ask); err != nil {
		t.Fatal(err)
	}
	for _, l := range i18n.Shipped {
		b.Get(root + "/banks?lang=" + string(l))
		b.WantStatus(200).WantClean().WantText("tbody th", "Crédit Coopératif").WantText("tbody td", "Atelier Lune")
	}
	b.Get(root + "/banks?state=planned&lang=en")
	b.WantNoText("Crédit Coopératif")
	b.Get(root + "/banks?state=new")
	b.Follow("tbody th a")
	b.WantClean().WantText("main", "API").Want(`main a[href="https://bank.example/doc"]`).WantText("main", "lucie@example.org")
	file := b.Path()
	b.Submit("main form", webtest.Values{"state": "planned", "answer": " "})
	b.WantStatus(422).WantClean().Want(`[name=answer][aria-invalid]`).Want(`select[name=state] option[value=planned][selected]`)
	b.Submit("main form", webtest.Values{"answer": "In spring."})
	b.WantStatus(200).WantPath("/banks").WantText(".alert", "on its way to lucie@example.org").WantText("tbody .badge", "Planned")
	b.Post(root+file, map[string][]string{"state": {"declined"}, "answer": {"No."}, "rev": {"1"}})
	b.WantStatus(409).WantText("main", "Somebody has answered meanwhile")
	b.Get(root + "/journal")
	b.WantClean().WantText("main", "Request for a bank answered").WantText("main", "Planned")

	other := c.enter(t, authz.Auditor)
	other.Get(root + file)
	other.WantStatus(200).WantClean().WantNo("main form")
	if got := other.Post(root+file, map[string][]string{"state": {"done"}, "answer": {"x"}, "rev": {"2"}}).Status; got != 403 {
		t.Errorf("an auditor answers: %d", got)
	}
}
