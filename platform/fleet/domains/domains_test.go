package domains_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/domains"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
)

var (
	where = sites.Sites{Scheme: "https", Host: "platform.tld"}
	ada   = audit.Actor{Name: "Ada"}
	count atomic.Int64
)

// zone is a name service in memory.
type zone struct {
	txt, hosts map[string][]string
	alias      map[string]string
	broken     bool
}

func (z *zone) LookupTXT(_ context.Context, name string) ([]string, error) {
	return answer(z, z.txt[name])
}

func (z *zone) LookupHost(_ context.Context, name string) ([]string, error) {
	return answer(z, z.hosts[name])
}

func (z *zone) LookupCNAME(_ context.Context, name string) (string, error) {
	got, err := answer(z, []string{z.alias[name]})
	return strings.Join(got, ""), err
}

func answer(z *zone, records []string) ([]string, error) {
	switch {
	case z.broken:
		return nil, &net.DNSError{Err: "server misbehaving", IsTemporary: true}
	case len(records) == 0 || records[0] == "":
		return nil, &net.DNSError{Err: "no such host", IsNotFound: true}
	}
	return records, nil
}

type desk struct {
	*domains.Domains
	zone     *zone
	registry *registry.Registry
	pool     *pg.Pool
}

func open(t *testing.T) desk {
	t.Helper()
	pool := pgtest.Pool(t)
	r := registry.New(pool, nil, clock.System())
	z := &zone{txt: map[string][]string{}, hosts: map[string][]string{}, alias: map[string]string{}}
	return desk{domains.New(pool, r, z, where), z, r, pool}
}

func (d desk) shop(t *testing.T) registry.ID {
	t.Helper()
	shop := id.New[registry.Shop]()
	d.exec(t, "insert into shops (id, schema_name, version, slug, state, canonical, created_at, opened_at) values (?, ?, 1, ?, 'open', 'domain', now(), now())",
		shop, "shop_"+strings.ReplaceAll(shop.String(), "-", ""), fmt.Sprintf("mond-%d", count.Add(1)))
	return shop
}

func (d desk) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	err := d.pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error { return tx.DB().Exec(sql, args...).Error })
	if err != nil {
		t.Fatal(err)
	}
}

func (d desk) connect(t *testing.T, shop registry.ID, host string) domains.Domain {
	t.Helper()
	domain, err := d.Connect(t.Context(), shop, host, ada)
	if err != nil {
		t.Fatal(err)
	}
	return domain
}

// create makes the records that a domain asks for.
func (d desk) create(domain domains.Domain) {
	d.zone.txt[domain.TXT()] = []string{"v=spf1 -all", domain.Token}
	d.zone.alias[domain.Host] = domain.Target + "."
}

func host() string { return fmt.Sprintf("www.lune%d.fr", count.Add(1)) }

func TestCleanHost(t *testing.T) {
	for _, tt := range []struct{ in, want, key string }{
		{"www.lune.fr", "www.lune.fr", ""},
		{" HTTPS://WWW.Lune.FR/ ", "www.lune.fr", ""},
		{"lune.fr.", "lune.fr", ""},
		{"café.fr", "xn--caf-dma.fr", ""},
		{"", "", "form.required"},
		{"lune", "", "domains.shape"},
		{"192.0.2.1", "", "domains.shape"},
		{"[::1]", "", "domains.shape"},
		{"lune.fr/boutique", "", "domains.shape"},
		{"lune.fr:8080", "", "domains.shape"},
		{"lu_ne.fr", "", "domains.shape"},
		{"-lune.fr", "", "domains.shape"},
		{"a..fr", "", "domains.shape"},
		{strings.Repeat("a", 64) + ".fr", "", "domains.shape"},
		{"platform.tld", "", "domains.ours"},
		{"sol.platform.tld", "", "domains.ours"},
		{"tld", "", "domains.shape"},
	} {
		got, err := domains.CleanHost(tt.in, where)
		key := ""
		if fields := fault.FieldsOf(err); len(fields) > 0 {
			key = fields[0].Key
		}
		if got != tt.want || key != tt.key {
			t.Errorf("HST-05 CleanHost(%q) = %q, %q; want %q, %q", tt.in, got, key, tt.want, tt.key)
		}
	}
}

func TestVerify(t *testing.T) {
	d := open(t)
	shop, name := d.shop(t), host()
	domain := d.connect(t, shop, name)
	if again := d.connect(t, shop, strings.ToUpper(name)); again.Token != domain.Token {
		t.Error("claiming it again made another token")
	}
	verify := func(want error) {
		t.Helper()
		if _, err := d.Verify(t.Context(), shop, name, ada); !errors.Is(err, want) {
			t.Errorf("FLT-04 got %v, want %v", err, want)
		}
	}
	leads := func(want bool) {
		t.Helper()
		if _, err := d.registry.ByHost(t.Context(), name); (err == nil) != want {
			t.Errorf("FLT-04 the domain leads to the shop: %t, want %t", err == nil, want)
		}
	}
	verify(domains.ErrNoTXT)
	d.zone.txt[domain.TXT()] = []string{"echoppe=somebody-else"}
	verify(domains.ErrNoTXT)
	d.zone.txt[domain.TXT()] = []string{domain.Token}
	verify(domains.ErrNoTarget)
	leads(false)
	d.zone.broken = true
	verify(domains.ErrResolver)
	d.zone.broken = false
	d.create(domain)
	verify(nil)
	leads(true)
	if found, err := d.registry.ByHost(t.Context(), name); err != nil || found.Domain != name {
		t.Errorf("HST-05 the first domain is the main one: %+v, %v", found, err)
	}
}

