package shopsettings_test

import (
	"testing"
	"time"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/content"
)

// MNT-01 to MNT-04
func TestOpening(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/opening"))
	b.WantNo("#preview-link").WantText(".help", "You come from 203.0.113.7.")
	b.Submit("main form", webtest.Values{"mode": "maintenance1", "message.fr": "Inventaire", "reopens": "2031-07-01T09:30", "allow": "192.0.2.0/24\n203.0.113.7"})
	b.WantStatus(200).WantClean().WantText(".alert", "Nobody new comes in")
	row := o.row(t)
	if row.Mode != registry.Draining || row.ModeSince.IsZero() || row.Maintenance.Message["fr"] != "Inventaire" || len(row.Maintenance.Allow) != 2 {
		t.Errorf("stored %+v", row)
	}
	if want := time.Date(2031, 7, 1, 7, 30, 0, 0, time.UTC); !row.Maintenance.Reopens.Equal(want) {
		t.Errorf("MNT-04 reopens %s, want the shop's own time %s", row.Maintenance.Reopens, want)
	}
	b.Submit("main form[data-guard]", webtest.Values{"mode": "maintenance2", "reopens": "2020-07-01T09:30"})
	b.WantStatus(422).WantClean().WantText(".error", "This time has already passed").Want(`input[name=reopens][aria-invalid]`)
	if row := o.row(t); row.Mode != registry.Draining || row.Maintenance.Reopens.Year() != 2031 {
		t.Errorf("MNT-04 a time in the past was stored: %+v", row)
	}
	b.Get(at("settings/opening"))
	link := b.Value("#preview-link")
	b.Submit(`form[action$="/preview"] button`, nil)
	b.WantStatus(200)
	if next := b.Value("#preview-link"); next == link || next == "" {
		t.Errorf("MNT-02 the preview link is still %q", next)
	}
	b.Submit("main form[data-guard]", webtest.Values{"mode": "production", "allow": "everybody"})
	b.WantStatus(422).WantClean().WantText(".error", "“everybody” is neither an IP address nor a network")
	b.Submit("main form[data-guard]", webtest.Values{"mode": "production", "allow": "2001:db8::/32", "reopens": "2020-07-01T09:30"})
	b.WantStatus(200).WantText(".alert", "The shop is open.")
	if row := o.row(t); row.Mode != registry.Production || !row.ModeSince.IsZero() || !row.Maintenance.Reopens.IsZero() {
		t.Errorf("MNT-01 stored %+v", row)
	}
}

// HST-04: the old name goes on leading to the shop.
func TestRename(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/addresses"))
	b.Submit(`form[action$="/name"]`, webtest.Values{"slug": "Not A Name"})
	b.WantStatus(422).WantClean().Want(`input[name=slug][value="Not A Name"][aria-invalid]`)
	b.Submit(`form[action$="/name"]`, webtest.Values{"slug": o.slug + "-neu"})
	if got := b.Path(); got != "/shops/"+o.slug+"-neu/settings/addresses" {
		t.Errorf("the office moved to %s", got)
	}
	if row := o.row(t); row.Slug != o.slug+"-neu" {
		t.Errorf("slug %s", row.Slug)
	}
	found, err := o.registry.BySlug(t.Context(), o.slug)
	if err != nil || found.ID != o.row(t).ID {
		t.Errorf("the old name leads to %v, %v", found, err)
	}
}

func TestCanonical(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/addresses"))
	b.Want(`input[value=domain][disabled]`)
	b.Submit(`form[action$="/canonical"]`, webtest.Values{"canonical": "subdomain"})
	b.WantStatus(200).WantText(".alert", "Saved.")
	if got := o.row(t).Canonical; got != registry.BySubdomain {
		t.Errorf("canonical %s", got)
	}
}

// HST-05: a domain is claimed, proved by two records, used, and let go.
func TestDomains(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/addresses"))
	b.Submit(`form[action$="/domains"]`, webtest.Values{"host": "not a host"})
	b.WantStatus(422).WantClean().Want(`input[name=host][value="not a host"][aria-invalid]`)
	host := "www." + o.slug + ".fr"
	b.Submit(`form[action$="/domains"]`, webtest.Values{"host": "https://" + host + "/"})
	b.WantStatus(200).WantClean().WantText(".badge", "Waiting for the records")
	b.Submit(`form[action$="/verify"] button`, nil)
	b.WantText(".alert", "The TXT record is not visible yet.")
	o.zone.txt[b.Value("#txt-name-0")] = b.Value("#txt-0")
	o.zone.alias[host] = b.Value("#target-0") + "."
	b.Submit(`form[action$="/verify"] button`, nil)
	b.WantStatus(200).WantClean().WantText(".badge", "Connected").WantText(".badge", "Main domain").WantNo("#txt-0")
	b.Submit(`form[action$="/canonical"]`, webtest.Values{"canonical": "domain"})
	if row := o.row(t); row.Domain != host || row.Canonical != registry.ByDomain {
		t.Errorf("stored %+v", row)
	}
	b.Follow(`a[href$="/release"]`)
	b.WantClean()
	b.Submit("main form", nil)
	b.WantText(".alert", "The domain is released.").WantNo("main .badge")
	if row := o.row(t); row.Domain != "" || row.Canonical == registry.ByDomain {
		t.Errorf("after releasing: %+v", row)
	}
}

