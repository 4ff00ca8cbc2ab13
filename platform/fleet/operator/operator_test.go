package operator_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/jobs/jobstest"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/advisory"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/operator"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/screen"
	"echoppe.dev/platform/fleet/signup"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/platform/fleet/wanted"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/id"
)

var count atomic.Int64

// console is the console with what stands behind it.
type console struct {
	handler  http.Handler
	routes   *web.Routes
	pool     *pg.Pool
	accounts *account.Accounts
	registry *registry.Registry
	journal  *audit.Journal
	toggle   *signup.Toggle
	jobs     *jobs.Desk
	policy   *authz.Policy
	wanted   *wanted.Wanted
}

func open(t *testing.T) *console {
	t.Helper()
	pool := pgtest.Pool(t)
	hasher, err := account.NewHasher()
	if err != nil {
		t.Fatal(err)
	}
	policy, err := authz.New()
	if err != nil {
		t.Fatal(err)
	}
	desk, err := jobs.NewDesk(jobstest.Pool(t))
	if err != nil {
		t.Fatal(err)
	}
	screens, err := screen.New(fleet.Locales, account.Locales, operator.Locales, wanted.Locales)
	if err != nil {
		t.Fatal(err)
	}
	free := web.LimiterFunc(func(context.Context, string, int, time.Duration) (bool, time.Duration) { return true, 0 })
	c := &console{
		pool: pool, registry: registry.New(pool, nil, clock.System()), journal: audit.NewJournal(pool),
		toggle: signup.NewToggle(pool), jobs: desk, policy: policy,
		accounts: account.New(pool, hasher, free, func(pg.Tx, account.Letter) error { return nil }),
	}
	c.wanted = wanted.NewWanted(pool, free, func(pg.Tx, wanted.Letter) error { return nil })
	surface := operator.New(operator.Config{
		Accounts: c.accounts, Sessions: account.NewSessions(pool, account.Console), Policy: policy, Registry: c.registry,
		Plans: plan.NewPlans(pool, clock.System()), Journal: c.journal, Toggle: c.toggle, Jobs: desk, Screens: screens, Advisory: advisory.New(pool), Wanted: c.wanted,
		Stopped: func(context.Context) int { return 7 },
		Checks:  []web.Check{{Name: "Postgres", Run: pool.Ping}},
		Sites:   sites.Sites{Scheme: "https", Host: "platform.tld"}, Brand: "Échoppe", Latest: 3,
	})
	c.handler, c.routes = operator.Build(surface, web.Options{Log: slog.New(slog.DiscardHandler)})
	return c
}

const root = "https://console.platform.tld"

// enter signs somebody with a role in and returns their browser.
func (c *console) enter(t *testing.T, role authz.Role) *webtest.Browser {
	t.Helper()
	who, err := c.accounts.Appoint(t.Context(), fmt.Sprintf("op%d@platform.tld", count.Add(1)), "en", role)
	if err != nil {
		t.Fatal(err)
	}
	token, err := c.accounts.MakeLink(t.Context(), who.ID, account.Enter, 0)
	if err != nil {
		t.Fatal(err)
	}
	b := webtest.Open(t, c.handler)
	b.Get(root + account.LinkPath + token)
	b.WantStatus(200).WantPath("/")
	return b
}

