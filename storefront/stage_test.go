package storefront_test

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/driver/blob/fs"
	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/driver/theme"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/router"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/storefront"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/content"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/themes"
)

var (
	clerk = tenant.Actor{Kind: tenant.Staff, ID: "1", Name: "Camille"}
	noon  = time.Date(2026, 3, 12, 11, 0, 0, 0, time.UTC)
	where = sites.Sites{Scheme: "http", Host: "localhost", Port: "8080"}
)

// stage is a whole storefront behind the real front and router, on real Postgres.
type stage struct {
	t       testing.TB
	front   http.Handler
	clock   *clock.Fixed
	opener  *tenant.Opener
	queries *counter
	shops   *directory
	bucket  blob.Bucket
	mailbox *mailbox
	pool    *pg.Pool

	modes    *payment.Modes
	desk     *checkout.Desk
	accounts *customer.Accounts
	ring     *secret.Ring
	limiter  web.Limiter
	away     atomic.Bool // the bank of "redirect" does not answer
}

// house is one shop of a stage.
type house struct {
	*stage
	shop *tenant.Shop
	row  *registry.Shop
}

func open(t testing.TB) *house {
	s := openStage(t)
	return s.open("lune")
}

func openStage(t testing.TB) *stage {
	t.Helper()
	s := &stage{t: t, clock: clock.New(noon), limiter: unlimited, queries: &counter{}, mailbox: &mailbox{},
		shops: &directory{rows: map[string]*registry.Shop{}}}
	pgtest.Pool(t) // builds the control plane
	owner, app := pgtest.URLs(t)
	jobsOnce.Do(func() { jobsErr = jobs.Migrate(t.Context(), owner) })
	if jobsErr != nil {
		t.Fatal(jobsErr)
	}
	pool, err := pg.Open(t.Context(), pg.Config{URL: app, MaxConns: 8, Roles: true, Clock: s.clock, Tracer: s.queries})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	s.pool = pool
	s.opener = tenant.NewOpener(pool, tenant.NewVersions(nil, s.clock), nil)
	if s.bucket, err = fs.Open(fs.Config{Dir: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	s.front = s.wire()
	return s
}

var (
	jobsOnce sync.Once
	jobsErr  error
)

// wire is the stack as the program builds it.
func (s *stage) wire() http.Handler {
	engine, err := theme.New(theme.Options{Base: themes.Base(), Strict: true})
	if err != nil {
		s.t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(s.t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	s.join()
	shop := storefront.New(storefront.Options{
		Log: log, Clock: s.clock, Shops: s.opener, Theme: engine, Words: roomWords(),
		Pictures: media.New(media.Config{Bucket: s.bucket}), Limiter: s.limiter, Messenger: s.mailbox,
		Carts: cart.New(s.desk), Desk: s.desk, Accounts: s.accounts, Calculators: shipping.Builtin(), Banks: []string{bankOrigin}, Wallets: appleFiles{},
	})
	platform := web.New(web.Options{Log: log})
	platform.GET("/_theme/*", func(c echo.Context) error { engine.Assets().ServeHTTP(c.Response(), c.Request()); return nil })
	r := router.New(router.Config{
		Sites: where, Shops: s.shops, Clock: s.clock, Notices: []string{"/pay/notify/", payment.AssociationPath},
		Surfaces: router.Surfaces{Platform: platform, Shop: shop}, Visitors: shop,
	})
	return web.NewFront(web.Options{Log: log, Clock: s.clock, Router: r.Middleware()})
}

// open adds a shop on an origin of its own.
func (s *stage) open(slug string) *house { return s.openAs(slug, registry.BySubdomain) }

// openAs adds a shop that sells in euros, in French first.
func (s *stage) openAs(slug string, canonical registry.Canonical) *house {
	s.t.Helper()
	schema := pgtest.NewSchema(s.t)
	row := &registry.Shop{ID: id.New[registry.Shop](), Schema: schema, Slug: slug, Name: slug, State: registry.Open,
		Mode: registry.Production, Canonical: canonical, Rev: 1}
	s.shops.put(row)
	shop, err := s.opener.Open(tenant.Ref{ID: id.As[tenant.Shop](row.ID), Slug: slug, Schema: schema.String(), BaseURL: where.Shop(row), Plan: "free"})
	if err != nil {
		s.t.Fatal(err)
	}
	h := &house{stage: s, shop: shop, row: row}
	me := settings.Defaults().Identity
	me.Name, me.Email, me.Slogan = "Atelier "+slug, "bonjour@lune.example", i18n.Text{"fr": "Objets utiles", "en": "Useful things"}
	h.set(me)
	return h
}

func (h *house) set(doc settings.Document) {
	h.t.Helper()
	err := h.shop.Write(h.t.Context(), func(tx tenant.Tx) error {
		now, err := settings.Load(tx)
		if err != nil {
			return err
		}
		return settings.SaveIn(tx, clerk, doc, now.Rev(nameOf(doc)))
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func nameOf(doc settings.Document) settings.Name {
	switch doc.(type) {
	case settings.Identity:
		return settings.NameIdentity
	case settings.Languages:
		return settings.NameLanguages
	case settings.Currencies:
		return settings.NameCurrencies
	case settings.Tax:
		return settings.NameTax
	case settings.Stock:
		return settings.NameStock
	case settings.Catalogue:
		return settings.NameCatalogue
	case settings.Orders:
		return settings.NameOrders
	case settings.Profiles:
		return settings.NameProfiles
	case settings.Fraud:
		return settings.NameFraud
	}
	return settings.NameMail
}

// at is an address of the shop on its own origin.
func (h *house) at(path string) string { return "http://" + h.row.Slug + ".localhost:8080" + path }

// under is the same address on the platform's host.
func (h *house) under(path string) string {
	return "http://localhost:8080/" + h.row.Slug + ".shop" + path
}

// browser is a new visitor.
func (s *stage) browser(t testing.TB) *webtest.Browser {
	b := webtest.Open(t, s.front)
	b.Clock = s.clock
	return b
}

func (h *house) save(products ...*catalog.Product) {
	h.t.Helper()
	for _, p := range products {
		if err := catalog.Save(h.t.Context(), h.shop, clerk, p); err != nil {
			h.t.Fatalf("save %s: %v", p.Code, err)
		}
	}
}

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// mug is an article without options.
func mug(code, name, price string) *catalog.Product {
	return &catalog.Product{
		Code: code, State: catalog.Published, Kind: catalog.Physical, TaxClass: "standard", PriceGross: true,
		Texts: map[i18n.Locale]catalog.Text{
			"fr": {Name: name, Summary: "Un bel objet", Body: "<p>Fait à la main.</p>"},
			"de": {Name: name + " auf Deutsch", Body: "<p>Von Hand gemacht.</p>"},
		},
		Variants: []catalog.Variant{{SKU: code, Price: dec(price), Active: true, Tracked: true, OnHand: 20, WeightG: 320}},
	}
}

// shirt is an article with four variants.
func shirt(code, name string) *catalog.Product {
	p := mug(code, name, "19.90")
	p.Options = []catalog.Option{
		{Code: "colour", Name: i18n.Text{"fr": "Couleur", "de": "Farbe"}, Values: []catalog.OptionValue{
			{Code: "red", Name: i18n.Text{"fr": "Rouge"}}, {Code: "blue", Name: i18n.Text{"fr": "Bleu"}}}},
		{Code: "size", Name: i18n.Text{"fr": "Taille"}, Values: []catalog.OptionValue{
			{Code: "s", Name: i18n.Text{"fr": "S"}}, {Code: "m", Name: i18n.Text{"fr": "M"}}}},
	}
	p.Variants = nil
	for _, colour := range []string{"red", "blue"} {
		for i, size := range []string{"s", "m"} {
			p.Variants = append(p.Variants, catalog.Variant{SKU: code + "-" + colour + "-" + size, Active: true, Tracked: true, OnHand: 5,
				Options: map[string]string{"colour": colour, "size": size}, Price: dec("19.90").Add(decimal.NewFromInt(int64(2 * i)))})
		}
	}
	return p
}

// directory is a registry of a few shops.
type directory struct {
	mu   sync.Mutex
	rows map[string]*registry.Shop
}

func (d *directory) put(row *registry.Shop) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rows[row.Slug] = row
}

func (d *directory) BySlug(_ context.Context, slug string) (*registry.Shop, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if row, ok := d.rows[slug]; ok {
		return row, nil
	}
	return nil, registry.ErrUnknown
}

func (d *directory) ByHost(context.Context, string) (*registry.Shop, error) {
	return nil, registry.ErrUnknown
}

// counter counts the queries that read something; what begins and ends a unit of work is none.
type counter struct {
	n     atomic.Int64
	units atomic.Int64
	mu    sync.Mutex
	text  []string
}

func (c *counter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	switch sql := strings.TrimSpace(d.SQL); {
	case strings.HasPrefix(sql, "begin"):
		c.units.Add(1)
	case strings.HasPrefix(sql, "commit"), strings.HasPrefix(sql, "rollback"):
	default:
		c.n.Add(1)
		c.mu.Lock()
		c.text = append(c.text, sql)
		c.mu.Unlock()
	}
	return ctx
}

func (c *counter) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// during counts the queries and units of work of do.
func (c *counter) during(do func()) (queries, units int64, text []string) {
	n, u := c.n.Load(), c.units.Load()
	c.mu.Lock()
	c.text = nil
	c.mu.Unlock()
	do()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n.Load() - n, c.units.Load() - u, c.text
}

// unlimited lets everything through.
var unlimited = web.LimiterFunc(func(context.Context, string, int, time.Duration) (bool, time.Duration) { return true, 0 })

// write adds an information page.
func (h *house) write(code string, place content.Place, texts map[i18n.Locale]content.Text) string {
	h.t.Helper()
	p, err := content.Save(h.t.Context(), h.shop, clerk, content.Page{Code: code, Kind: content.Legal, Place: place, Visible: true, Texts: texts})
	if err != nil {
		h.t.Fatal(err)
	}
	return p.ID.String()
}

// mailbox keeps the messages to merchants.
type mailbox struct {
	mu   sync.Mutex
	list []storefront.Message
}

func (m *mailbox) Contact(_ context.Context, _ *tenant.Shop, msg storefront.Message) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.list = append(m.list, msg)
	return nil
}
