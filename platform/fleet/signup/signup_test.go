package signup_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"echoppe.dev/migrations"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgmigrate"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/provision"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/screen"
	"echoppe.dev/platform/fleet/signup"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
)

var count atomic.Int64

func email() string { return fmt.Sprintf("ada%d@example.org", count.Add(1)) }

// desk is the platform host with its doors.
type desk struct {
	handler  http.Handler
	desk     *signup.Desk
	accounts *account.Accounts
	registry *registry.Registry
	toggle   *signup.Toggle
	letters  []account.Letter
	full     bool
}

func open(t *testing.T) *desk {
	t.Helper()
	pool := pgtest.Pool(t)
	owner, _ := pgtest.URLs(t)
	hasher, err := account.NewHasher()
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{registry: registry.New(pool, nil, clock.System()), toggle: signup.NewToggle(pool)}
	limiter := web.LimiterFunc(func(_ context.Context, _ string, _ int, per time.Duration) (bool, time.Duration) { return !d.full, per })
	d.accounts = account.New(pool, hasher, limiter, func(_ pg.Tx, l account.Letter) error {
		d.letters = append(d.letters, l)
		return nil
	})
	shops := provision.New(provision.Config{
		OwnerURL: owner, AppRole: pgtest.AppRole, Series: pgmigrate.MustLoad(migrations.Tenant, "tenant"), Ready: 2,
	}, pool, d.registry, nil)
	if err := shops.Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.desk = signup.NewDesk(d.accounts, shops, d.toggle, limiter)
	screens, err := screen.New(fleet.Locales, account.Locales, signup.Locales)
	if err != nil {
		t.Fatal(err)
	}
	d.handler = signup.New(signup.Config{
		Desk: d.desk, Toggle: d.toggle, Plans: plan.NewPlans(pool, clock.System()), Screens: screens,
		Sites: sites.Sites{Scheme: "https", Host: "platform.tld"}, Brand: "Échoppe", Demo: "demo",
	}).Stack(web.Options{Log: slog.New(slog.DiscardHandler)})
	return d
}

const home = "https://platform.tld/"

func TestSignUp_opensAShop(t *testing.T) {
	d := open(t)
	var landed string
	b := webtest.Open(t, d.handler)
	b.Site("admin.platform.tld", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { landed = r.URL.Path }))
	address := email()
	b.Get(home + "?lang=de")
	b.WantStatus(200).WantClean()
	b.Submit("#sign-up form", webtest.Values{"email": address})
	token, ok := strings.CutPrefix(landed, account.LinkPath)
	if !ok {
		t.Fatalf("landed on %q, want the back office", landed)
	}
	who, _, err := d.accounts.Redeem(t.Context(), token)
	if err != nil || who.Email != address || who.Locale != "de" || who.Verified {
		t.Fatalf("signed in as %+v, %v", who, err)
	}
	places, err := d.accounts.Workplaces(t.Context(), who.ID)
	if err != nil || len(places) != 1 || places[0].Role != authz.Owner {
		t.Fatalf("workplaces %+v, %v", places, err)
	}
	shop, err := d.registry.BySlug(t.Context(), places[0].Slug)
	if err != nil || shop.State != registry.Open || shop.Name == "" {
		t.Errorf("FLT-02 the shop %+v, %v", shop, err)
	}
	if _, err := registry.CleanSlug(places[0].Slug); err != nil {
		t.Errorf("the temporary name %q: %v", places[0].Slug, err)
	}
	if len(d.letters) != 1 || d.letters[0].Purpose != account.Verify {
		t.Errorf("letters %v, want the one that asks to confirm the address", d.letters)
	}
}

func TestSignUp_knownAddress(t *testing.T) {
	d := open(t)
	address := email()
	if _, err := d.desk.SignUp(t.Context(), signup.Visitor{Email: address, Locale: i18n.French, Client: "c"}); err != nil {
		t.Fatal(err)
	}
	b := webtest.Open(t, d.handler)
	b.Get(home)
	b.Submit("#sign-up form", webtest.Values{"email": strings.ToUpper(address)})
	b.WantStatus(200).WantPath("/sign-up/sent").WantClean().WantNoText(address)
	if len(d.letters) != 2 || d.letters[1].Purpose != account.Enter {
		t.Errorf("letters %v, want a sign-in link", d.letters)
	}
}