// shop adds the row of an open shop.
func (c *console) shop(t *testing.T) registry.ID {
	t.Helper()
	shop := id.New[registry.Shop]()
	err := c.pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error {
		return tx.DB().Exec(`insert into shops (id, schema_name, version, slug, name, state, created_at, opened_at) values (?, ?, 3, ?, 'Atelier Mond', 'open', now(), now())`,
			shop, "shop_"+strings.ReplaceAll(shop.String(), "-", ""), fmt.Sprintf("mond-%d", count.Add(1))).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return shop
}

func TestRoutes(t *testing.T) {
	c := open(t)
	webtest.WantGuarded(t, c.routes, c.policy.Permissions(authz.KindConsole))
}

func TestSignIn(t *testing.T) {
	c := open(t)
	const password = "correct horse battery"
	person := func(role authz.Role) account.Account {
		t.Helper()
		who, err := c.accounts.Appoint(t.Context(), fmt.Sprintf("op%d@platform.tld", count.Add(1)), "en", role)
		if err == nil {
			err = c.accounts.SetPassword(t.Context(), who, password, web.Digest{})
		}
		if err != nil {
			t.Fatal(err)
		}
		return who
	}
	boss, merchant := person(authz.Operator), person("")
	b := webtest.Open(t, c.handler)
	b.Get(root + "/shops?state=open")
	b.WantStatus(200).WantPath("/sign-in").WantClean()
	for name, typed := range map[string]webtest.Values{
		"a wrong password": {"email": boss.Email, "password": "wrong"},
		"a merchant":       {"email": merchant.Email, "password": password},
		"nobody":           {"email": "nobody@platform.tld", "password": password},
	} {
		b.Get(root + "/sign-in")
		b.Submit("form", typed)
		if b.Status() != 422 {
			t.Errorf("SEC-05 %s: %d", name, b.Status())
		}
		b.WantText(".alert-title", "The e-mail address or the password is not right.").Want(fmt.Sprintf(`input[name=email][value="%v"]`, typed["email"]))
	}
	b.Get(root + "/shops?state=open")
	b.Submit("form", webtest.Values{"email": boss.Email, "password": password})
	b.WantStatus(200).WantPath("/shops").WantClean()
	b.Post(root+"/sign-out", nil)
	b.Get(root + "/")
	b.WantPath("/sign-in")
}

func TestFollowLink(t *testing.T) {
	c := open(t)
	who, err := c.accounts.Appoint(t.Context(), fmt.Sprintf("op%d@platform.tld", count.Add(1)), "en", authz.Operator)
	if err != nil {
		t.Fatal(err)
	}
	token, err := c.accounts.MakeLink(t.Context(), who.ID, account.Enter, 0)
	if err != nil {
		t.Fatal(err)
	}
	ahead, err := http.NewRequest(http.MethodGet, root+account.LinkPath+token, nil)
	if err != nil {
		t.Fatal(err)
	}
	ahead.Header.Set("Sec-Purpose", "prefetch")
	b := webtest.Open(t, c.handler)
	if page := b.Do(ahead); page.Status != 204 {
		t.Errorf("looking ahead: %d", page.Status)
	}
	b.Get(root + account.LinkPath + token)
	b.WantPath("/")
	other := b.Another()
	other.Get(root + account.LinkPath + token)
	other.WantPath("/sign-in").WantText(".alert", "This link has been used or has expired. Ask for a new one.")
}

func TestShop_stateAndPlan(t *testing.T) {
	c := open(t)
	shop := c.shop(t)
	page := root + "/shops/" + shop.String()
	b := c.enter(t, authz.Operator)
	b.Get(page)
	b.WantStatus(200).WantClean()
	b.Submit(`form[action$="/plan"]`, webtest.Values{"plan": "large"})
	b.WantStatus(200).WantText(".alert", "The plan has changed.")

	b.Get(page + "/state?event=suspend")
	b.WantStatus(200).WantClean()
	if now, _ := c.registry.Fresh(t.Context(), shop); now.State != registry.Open {
		t.Fatal("asking changed the state")
	}
	b.Submit("form[action$='/state']", nil)
	b.WantStatus(200).WantText(".alert", "The shop is suspended.")
	for _, text := range []string{"State: Open → Suspended", "state: open → suspended", "Plan: Starter → Large", "plan: free → large"} {
		b.WantText("main", text)
	}
	b.Get(page + "/state?event=close")
	b.Submit("form[action$='/state']", webtest.Values{"typed": "something else"})
	b.WantStatus(422).WantClean()
	now, err := c.registry.Fresh(t.Context(), shop)
	if err != nil || now.State != registry.Suspended || now.Plan != "large" {
		t.Fatalf("the shop is %+v, %v", now, err)
	}
	b.Get(page + "/state?event=close")
	b.Submit("form[action$='/state']", webtest.Values{"typed": now.Slug})
	b.WantStatus(200)

	entries, err := c.journal.List(t.Context(), audit.Filter{Shop: shop.String()})
	if err != nil {
		t.Fatal(err)
	}
	var actions []string
	for _, e := range entries {
		actions = append(actions, e.Action)
		if !strings.HasPrefix(e.Actor.Name, "op") {
			t.Errorf("SEC-02 %s was done by %q", e.Action, e.Actor.Name)
		}
	}
	if diff := cmp.Diff([]string{"shop.close", "shop.suspend", "shop.plan"}, actions); diff != "" {
		t.Errorf("SEC-02 journal (-want +got):\n%s", diff)
	}
}

// PAY-03: a merchant's own terminal is off until an operator allows it, and the journal says who did.
func TestShop_terminal(t *testing.T) {
	c := open(t)
	shop := c.shop(t)
	page := root + "/shops/" + shop.String()
	if now, _ := c.registry.Fresh(t.Context(), shop); now.Terminal {
		t.Error("it is allowed from the start")
	}
	support := c.enter(t, authz.Support)
	support.Get(page)
	support.WantStatus(200).WantNo("#terminal")
	if got := support.Post(page+"/terminal", url.Values{"terminal": {"1"}}).Status; got != 403 {
		t.Errorf("support allows it: %d", got)
	}
	b := c.enter(t, authz.Operator)
	for _, allowed := range []bool{true, false} {
		b.Get(page)
		b.WantClean().Submit("#terminal", webtest.Values{"terminal": allowed})
		b.WantStatus(200).WantText("main", map[bool]string{true: "not allowed → allowed", false: "allowed → not allowed"}[allowed])
		if now, _ := c.registry.Fresh(t.Context(), shop); now.Terminal != allowed {
			t.Errorf("allowed is %t", now.Terminal)
		}
	}
}

func TestShop_changedMeanwhile(t *testing.T) {
	c := open(t)
	shop := c.shop(t)
	b := c.enter(t, authz.Operator)
	b.Get(root + "/shops/" + shop.String())
	if _, err := c.registry.SetName(t.Context(), registry.Change{Shop: shop, By: audit.ByProgram}, "Neuer Name"); err != nil {
		t.Fatal(err)
	}
	b.Submit(`form[action$="/plan"]`, webtest.Values{"plan": "large"})
	b.WantStatus(409).WantClean().WantText("h1", "Neuer Name")
	if now, _ := c.registry.Fresh(t.Context(), shop); now.Plan != plan.Free {
		t.Errorf("the plan is %s", now.Plan)
	}
}

func TestPermissions(t *testing.T) {
	c := open(t)
	shop := c.shop(t).String()
	for _, role := range []authz.Role{authz.Auditor, authz.Support} {
		b := c.enter(t, role)
		for _, path := range []string{"/", "/shops", "/shops/" + shop, "/jobs", "/journal"} {
			b.Get(root + path)
			b.WantStatus(200).WantClean().WantNo("form[action$='/plan'], form[action='/signup'], a[href*='event=']")
		}
		for path, fields := range map[string]url.Values{
			"/signup":                   {"open": {"0"}},
			"/shops/" + shop + "/plan":  {"plan": {"large"}},
			"/shops/" + shop + "/state": {"event": {"suspend"}},
		} {
			if got := b.Post(root+path, fields).Status; got != 403 {
				t.Errorf("SEC-05 %s may post to %s: %d", role, path, got)
			}
		}
	}
	if got := webtest.Open(t, c.handler).Post(root+"/signup", url.Values{"open": {"0"}}).Status; got != 401 {
		t.Errorf("SEC-05 nobody: %d", got)
	}
}

func TestTurnSignup(t *testing.T) {
	c := open(t)
	b := c.enter(t, authz.Operator)
	b.Submit(`form[action="/signup"]`, nil)
	b.WantStatus(200).WantText(".alert", "Sign-up is closed.")
	if open, err := c.toggle.Open(t.Context()); err != nil || open {
		t.Errorf("open: %t, %v", open, err)
	}
	b.Submit(`form[action="/signup"]`, nil)
	b.WantStatus(200).WantText(".alert", "Sign-up is open.")
}

func TestShops_search(t *testing.T) {
	c := open(t)
	shop := c.shop(t)
	row, err := c.registry.Fresh(t.Context(), shop)
	if err != nil {
		t.Fatal(err)
	}
	b := c.enter(t, authz.Operator)
	b.Get(root + "/shops?q=" + row.Slug)
	b.WantStatus(200).WantClean().WantCount("tbody tr", 1).Want(`a[href="/shops/` + shop.String() + `"]`)
	b.Get(root + "/shops?q=no-such-shop-anywhere")
	b.WantStatus(200).WantClean().WantNo("tbody tr").Want(".empty")
	b.Get(root + "/shops/" + id.New[registry.Shop]().String())
	b.WantStatus(404).WantClean()
	b.Get(root + "/shops/nonsense")
	b.WantStatus(404)
}

// chore is a job nobody handles here.
type chore struct{}

func (chore) Kind() string { return "operator_test.chore" }

func TestJobs_retry(t *testing.T) {
	c := open(t)
	err := c.pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error {
		return jobs.Enqueue(tx, chore{}, jobs.At(tx.Now().Add(time.Hour)))
	})
	if err != nil {
		t.Fatal(err)
	}
	list, err := c.jobs.List(t.Context(), jobs.Filter{Kinds: []string{chore{}.Kind()}})
	if err != nil || len(list) != 1 {
		t.Fatalf("jobs %v, %v", list, err)
	}
	number := strconv.FormatInt(list[0].ID, 10)
	b := c.enter(t, authz.Operator)
	b.Get(root + "/jobs")
	b.WantStatus(200).WantClean()
	b.Submit(`form[action="/jobs/`+number+`/retry"]`, nil)
	b.WantStatus(200).WantText(".alert", "The job will be tried again.")
	if list, _ = c.jobs.List(t.Context(), jobs.Filter{Kinds: []string{chore{}.Kind()}}); list[0].State != jobs.Available {
		t.Errorf("the job is %s, want available", list[0].State)
	}
	if got := b.Post(root+"/jobs/999999999/retry", nil).Status; got != 404 {
		t.Errorf("a job that never was: %d", got)
	}
}

