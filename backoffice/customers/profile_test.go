package customers_test

import (
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
)

// split gives the shop resellers, companies, and a profile that is switched off.
func (o *office) split(t *testing.T) {
	t.Helper()
	list := settings.Profiles{Profiles: []profile.Profile{
		{Code: profile.Anonymous, Kind: profile.KindAnonymous, Active: true, Names: i18n.Text{"en": "Private people"}},
		{Code: "trade", Kind: profile.KindPrivate, Active: true, Names: i18n.Text{"en": "Resellers", "fr": "Revendeurs"}},
		{Code: "pro", Kind: profile.KindPublic, Active: true, Names: i18n.Text{"en": "Companies"}},
		{Code: "old", Kind: profile.KindPrivate, Names: i18n.Text{"en": "Clubs"}},
	}}
	if err := settings.Save(t.Context(), o.Stage.Shop, officetest.Who, list, 0); err != nil {
		t.Fatal(err)
	}
}

func (o *office) give(t *testing.T, who *customer.Customer, code profile.Code) {
	t.Helper()
	if err := o.Accounts.Assign(t.Context(), o.Stage.Shop, officetest.Who, who.ID, code); err != nil {
		t.Fatal(err)
	}
}

// byMail reads a customer.
func (o *office) byMail(t *testing.T, email string) (found *customer.Customer) {
	t.Helper()
	o.Read(func(tx tenant.Tx) (err error) {
		found, err = customer.FindByEmail(tx, email)
		return err
	})
	return found
}

// PROF-10: who has which profile is seen, and found, in the list.
func TestList_profile(t *testing.T) {
	t.Parallel()
	o := open(t)
	anna := o.register(t, "Anna")
	b := o.Browser(t)
	b.Get(at("customers"))
	b.WantNo("select[name=profile]").WantNo(`th:contains("Profile")`)
	o.split(t)
	o.give(t, anna, "trade")
	bert := o.register(t, "Bert")
	o.give(t, bert, "old")
	o.register(t, "Cleo")
	o.give(t, o.register(t, "Dora"), "gone")
	b.Get(at("customers"))
	b.WantClean().WantText("tbody", "Resellers").WantText("tbody", "Clubs (switched off)").WantText("tbody", "Private people").WantText("tbody", "deleted (gone)")
	for code, want := range map[string]string{"trade": "Anna", "old": "Bert", "anonymous": "Cleo", "gone": "Dora", "pro": ""} {
		b.Get(at("customers?profile=" + code))
		b.WantStatus(200).WantClean()
		if got := strings.Join(b.Texts("tbody th .title-line"), " "); got != want {
			t.Errorf("%s finds %q, want %q", code, got, want)
		}
		if code != "gone" {
			b.Want(`select[name=profile] option[value=` + code + `][selected]`)
		}
	}
}

