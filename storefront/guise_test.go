package storefront_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
)

const mugPage = "/product/tasse-en-gres"

// companies are the profiles of these tests: companies, who say so themselves, and resellers, whom the
// merchant knows. Both see prices without tax: 20.00 for the mug of 24.00.
func companies(ask profile.Choose) settings.Profiles {
	return settings.Profiles{Choose: ask, Profiles: []profile.Profile{
		{Code: profile.Anonymous, Kind: profile.KindAnonymous, Active: true, Names: i18n.Text{"fr": "Particuliers"}},
		{Code: "pro", Kind: profile.KindPublic, Active: true, Names: i18n.Text{"fr": "Entreprises"}, Goods: pricing.Net},
		{Code: "trade", Kind: profile.KindPrivate, Active: true, Names: i18n.Text{"fr": "Revendeurs"}, Goods: pricing.Net},
	}}
}

// wantNoOffer holds that what is there for search engines tells no price.
func wantNoOffer(t *testing.T, b *webtest.Browser) {
	t.Helper()
	if strings.Contains(string(b.Page().Body), `"@type":"Offer"`) {
		t.Error("SEO-01: the price of a profile stands where search engines read")
	}
}

// customer is the account of a mail address.
func (h *house) customer(email string) (found *customer.Customer) {
	h.t.Helper()
	must(h.t, h.shop.Read(h.t.Context(), func(tx tenant.Tx) (err error) {
		found, err = customer.FindByEmail(tx, email)
		return err
	}))
	return found
}

func TestGuise_Declared(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.set(companies(profile.Never))
	b := h.browser(t)
	b.Get(h.at(mugPage))
	b.WantText(".price", "24,00").WantText("#prefs", "Particuliers")
	b.WantHeader("Cache-Control", "private, no-cache")
	b.Submit(`#prefs button[value="pro"]`, nil)
	b.WantStatus(200).WantPath(mugPage).WantText(".price", "20,00").WantText(".price", "HT")
	wantNoOffer(t, b)
	other := h.browser(t)
	other.Get(h.at(mugPage))
	other.WantText(".price", "24,00").WantText(".price", "24,00")
	if !strings.Contains(string(other.Page().Body), `"price":"24.00"`) {
		t.Error("SEO-01: a search engine finds no price")
	}
	b.Submit(".buy form[data-add]", nil)
	b.WantPath("/cart").WantText("main", "20,00")
	b.Get(h.at("/"))
	b.WantText("main", "20,00")
}

func TestGuise_AskedOnFirstPrice(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.set(companies(profile.OnPrice))
	b := h.browser(t)
	for _, path := range []string{"/", mugPage, "/search?q=tasse"} {
		b.Get(h.at(path))
		b.WantStatus(200).WantText("main", "Voir les prix")
		for _, price := range []string{"24.00", "24,00", "20.00", "20,00", "30,00"} {
			if strings.Contains(string(b.Page().Body), price) {
				t.Errorf("PROF-06: %s tells %s", path, price)
			}
		}
	}
	b.Get(h.at("/cart"))
	b.WantPath("/profile")
	b.Get(h.at(mugPage))
	b.Follow(".price a")
	b.WantPath("/profile").WantText("h1", "Pour qui").WantClean().WantNo(`button[aria-current]`)
	b.Submit(`input[value="pro"] ~ button`, nil)
	b.WantPath(mugPage).WantText(".price", "20,00")
}

