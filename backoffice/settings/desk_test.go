package shopsettings_test

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	shopsettings "echoppe.dev/backoffice/settings"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/fetch"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/advisory"
	"echoppe.dev/platform/fleet/domains"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/router"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/platform/fleet/wanted"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/content"
	"echoppe.dev/tenant/fraud/fianet"
	"echoppe.dev/tenant/pack"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/banks"
	"echoppe.dev/tenant/payment/offline"
	"echoppe.dev/tenant/payment/testbank"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/start"
	"echoppe.dev/tenant/tax"
)

var count atomic.Int64

// zone is a name service of this test.
type zone struct{ txt, alias map[string]string }

func (z *zone) LookupTXT(_ context.Context, name string) ([]string, error) {
	if text, ok := z.txt[name]; ok {
		return []string{text}, nil
	}
	return nil, &net.DNSError{IsNotFound: true, Name: name}
}

func (z *zone) LookupCNAME(_ context.Context, host string) (string, error) { return z.alias[host], nil }

func (z *zone) LookupHost(_ context.Context, host string) ([]string, error) {
	return nil, &net.DNSError{IsNotFound: true, Name: host}
}

// office is the desk in an office, with what stands behind it.
type office struct {
	*officetest.Office
	pool     *pg.Pool
	registry *registry.Registry
	accounts *account.Accounts
	modes    *payment.Modes
	wallets  *payment.Registrar
	zone     *zone
	slug     string
	hosts    []string              // of the shop, as banks are told
	trials   map[string]url.Values // contracts of the pretend bank
	wanted   *wanted.Wanted
	asked    int               // requests for banks
	forgot   []string          // the shops that take part no longer
	bank     map[string]string // reference rates from the euro; nil does not answer
}

// Forget notes that a shop takes part no longer.
func (o *office) Forget(_ context.Context, shop string) error {
	o.forgot = append(o.forgot, shop)
	return nil
}

// allow lets a shop ask for three banks.
func (o *office) allow(context.Context, string, int, time.Duration) (bool, time.Duration) {
	o.asked++
	return o.asked <= 3, time.Hour
}

// quotes are those of the bank.
func (o *office) quotes(context.Context) (settings.Quotes, time.Time, error) {
	if o.bank == nil {
		return nil, time.Time{}, fetch.ErrUnreachable
	}
	return quotes(o.bank), bankDay, nil
}

var bankDay = time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)

type quotes map[string]string

func (q quotes) Rate(_, to string) (decimal.Decimal, bool) {
	rate, ok := q[to]
	return decimal.RequireFromString("0" + rate), ok
}

func open(t *testing.T) *office {
	t.Helper()
	pool := pgtest.Pool(t)
	keys, err := secret.ParseKeys(secret.GenerateKey("k1").Reveal())
	if err != nil {
		t.Fatal(err)
	}
	bank, err := testbank.New(testbank.Options{Endpoint: "http://bank.localhost", Clock: clock.System()})
	if err != nil {
		t.Fatal(err)
	}
	families := append([]payment.Gateway{offline.Transfer{}, offline.Cheque{}, offline.Cash{}, offline.Terminal{}, bank}, banks.All(bankcall.New(bankcall.Options{Clock: clock.System()}))...)
	gateways, err := payment.NewGateways(families...)
	if err != nil {
		t.Fatal(err)
	}
	hasher, err := account.NewHasher()
	if err != nil {
		t.Fatal(err)
	}
	free := web.LimiterFunc(func(context.Context, string, int, time.Duration) (bool, time.Duration) { return true, 0 })
	where := sites.Sites{Scheme: "https", Host: "platform.tld"}
	o := &office{
		pool: pool, registry: registry.New(pool, nil, clock.System()), modes: payment.NewModes(gateways, keys),
		accounts: account.New(pool, hasher, free, func(pg.Tx, account.Letter) error { return nil }),
		zone:     &zone{map[string]string{}, map[string]string{}}, slug: fmt.Sprintf("lune-%d-%d", os.Getpid(), count.Add(1)),
		trials: map[string]url.Values{},
	}
	o.wallets = payment.NewRegistrar(o.modes, func(context.Context, *tenant.Shop) ([]string, error) { return o.hosts, nil }, clock.System(), slog.New(slog.DiscardHandler))
	o.wanted = wanted.NewWanted(pool, web.LimiterFunc(o.allow), func(pg.Tx, wanted.Letter) error { return nil })
	words := []fs.FS{
		fleet.Locales, account.Locales, wanted.Locales, shopsettings.Locales, content.Locales, start.Locales, shipping.Locales, tax.Locales, pricing.Locales,
		os.DirFS("../../tenant/fraud"), os.DirFS("../../tenant/payment"),
	}
	folders, err := filepath.Glob("../../tenant/payment/*/locales")
	if err != nil || len(folders) == 0 {
		t.Fatalf("the words of %d families, %v", len(folders), err)
	}
	for _, folder := range folders {
		words = append(words, os.DirFS(filepath.Dir(folder)))
	}
	o.Office = officetest.Open(t, words, func(*officetest.Office) []desk.Desk {
		return []desk.Desk{shopsettings.New(shopsettings.Config{
			Calculators: shipping.Builtin(), Modes: o.modes, Registry: o.registry, Accounts: o.accounts, Plans: plan.NewPlans(pool, clock.System()),
			Domains: domains.New(pool, o.registry, o.zone, where), Previews: router.NewPreviews(keys, where, clock.System()), Sites: where,
			Quotes: o.quotes, Trials: o.trials, Wallets: o.wallets,
			Notices: func(shop *tenant.Shop, m payment.ModeID) string {
				return where.Platform() + "/" + shop.Slug() + ".shop/pay/notify/" + m.String()
			},
			Signals: o, Advisory: advisory.New(pool), Wanted: o.wanted, Scorer: fianet.New(fianet.Certissim(), bankcall.New(bankcall.Options{Clock: clock.System()}), keys),
		})}
	})
	o.exec(t, `insert into shops (id, schema_name, version, slug, name, state, created_at, opened_at) values (?, ?, 1, ?, 'Atelier Lune', 'open', now(), now())`,
		o.Shop.ID(), "shop_"+strings.ReplaceAll(o.Shop.ID().String(), "-", ""), o.slug)
	return o
}