func TestTeam(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/team"))
	b.Submit(`form[action$="/team"]`, webtest.Values{"email": "nobody", "role": "manager"})
	b.WantStatus(422).WantClean().Want(`input[name=email][value=nobody][aria-invalid]`)
	mail := func(n string) string { return n + "@" + o.slug + ".fr" }
	for _, who := range []string{"ada", "ben", "cleo"} {
		b.Submit(`form[action$="/team"]`, webtest.Values{"email": mail(who), "role": "owner"})
		b.WantStatus(200).WantText(".alert", mail(who))
	}
	b.Submit(`form[action$="/team"]`, webtest.Values{"email": mail("dan"), "role": "orders"})
	b.WantStatus(402).WantText(".alert", "Your plan has room for 3 people")
	member := func(n string) account.ID {
		who, err := o.accounts.FindByEmail(t.Context(), mail(n))
		if err != nil {
			t.Fatal(err)
		}
		return who.ID
	}
	shop := id.As[registry.Shop](o.Shop.ID())
	b.Get(at("settings/team"))
	b.Submit(`form[action*="`+member("ben").String()+`"]`, webtest.Values{"role": "catalogue"})
	b.WantStatus(200)
	if role, err := o.accounts.Role(t.Context(), member("ben"), shop); err != nil || role != authz.Catalogue {
		t.Errorf("role %s, %v", role, err)
	}
	for _, who := range []string{"cleo", "ada"} {
		b.Get(at("settings/team/" + member(who).String() + "/remove"))
		b.WantStatus(200).WantClean()
		b.Submit("main form", nil)
		b.WantStatus(200)
	}
	b.WantText(".alert", "That was not done")
	if role, err := o.accounts.Role(t.Context(), member("ada"), shop); err != nil || role != authz.Owner {
		t.Errorf("the last owner is %s, %v", role, err)
	}
	stranger, err := o.accounts.Appoint(t.Context(), mail("stranger"), "en", "")
	if err != nil {
		t.Fatal(err)
	}
	if got := b.Get(at("settings/team/" + stranger.ID.String() + "/remove")).Status; got != 404 {
		t.Errorf("SEC-05 a stranger is named: %d", got)
	}
}

func TestContentPages(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/pages/new"))
	b.Submit("main form", webtest.Values{"title.fr": "Conditions générales", "body.fr": "<p>Bonjour<script>x()</script></p>", "kind": "legal", "place": "footer"})
	b.WantStatus(200).WantPath("/shops/test/settings/pages").WantText("tbody th", "/conditions-generales").WantClean()
	b.Follow("tbody th a")
	if got := b.Text(`textarea[name="body.fr"]`); got != "<p>Bonjour</p>" {
		t.Errorf("body %q", got)
	}
	b.Submit("main form", webtest.Values{"title.fr": "", "title.de": "AGB", "visible": false})
	b.WantStatus(422).WantClean().Want(`input[name="title.fr"][aria-invalid]`).Want(`input[name="title.de"][value=AGB]`)
	b.Submit("main form", webtest.Values{"title.fr": "CGV"})
	b.WantStatus(200).WantText("tbody td", "Hidden").WantText("tbody td", "fr, de")

	var list []*content.Page
	if err := o.Shop.Read(t.Context(), func(tx tenant.Tx) (err error) { list, err = content.List(tx); return err }); err != nil {
		t.Fatal(err)
	}
	b.Get(at("settings/numbering"))
	b.Submit("main form", webtest.Values{"terms_page_id": list[0].ID.String()})
	b.WantStatus(200)
	b.Get(at("settings/pages/" + list[0].ID.String() + "/remove"))
	b.Submit("main form", nil)
	b.WantText(".alert", "Buyers must accept this page").WantText(".badge", "Terms of sale")
}

// Who saved the shop's row meanwhile is not overwritten.
func TestOpening_stale(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/opening"))
	if _, err := o.registry.SetName(t.Context(), registry.Change{Shop: o.row(t).ID, By: audit.ByProgram}, "Neu"); err != nil {
		t.Fatal(err)
	}
	b.Submit("main form", webtest.Values{"mode": "maintenance2"})
	b.WantStatus(409).WantClean()
	if got := o.row(t).Mode; got != registry.Production {
		t.Errorf("mode %s", got)
	}
}
