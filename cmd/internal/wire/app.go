package wire

import (
	"context"
	"fmt"
	"net"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"

	"echoppe.dev/migrations"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/ecb"
	"echoppe.dev/platform/driver/fetch"
	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/kv"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgmigrate"
	"echoppe.dev/platform/driver/telemetry"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/advisory"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/domains"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/provision"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/signals"
	"echoppe.dev/platform/fleet/signup"
	"echoppe.dev/platform/fleet/wanted"
	"echoppe.dev/tenant"
)

// AppRole is the login role the program serves requests as.
const AppRole = "echoppe_app"

// App is the program, joined. Its fields are what commands and tests use; requests come in through
// Front.
type App struct {
	Out Outside

	// Drivers.
	Pool     *pg.Pool
	Redis    *kv.Client
	JobPool  *pgxpool.Pool
	JobDesk  *jobs.Desk
	Jobs     *jobs.Registry
	Limiter  web.Limiter
	versions *tenant.Versions
	pages    *pages
	shops    *shops

	// The fleet.
	Policy    *authz.Policy
	Registry  *registry.Registry
	Plans     *plan.Plans
	Journal   *audit.Journal
	Accounts  *account.Accounts
	Provision *provision.Provisioner
	Toggle    *signup.Toggle
	Signup    *signup.Desk
	Domains   *domains.Domains
	Feed      *ecb.Feed // reference rates of the day
	Signals   *signals.Signals
	Advisory  *advisory.Board
	Wanted    *wanted.Wanted

	// The shops.
	Opener *tenant.Opener
	Rooms  *Rooms

	// Surfaces.
	Health *web.Health
	Front  http.Handler
	// Inside is for those who run the process; it is never served where Front is.
	Inside http.Handler
}

// Open joins the house. Nothing runs in the background until Work.
func Open(ctx context.Context, out Outside) (*App, error) {
	a := &App{Out: out}
	for _, step := range []struct {
		name string
		join func(context.Context) error
	}{
		{"database", a.joinDatabase},
		{"redis", a.joinRedis},
		{"fleet", a.joinFleet},
		{"shops", a.joinShops},
		{"surfaces", a.joinSurfaces},
	} {
		if err := step.join(ctx); err != nil {
			a.Close()
			return nil, fmt.Errorf("join %s: %w", step.name, err)
		}
	}
	return a, nil
}

func (a *App) joinDatabase(ctx context.Context) (err error) {
	a.Pool, err = pg.Open(ctx, pg.Config{
		URL: a.Out.DatabaseURL, Roles: true, Pooled: a.Out.Pooled, MaxConns: a.Out.MaxConns, Clock: a.Out.Clock,
	})
	if err != nil {
		return err
	}
	a.JobPool, err = jobs.OpenPool(ctx, jobs.PoolConfig{URL: a.Out.DatabaseURL, Pooled: a.Out.Pooled})
	if err != nil {
		return err
	}
	a.Jobs = jobs.NewRegistry()
	a.JobDesk, err = jobs.NewDesk(a.JobPool)
	return err
}

func (a *App) joinRedis(ctx context.Context) (err error) {
	a.Redis, err = kv.Open(ctx, kv.Config{URL: a.Out.RedisURL, Log: a.Out.Log, Clock: a.Out.Clock})
	if err != nil {
		return err
	}
	a.Limiter = a.Redis.Limiter()
	a.pages = &pages{kv: a.Redis, log: a.Out.Log}
	a.versions = tenant.NewVersions(a.pages, a.Out.Clock)
	a.pages.listen(ctx, a.versions)
	a.shops = &shops{kv: a.Redis, log: a.Out.Log}
	return nil
}

func (a *App) joinFleet(ctx context.Context) (err error) {
	if a.Policy, err = authz.New(); err != nil {
		return err
	}
	a.Registry = registry.New(a.Pool, a.shops, a.Out.Clock)
	a.shops.listen(ctx, a.Registry)
	a.Plans = plan.NewPlans(a.Pool, a.Out.Clock)
	a.Journal = audit.NewJournal(a.Pool)
	hasher, err := account.NewHasher()
	if err != nil {
		return err
	}
	a.Accounts = account.New(a.Pool, hasher, a.Limiter, func(tx pg.Tx, l account.Letter) error { return jobs.Enqueue(tx, l) })
	a.Opener = tenant.NewOpener(a.Pool, a.versions, refs{a.Registry, a.Out.Sites})
	a.Provision = provision.New(provision.Config{
		OwnerURL: a.Out.OwnerURL, AppRole: AppRole, Series: TenantSeries(), Ready: a.Out.Prepared, Log: a.Out.Log,
	}, a.Pool, a.Registry, seeder{a})
	a.Toggle = signup.NewToggle(a.Pool)
	a.Signup = signup.NewDesk(a.Accounts, a.Provision, a.Toggle, a.Limiter)
	a.Feed = ecb.New(fetch.New(nil), a.Out.Clock, ecb.Address)
	a.Wanted = wanted.NewWanted(a.Pool, a.Limiter, func(tx pg.Tx, l wanted.Letter) error { return jobs.Enqueue(tx, l) })
	a.Signals, a.Advisory = signals.New(a.Pool, a.Out.Keys), advisory.New(a.Pool)
	a.Domains = domains.New(a.Pool, a.Registry, net.DefaultResolver, a.Out.Sites)
	a.Health = &web.Health{
		Checks: []web.Check{
			{Name: "database", Run: a.Pool.Ping},
			{Name: "redis", Run: a.Redis.Ping},
		},
	}
	a.Inside = web.NewInside(a.Out.Log, a.Health, telemetry.MetricsHandler(a.Out.Metrics))
	return nil
}

// OpenShop binds a row of the registry to its shop.
func (a *App) OpenShop(row *registry.Shop) (*tenant.Shop, error) {
	return a.Opener.Open(refs{a.Registry, a.Out.Sites}.of(row))
}

// Close lets go of everything Open took.
func (a *App) Close() {
	if a.pages != nil && a.pages.sub != nil {
		a.pages.sub.Close()
	}
	if a.shops != nil && a.shops.sub != nil {
		a.shops.sub.Close()
	}
	if a.JobPool != nil {
		a.JobPool.Close()
	}
	if a.Pool != nil {
		a.Pool.Close()
	}
	if a.Redis != nil {
		_ = a.Redis.Close()
	}
}

// TenantSeries are the migrations of a shop.
func TenantSeries() pgmigrate.Series { return pgmigrate.MustLoad(migrations.Tenant, "tenant") }

// PlatformSeries are the migrations of the control plane.
func PlatformSeries() pgmigrate.Series { return pgmigrate.MustLoad(migrations.Platform, "platform") }
