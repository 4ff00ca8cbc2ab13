package shopsettings_test

import (
	"context"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet/advisory"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/fraud"
)

// TestFraud: FRD-05, the merchant says what counts how much and whom he believes; what cannot be meant is refused
// beside its field, with what he typed.
func TestFraud(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/fraud"))
	b.WantStatus(200).WantClean().Want(`input[name="threshold"][value="60"]`)
	b.Submit("main form", webtest.Values{
		"hold": true, "threshold": "101", "points.countries": "many", "domains": "odd.example, no domain",
		"list.0.verdict": "deny", "list.0.kind": "network", "list.0.value": "203.0.113",
	})
	b.WantStatus(422).WantClean().Want(`input[name="threshold"][value="101"][aria-invalid]`).Want(`input[name="points.countries"][value="many"][aria-invalid]`).
		Want(`textarea[name="domains"][aria-invalid]`).Want(`input[name="list.0.value"][value="203.0.113"][aria-invalid]`)
	b.Submit("main form", webtest.Values{
		"threshold": "40", "points.countries": "0", "domains": "odd.example", "list.0.value": "203.0.113.0/24",
		"list.1.verdict": "allow", "list.1.kind": "mail", "list.1.value": "aunt@example.com",
	})
	b.WantStatus(200).WantText(".alert", "Saved.")
	r := fraud.Rules(o.settings(t).Fraud)
	if !r.Hold || r.Threshold != 40 || r.Points[fraud.Countries] != 0 || r.Points[fraud.Refused] != 30 || len(r.Domains) != 1 {
		t.Errorf("kept %+v", r)
	}
	if len(r.List) != 2 || r.List[0] != (fraud.Entry{Verdict: fraud.Deny, Kind: fraud.ByNetwork, Value: "203.0.113.0/24"}) || r.List[1].Verdict != fraud.Allow {
		t.Errorf("the list is %+v", r.List)
	}
	b.Submit("main form", webtest.Values{"list.0.value": ""})
	if r := o.settings(t).Fraud; len(r.List) != 1 || r.List[0].Value != "aunt@example.com" {
		t.Errorf("after a line was emptied the list is %+v", r.List)
	}
}

// TestFraud_news: FRD-04, what the operators say about fraud is read where it is decided what counts.
func TestFraud_news(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/fraud"))
	b.WantClean().WantNo(".alert")
	board := advisory.New(o.pool)
	if err := board.Write(t.Context(), audit.Actor{ID: "1", Name: "Ada"}, i18n.Text{"en": "Beware of <reshipped> parcels."}); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = board.Write(context.Background(), audit.Actor{ID: "1", Name: "Ada"}, nil) }()
	b.Get(at("settings/fraud"))
	b.WantClean().WantText(".alert", "Beware of <reshipped> parcels.")
}

// TestFraud_share: FRD-03, nobody takes part before he says so, and who stops has all he reported taken back.
func TestFraud_share(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/fraud"))
	b.WantClean().WantNo(`input[name="share"][checked]`).WantText("main", "legitimate interest")
	b.Submit("main form", webtest.Values{"share": true})
	b.WantText(".alert", "Saved.")
	if !o.settings(t).Fraud.Share || len(o.forgot) != 0 {
		t.Errorf("takes part: %v, forgot %v", o.settings(t).Fraud.Share, o.forgot)
	}
	b.Submit("main form", webtest.Values{"share": false})
	if o.settings(t).Fraud.Share || len(o.forgot) != 1 || o.forgot[0] != o.Shop.ID().String() {
		t.Errorf("took back %v", o.forgot)
	}
}

// TestFraud_scorer: FRD-07, GWN-20, the outside scorer is off until it has a site and a password, which is sealed, kept when
// nothing is typed, never shown and not in the journal.
func TestFraud_scorer(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/fraud"))
	b.WantClean().WantNo(`input[name="fianet"][checked]`).WantText("main", "Oneytrust")
	b.Submit("main form", webtest.Values{"fianet": true})
	b.WantStatus(422).WantClean().Want(`input[name="site"][aria-invalid]`).Want(`input[name="password"][aria-invalid]`)
	b.Submit("main form", webtest.Values{"site": "12345", "password": "s3cret-word", "test": true})
	b.WantStatus(200).WantText(".alert", "Saved.").WantNoText("s3cret-word")
	c := o.settings(t).Fraud.FiaNet
	if !c.On || c.Site != "12345" || !c.Test || c.Password == "" || c.Password == "s3cret-word" {
		t.Errorf("kept %+v", c)
	}
	b.Submit("main form", webtest.Values{"site": "54321"})
	if again := o.settings(t).Fraud.FiaNet; again.Password != c.Password || again.Site != "54321" {
		t.Errorf("then %+v", again)
	}
	var journal string
	if err := o.Shop.Read(t.Context(), func(tx tenant.Tx) error {
		return tx.Raw().QueryRow(t.Context(), "select coalesce(string_agg(a::text, ' '), '') from audit a").Scan(&journal)
	}); err != nil || !strings.Contains(journal, "54321") || strings.Contains(journal, c.Password) {
		t.Errorf("the journal (%v) keeps %s", err, journal)
	}
	b.Submit("main form", webtest.Values{"fianet": false, "password.clear": true})
	if gone := o.settings(t).Fraud.FiaNet; gone.On || gone.Password != "" {
		t.Errorf("at last %+v", gone)
	}
}