func (o *office) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	err := o.pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error { return tx.DB().Exec(sql, args...).Error })
	if err != nil {
		t.Fatal(err)
	}
}

// settings are as they are stored now.
func (o *office) settings(t *testing.T) (s *settings.Settings) {
	t.Helper()
	if err := o.Shop.Read(t.Context(), func(tx tenant.Tx) (err error) { s, err = settings.Load(tx); return err }); err != nil {
		t.Fatal(err)
	}
	return s
}

func (o *office) row(t *testing.T) *registry.Shop {
	t.Helper()
	row, err := o.registry.Fresh(t.Context(), id.As[registry.Shop](o.Shop.ID()))
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func at(path string) string { return officetest.Base + path }

// pages are those that open without anything being there.
var pages = []string{
	"settings", "settings/identity", "settings/languages", "settings/currencies", "settings/vat", "settings/rates", "settings/rates/known", "settings/pack", "settings/pack?country=CH", "settings/stock", "settings/catalogue",
	"settings/numbering", "settings/fraud", "settings/letters", "settings/shipping", "settings/shipping/new", "settings/shipping/new/weight_scale",
	"settings/shipping/simulator", "settings/payment", "settings/payment/new", "settings/payment/new/testbank", "settings/payment/request", "settings/payment/terminal", "settings/opening",
	"settings/addresses", "settings/pages", "settings/pages/new", "settings/team",
}

func TestRoutes(t *testing.T) {
	o := open(t)
	webtest.WantGuarded(t, o.Routes, o.Policy.Permissions(authz.KindShop))
}

// LANG-01: every page exists in every language, without a key showing through.
func TestPages(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	for _, l := range i18n.Shipped {
		for _, path := range pages {
			b.Get(at(path) + map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")] + "lang=" + string(l))
			b.WantStatus(200).WantClean()
			for _, prefix := range []string{"setup.", "shipping.", "payment.", "tax.", "address.label"} {
				if text := b.Text("main"); strings.Contains(text, prefix) {
					t.Errorf("LANG-01 %s in %s says %q…", path, l, text[strings.Index(text, prefix):][:min(60, len(text)-strings.Index(text, prefix))])
				}
			}
		}
	}
}

// SEC-05: who may only look is shown no way to change, and is refused when he tries.
func TestReadOnly(t *testing.T) {
	o := open(t)
	o.Role = authz.ReadOnly
	b := o.Browser(t)
	for _, path := range []string{"settings", "settings/identity", "settings/currencies", "settings/shipping", "settings/payment", "settings/addresses", "settings/pages"} {
		b.Get(at(path))
		b.WantStatus(200).WantNo(`main .save, main a[href$="/new"], main form[method=post] button[type=submit]`)
	}
	for _, path := range []string{"settings/identity", "settings/opening", "settings/shipping/new/flat", "settings/payment/new/cheque", "settings/addresses/name", "settings/pages/new", "settings/team"} {
		if got := b.Post(at(path), nil).Status; got != 403 {
			t.Errorf("SEC-05 posting to %s: %d", path, got)
		}
	}
}

// LANG-01: complete, and no word is said by nobody.
func TestLocales(t *testing.T) {
	words := i18ntest.Complete(t, shopsettings.Locales, "locales")
	i18ntest.Used(t, words, "setup.pack.country", "setup.pack.currency", "setup.pack.vat")
	for _, calc := range shipping.Builtin() {
		i18ntest.Used(t, words, "setup.shipping.about."+calc.Key())
	}
	for _, p := range pack.All() {
		for _, s := range p.Sources {
			i18ntest.Used(t, words, "setup.pack.source."+s.On)
		}
	}
	for _, role := range authz.Roles(authz.KindShop) {
		i18ntest.Used(t, words, "setup.team.role."+string(role), "setup.team.role."+string(role)+"_help")
	}
}