func TestPages_inEveryLanguage(t *testing.T) {
	c := open(t)
	shop := c.shop(t).String()
	b := c.enter(t, authz.Operator)
	for _, l := range i18n.Shipped {
		for _, path := range []string{"/", "/shops", "/shops/" + shop, "/jobs", "/journal"} {
			b.Get(root + path + "?lang=" + string(l))
			b.WantStatus(200).Want(`html[lang="` + string(l) + `"]`).WantClean().WantNoText("operator.")
		}
		for _, e := range []registry.Event{registry.Suspend, registry.Resume, registry.Close, registry.Reopen} {
			b.Get(root + "/shops/" + shop + "/state?event=" + string(e) + "&lang=" + string(l))
			b.WantStatus(200).WantClean().WantNoText("operator.")
		}
	}
}

func TestLocales(t *testing.T) {
	words := i18ntest.Complete(t, operator.Locales, "locales")
	for _, role := range authz.Roles(authz.KindConsole) {
		i18ntest.Used(t, words, "operator.role."+string(role))
	}
	for _, role := range authz.Roles(authz.KindShop) {
		i18ntest.Used(t, words, "operator.member."+string(role))
	}
	i18ntest.Used(t, words, "operator.kind."+account.Letter{}.Kind())
	for _, name := range []registry.Canonical{registry.ByPath, registry.BySubdomain, registry.ByDomain} {
		i18ntest.Used(t, words, "operator.canonical."+string(name))
	}
	for _, mode := range []registry.Mode{registry.Production, registry.Draining, registry.Shut} {
		i18ntest.Used(t, words, "operator.mode."+string(mode))
	}
	for _, state := range registry.Lifecycle.States() {
		i18ntest.Used(t, words, "operator.state."+string(state))
	}
}