func TestSignUp_refusals(t *testing.T) {
	d := open(t)
	b := webtest.Open(t, d.handler)
	for _, tt := range []struct{ lang, typed, words string }{
		{"fr", "", ""}, {"en", "ada", ""}, {"es", "ada@", ""}, {"de", "a b@example.org", ""},
	} {
		b.Get(home + "?lang=" + tt.lang)
		b.Submit("#sign-up form", webtest.Values{"email": tt.typed})
		b.WantStatus(422).Want(`html[lang="` + tt.lang + `"]`).Want(`#sign-up input[name=email][aria-invalid=true][value="` + tt.typed + `"]`).WantClean()
	}
	d.full = true
	b.Get(home)
	b.Submit("#sign-up form", webtest.Values{"email": email()})
	b.WantStatus(429).WantHeader("Retry-After", "3600")
}

func TestSignUp_closed(t *testing.T) {
	d := open(t)
	b := webtest.Open(t, d.handler)
	b.Get(home)
	if err := d.toggle.Set(t.Context(), audit.Actor{Name: "Ada"}, false); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.toggle.Set(context.WithoutCancel(t.Context()), audit.Actor{Name: "Ada"}, true); err != nil {
			t.Error(err)
		}
	})
	b.Submit("#sign-up form", webtest.Values{"email": email()}) // shown before it was closed
	b.WantStatus(503).WantNo("#sign-up form").WantClean()
	b.Get(home)
	b.WantStatus(200).WantNo("#sign-up form").WantNo(`a[href="#sign-up"]`).WantClean()
	if page := b.Post(home+"sign-up", url.Values{"email": {email()}}); page.Status != 503 {
		t.Errorf("posted to a closed door: %d", page.Status)
	}
}

func TestPages(t *testing.T) {
	d := open(t)
	b := webtest.Open(t, d.handler)
	for _, l := range i18n.Shipped {
		for _, path := range []string{"", "help", "terms", "sign-up/sent"} {
			b.Get(home + path + "?lang=" + string(l))
			b.WantStatus(200).Want(`html[lang="` + string(l) + `"]`).WantClean().WantNoText("signup.")
		}
	}
	b.Get(home + "nothing")
	b.WantStatus(404).WantClean().WantNoText("signup.")
}

// What another site sends is refused in words that say so, not as a fault of the platform.
func TestCrossSite(t *testing.T) {
	d := open(t)
	for lang, words := range map[string]string{
		"fr": "vient d’un autre site", "en": "came from another site", "es": "viene de otro sitio", "de": "einer anderen Website",
	} {
		r := httptest.NewRequest(http.MethodPost, home+"sign-up", strings.NewReader("email=zoe%40example.org"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		r.Header.Set("Accept-Language", lang)
		w := httptest.NewRecorder()
		d.handler.ServeHTTP(w, r)
		if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), words) {
			t.Errorf("%s: %d without %q", lang, w.Code, words)
		}
	}
}

// FLT-05: the price list names what plans keep to, and nothing else.
func TestPrices_FLT05(t *testing.T) {
	d := open(t)
	b := webtest.Open(t, d.handler)
	b.Get(home + "?lang=en")
	b.WantText("main", "500").WantText("main", "3 people in the team").WantText("main", "1 GB for your pictures and files").WantNoText("messages a day")
	if n := b.Count(`a[href="#sign-up"]`); n != 1 {
		t.Errorf("%d ways to the form under the plans, want 1", n)
	}
}

func TestLocales(t *testing.T) {
	words := i18ntest.Complete(t, signup.Locales, "locales")
	i18ntest.Used(t, words, signup.ErrClosed.Key(), signup.ErrTooMany.Key())
}