func TestVerify_apexByAddress(t *testing.T) {
	d := open(t)
	shop, name := d.shop(t), strings.TrimPrefix(host(), "www.")
	domain := d.connect(t, shop, name)
	d.zone.txt[domain.TXT()] = []string{domain.Token}
	d.zone.hosts[name] = []string{"192.0.2.7"}
	d.zone.hosts[domain.Target] = []string{"192.0.2.8"}
	if _, err := d.Verify(t.Context(), shop, name, ada); !errors.Is(err, domains.ErrNoTarget) {
		t.Errorf("HST-05 another address: %v", err)
	}
	d.zone.hosts[domain.Target] = []string{"192.0.2.8", "192.0.2.7"}
	if _, err := d.Verify(t.Context(), shop, name, ada); err != nil {
		t.Errorf("HST-05 the same address: %v", err)
	}
}

func TestConnect_oneShopADomain(t *testing.T) {
	d := open(t)
	first, second, name := d.shop(t), d.shop(t), host()
	mine := d.connect(t, first, name)
	take := func() error {
		_, err := d.Connect(t.Context(), second, name, ada)
		return err
	}
	if err := take(); !errors.Is(err, domains.ErrTaken) {
		t.Errorf("FLT-04 a claimed domain: %v, want ErrTaken", err)
	}
	d.create(mine)
	if _, err := d.Verify(t.Context(), first, name, ada); err != nil {
		t.Fatal(err)
	}
	if err := d.Release(t.Context(), second, name, ada); !errors.Is(err, domains.ErrUnknown) {
		t.Errorf("FLT-04 somebody else released it: %v", err)
	}
	if err := d.Release(t.Context(), first, name, ada); err != nil {
		t.Fatal(err)
	}
	if _, err := d.registry.ByHost(t.Context(), name); !errors.Is(err, registry.ErrUnknown) {
		t.Errorf("FLT-04 a released domain leads somewhere: %v", err)
	}
	if shop, err := d.registry.ByID(t.Context(), first); err != nil || shop.Canonical == registry.ByDomain {
		t.Errorf("the shop still calls a lost domain its address: %+v, %v", shop, err)
	}
	if err := take(); !errors.Is(err, domains.ErrQuarantine) || fault.ArgsOf(err)["until"] == nil {
		t.Errorf("FLT-04 in quarantine: %v, want ErrQuarantine with a date", err)
	}
	back := d.connect(t, first, name)
	if back.Token == mine.Token || back.Target == mine.Target {
		t.Error("FLT-04 taking it back must be proved anew")
	}
	if err := d.Release(t.Context(), first, name, ada); err != nil {
		t.Fatal(err)
	}
	d.exec(t, "update domains set released_at = now() - interval '31 days' where host = ?", name)
	if err := take(); err != nil {
		t.Errorf("FLT-04 after the quarantine: %v", err)
	}
}

func TestConnect_squatting(t *testing.T) {
	d := open(t)
	squatter, owner, name := d.shop(t), d.shop(t), host()
	d.connect(t, squatter, name)
	d.exec(t, "update domains set created_at = now() - interval '25 hours' where host = ?", name)
	if got := d.connect(t, owner, name); got.Shop != owner {
		t.Errorf("FLT-04 a claim without proof still keeps the owner out")
	}
}

func TestConnect_limit(t *testing.T) {
	d := open(t)
	shop := d.shop(t)
	for range 10 {
		d.connect(t, shop, host())
	}
	if _, err := d.Connect(t.Context(), shop, host(), ada); !errors.Is(err, domains.ErrTooMany) {
		t.Errorf("got %v, want ErrTooMany", err)
	}
}

func TestSetMain(t *testing.T) {
	d := open(t)
	shop, one, two := d.shop(t), host(), host()
	for _, name := range []string{one, two} {
		d.create(d.connect(t, shop, name))
	}
	if err := d.SetMain(t.Context(), shop, two, ada); !errors.Is(err, domains.ErrUnverified) {
		t.Errorf("an unproved main domain: %v", err)
	}
	for _, name := range []string{one, two} {
		if _, err := d.Verify(t.Context(), shop, name, ada); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.SetMain(t.Context(), shop, two, ada); err != nil {
		t.Fatal(err)
	}
	list, err := d.List(t.Context(), shop)
	if err != nil || !slices.ContainsFunc(list, func(x domains.Domain) bool { return x.Host == two && x.Main }) || list[0].Main == list[1].Main {
		t.Errorf("domains %+v, %v", list, err)
	}
}

func TestRecheck(t *testing.T) {
	d := open(t)
	shop, name := d.shop(t), host()
	domain := d.connect(t, shop, name)
	d.create(domain)
	if _, err := d.Verify(t.Context(), shop, name, ada); err != nil {
		t.Fatal(err)
	}
	delete(d.zone.txt, domain.TXT())
	d.zone.broken = true
	recheck := func(age time.Duration) {
		t.Helper()
		if err := d.Recheck(t.Context(), age); err != nil {
			t.Fatal(err)
		}
	}
	leads := func() bool {
		_, err := d.registry.ByHost(t.Context(), name)
		return err == nil
	}
	if recheck(-time.Minute); !leads() {
		t.Error("FLT-04 a broken name service took the domain away")
	}
	d.zone.broken = false
	if recheck(time.Hour); !leads() {
		t.Error("a proof seen just now was looked at again")
	}
	if recheck(-time.Minute); leads() {
		t.Error("FLT-04 the proof is gone and the domain still leads to the shop")
	}
}