func TestGuise_AskedOnEntry(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.set(companies(profile.OnEntry))
	b := h.browser(t)
	b.Get(h.at(mugPage))
	b.WantPath("/profile").WantText("h1", "Pour qui").WantNoText("24,00")
	b.Submit(`input[value="pro"] ~ button`, nil)
	b.WantPath(mugPage).WantText(".price", "20,00")
	for _, path := range []string{"/contact", "/sitemap.xml", "/robots.txt"} {
		if p := h.browser(t).Get(h.at(path)); p.Status != 200 {
			t.Errorf("%s answers %d to who has not said who he is", path, p.Status)
		}
	}
	crawler := request("GET", h.at(mugPage))
	crawler.Header.Set("User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
	if p := h.browser(t).Do(crawler); p.Status != 200 || !strings.Contains(string(p.Body), "24,00") {
		t.Errorf("PROF-06: a search engine is answered %d", p.Status)
	}
}

// TestGuise_Private: a private profile needs a session, its pages are kept by nobody, and losing the profile
// ends it at once.
func TestGuise_Private(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.set(companies(profile.Never))
	register(t, h, h.browser(t))
	who := h.customer("anna@example.org")
	forged := h.browser(t)
	for _, claim := range []string{"trade", "~"} {
		r := request("GET", h.at(mugPage))
		r.AddCookie(&http.Cookie{Name: "profile", Value: claim})
		if p := forged.Do(r); p.Status != 200 || strings.Contains(string(p.Body), "20,00") {
			t.Errorf("PROF-10: the cookie %q opens the resellers' prices (%d)", claim, p.Status)
		}
	}
	if err := h.accounts.Assign(t.Context(), h.shop, clerk, who.ID, "trade"); err != nil {
		t.Fatal(err)
	}
	b := h.browser(t)
	b.Get(h.at("/account/sign-in"))
	b.Submit("main form", webtest.Values{"email": "anna@example.org", "password": "a long enough phrase"})
	b.Get(h.at(mugPage))
	b.WantText(".price", "20,00").WantHeader("Cache-Control", "private, no-store")
	wantNoOffer(t, b)
	other := h.browser(t)
	other.Get(h.at(mugPage))
	other.WantText(".price", "24,00")
	b.Submit(".buy form[data-add]", nil)
	b.WantPath("/cart").WantText("main", "20,00")
	if err := h.accounts.Assign(t.Context(), h.shop, clerk, who.ID, profile.Anonymous); err != nil {
		t.Fatal(err)
	}
	b.Get(h.at(mugPage))
	b.WantText(".price", "24,00")
	b.Get(h.at(mugPage))
	b.WantText(".price", "24,00").WantHeader("Cache-Control", "private, no-cache")
}

// PROF-09: a shop without profiles to choose has no page that asks for one, and no link to it.
func TestGuise_NothingToChoose(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	private := companies(profile.OnEntry)
	private.Profiles = append(private.Profiles[:1:1], private.Profiles[2])
	for _, doc := range []settings.Profiles{{}, private} {
		h.set(doc)
		for _, page := range []string{"/", mugPage, "/cart"} {
			b.Get(h.at(page))
			b.WantStatus(200).WantClean().WantNo(`[href*="/profile"]`).WantNo(`[name="profile"]`)
		}
		for _, page := range []string{"/profile", "/en/profile", "/profile/code"} {
			b.Get(h.at(page))
			b.WantStatus(404).WantClean().WantNo(".choices")
		}
	}
	b.Post(h.at("/profile/code"), url.Values{"code": {"guess"}})
	b.WantStatus(404)
}

func TestGuise_SharedCode(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	hash, err := h.accounts.HashCode(t.Context(), "atelier-2026")
	if err != nil {
		t.Fatal(err)
	}
	doc := companies(profile.Never)
	doc.Profiles[2].CodeHash = hash
	h.set(doc)
	b := h.browser(t)
	b.Get(h.at("/profile?next=" + url.QueryEscape(mugPage)))
	b.WantStatus(200).WantCount(".choices button", 2)
	b.Submit(`form[action$="/profile/code"]`, webtest.Values{"code": "guess"})
	b.WantStatus(422).WantText("main", "Aucun profil client ne porte ce code.")
	b.Submit(`form[action$="/profile/code"]`, webtest.Values{"code": " atelier-2026 "})
	b.WantPath(mugPage).WantText(".price", "20,00").WantHeader("Cache-Control", "private, no-store")
	leaving := h.browser(t)
	leaving.Get(h.at("/profile?next=" + url.QueryEscape(mugPage)))
	leaving.Submit(`form[action$="/profile/code"]`, webtest.Values{"code": "atelier-2026"})
	leaving.Get(h.at("/profile?next=" + url.QueryEscape(mugPage)))
	leaving.WantText(".choice[aria-current=true]", "Revendeur").WantClean()
	leaving.Submit(`.choices li:nth-child(2) form`, nil)
	leaving.WantPath(mugPage).WantText(".price", "24,00") // on a shared machine the next one sees his own prices
	register(t, h, b)
	b.Get(h.at(mugPage))
	b.WantText(".price", "20,00") // who opens an account keeps what he was shown
	again := h.browser(t)
	again.Get(h.at("/account/sign-in"))
	again.Submit("form.form", webtest.Values{"email": "anna@example.org", "password": "a long enough phrase"})
	again.Get(h.at(mugPage))
	again.WantText(".price", "20,00")
}

// TestGuise_Invited: the merchant's invitation leads to a password and to the private prices (PROF-10).
func TestGuise_Invited(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.set(companies(profile.Never))
	_, err := h.accounts.Invite(t.Context(), h.shop, clerk,
		customer.Invitation{Email: "bert@example.org", Name: "Bert", Locale: i18n.French, Profile: "trade"})
	if err != nil {
		t.Fatal(err)
	}
	b := h.browser(t)
	letters := h.letters()
	if len(letters) != 1 || letters[0].To[0].Address != "bert@example.org" {
		t.Fatalf("letters: %+v", letters)
	}
	b.Get(linkIn(t, letters[0]))
	b.WantText("h1", "Choisir votre mot de passe").WantClean()
	if strings.Contains(b.Text("main"), "ouveau") {
		t.Error("a first password is called a new one")
	}
	b.Submit("main form", webtest.Values{"password": "a long enough phrase"})
	b.WantText(".note.success", "Votre mot de passe est enregistré")
	b.Get(h.at(mugPage))
	b.WantText(".price", "20,00")
}