// PROF-10: a profile is given on the customer's page, only one that is in use, and written down.
func TestAssign(t *testing.T) {
	t.Parallel()
	o := open(t)
	anna := o.register(t, "Anna")
	page := at("customers/" + anna.ID.String())
	b := o.Browser(t)
	b.Get(page)
	b.WantNo(`form[action$="/profile"]`).WantText("main", "None: like anonymous visitors")
	o.split(t)
	for _, l := range i18n.Shipped {
		b.Get(page + "?lang=" + string(l))
		b.WantStatus(200).WantClean()
	}
	b.Get(page + "?lang=en")
	b.WantCount("select[name=profile] option", 3)
	b.Submit(`form[action$="/profile"]`, webtest.Values{"profile": "trade"})
	b.WantStatus(200).WantText(".alert", "The profile is changed.").Want(`option[value=trade][selected]`)
	if got := o.byMail(t, anna.Email).Profile; got != "trade" {
		t.Errorf("stored %q", got)
	}
	for _, wrong := range []string{"old", "nothing", ""} {
		if got := b.Post(page+"/profile", url.Values{"profile": {wrong}}).Status; got != 422 {
			t.Errorf("%q is answered %d", wrong, got)
		}
		b.WantClean().Want("select[aria-invalid]")
	}
	o.give(t, anna, "old")
	b.Get(page)
	b.WantCount("select[name=profile] option", 4).WantText("option[selected]", "Clubs (switched off)")
	b.Submit(`form[action$="/profile"]`, nil)
	b.WantStatus(200)
	b.Submit(`form[action$="/profile"]`, webtest.Values{"profile": "anonymous"})
	b.WantStatus(200)
	if got := o.byMail(t, anna.Email).Profile; got != customer.Anonymous {
		t.Errorf("stored %q", got)
	}
	var told int
	o.Read(func(tx tenant.Tx) error {
		return tx.DB().Raw("select count(*) from audit where action = 'customer.profile_set' and actor_name = 'Lucie Marchand'").Scan(&told).Error
	})
	if told != 2 {
		t.Errorf("SEC-02 %d changes in the journal, want 2", told)
	}
	o.Role = authz.ReadOnly
	b.Get(page)
	b.WantNo("main form[method=post]").WantText("main", "Private people")
	for _, path := range []string{"/profile", "/invite"} {
		if got := b.Post(page+path, url.Values{"profile": {"trade"}}).Status; got != 403 {
			t.Errorf("SEC-05 a reader posts to %s: %d", path, got)
		}
	}
}

// PROF-10: an invitation makes an account with a profile, and a letter with a link.
func TestInvite(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.split(t)
	b := o.Browser(t)
	for _, l := range i18n.Shipped {
		b.Get(at("customers/invite?lang=" + string(l)))
		b.WantStatus(200).WantClean()
	}
	b.Get(at("customers?lang=en"))
	b.Follow(".page-head a.btn-primary")
	b.Submit("main form", webtest.Values{"name": "", "email": "nobody", "language": "de", "profile": "trade"})
	b.WantStatus(422).WantClean().Want("input[name=name][aria-invalid]").Want(`input[name=email][aria-invalid][value=nobody]`).
		Want("option[value=de][selected]").Want("option[value=trade][selected]")
	b.Submit("main form", webtest.Values{"name": "Frieda", "email": "frieda@example.org"})
	frieda := o.byMail(t, "frieda@example.org")
	b.WantStatus(200).WantPath("/shops/test/customers/"+frieda.ID.String()).WantText(".alert", "frieda@example.org").WantText(".page-head .badge", "Invited").WantClean()
	if frieda.Profile != "trade" || frieda.Locale != i18n.German || frieda.HasPassword {
		t.Errorf("invited %+v", frieda)
	}
	b.Submit(`form[action$="/invite"] button`, nil)
	b.WantStatus(200)
	o.Work()
	letters := o.Mailbox.To("frieda@example.org")
	if len(letters) != 2 || !strings.Contains(letters[1].Text, "http") || letters[0].Text == letters[1].Text {
		t.Errorf("%d letters", len(letters))
	}
	anna := o.register(t, "Anna")
	b.Get(at("customers/invite?profile=pro"))
	b.Submit("main form", webtest.Values{"name": "Somebody", "email": "ANNA@example.org"})
	b.WantStatus(200).WantPath("/shops/test/customers/" + anna.ID.String()).WantNo(`form[action$="/invite"]`)
	if got := o.byMail(t, anna.Email); got.Profile != "pro" || got.Name != "Anna" || !got.HasPassword {
		t.Errorf("who was there already is %+v", got)
	}
	b.Post(at("customers/"+anna.ID.String()+"/invite"), url.Values{})
	b.WantText(".alert", "Nobody to invite")
	for _, wrong := range []url.Values{
		{"name": {"X"}, "email": {"x@example.org"}, "language": {"fr"}, "profile": {"old"}},
		{"name": {"X"}, "email": {"x@example.org"}, "language": {"xx"}, "profile": {"trade"}},
	} {
		if got := b.Post(at("customers/invite"), wrong).Status; got != 422 {
			t.Errorf("%v is answered %d", wrong, got)
		}
		b.WantClean().Want("select[aria-invalid]")
	}
}
