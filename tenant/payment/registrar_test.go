package payment_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/testbank"
	"echoppe.dev/tenant/tenanttest"
)

// wallet is the pretend bank as one that shows wallets on hosts it knows.
type wallet struct {
	*testbank.Gateway
	says  map[string]error // by host; no error and no entry: Apple Pay as well
	apple map[string]bool  // false: Apple has not read the file
	asked []string
	file  func() ([]byte, error)
	reads int
}

func (*wallet) ShowsWallets(config form.Values) bool { return config.Text("capture") == "now" }

func (w *wallet) RegisterDomain(_ context.Context, a payment.Account, host string) (bool, error) {
	if a.Secret("key").Reveal() != bankKey {
		return false, errors.New("without the account's key")
	}
	w.asked = append(w.asked, host)
	apple, listed := w.apple[host]
	return apple || !listed, w.says[host]
}

func (w *wallet) AssociationFile(context.Context) ([]byte, error) { w.reads++; return w.file() }

// counter is a shop whose modes may be of a bank with wallets, with its registrar.
type counter struct {
	desk
	bank  *wallet
	hosts []string
	reg   *payment.Registrar
	work  *jobs.Registry
	clock *clock.Fixed
}

// ByID opens the one shop there is.
func (c *counter) ByID(context.Context, tenant.ID) (*tenant.Shop, error) { return c.shop, nil }

func newCounter(t *testing.T) *counter {
	t.Helper()
	bank, err := testbank.New(testbank.Options{Endpoint: "http://bank.localhost", Clock: clock.System()})
	if err != nil {
		t.Fatal(err)
	}
	c := &counter{bank: &wallet{Gateway: bank, file: func() ([]byte, error) { return []byte("apple"), nil }}, hosts: []string{"lune.platform.tld", "lune.example"},
		work: jobs.NewRegistry(), clock: clock.New(clock.System().Now())}
	gateways, err := payment.NewGateways(c.bank)
	if err != nil {
		t.Fatal(err)
	}
	c.desk = desk{t, tenanttest.Open(t), payment.NewModes(gateways, gatewaytest.Ring(t))}
	c.reg = payment.NewRegistrar(c.modes, func(context.Context, *tenant.Shop) ([]string, error) { return c.hosts, nil }, c.clock, slog.New(slog.DiscardHandler))
	c.reg.Register(c.work, c)
	return c
}

// run does the jobs that are due and gives how many there were.
func (c *counter) run() int {
	c.Helper()
	owner, _ := pgtest.URLs(c)
	pool, err := jobs.OpenPool(c.Context(), jobs.PoolConfig{URL: owner})
	if err != nil {
		c.Fatal(err)
	}
	defer pool.Close()
	done, err := jobs.RunDue(c.Context(), pool, c.work, c.origin())
	if err != nil {
		c.Fatal(err)
	}
	for _, r := range done {
		if r.Err != nil {
			c.Errorf("job %s: %v", r.Kind, r.Err)
		}
	}
	return len(done)
}

// origin is what the shop's jobs carry.
func (c *counter) origin() (name string) {
	c.Helper()
	if err := c.read(func(tx tenant.Tx) error { return tx.DB().Raw("select current_schema()").Scan(&name).Error }); err != nil {
		c.Fatal(err)
	}
	return name
}

// standings are what is kept of a mode, host by host.
func (c *counter) standings(mode payment.ModeID) map[string]payment.Standing {
	c.Helper()
	got := map[string]payment.Standing{}
	if err := c.read(func(tx tenant.Tx) error {
		list, err := payment.ListDomains(tx, mode)
		for _, d := range list {
			if d.At.IsZero() {
				c.Errorf("%s: no time", d.Host)
			}
			got[d.Host] = d.Standing
		}
		return err
	}); err != nil {
		c.Fatal(err)
	}
	return got
}

// PGW-39: a mode that shows wallets has every host of the shop told to its bank once it is offered, and what the bank said is
// kept through later saves; one that shows none has not.
func TestRegistrar(t *testing.T) {
	c := newCounter(t)
	off := card1
	off.Active = false
	m := c.must(off)
	if c.run() != 0 || len(c.standings(m.ID)) != 0 {
		t.Errorf("a mode that is not offered was registered: %v", c.bank.asked)
	}
	later := card1
	later.Config = map[string][]string{"merchant": {"DEMO"}, "key": {bankKey}, "capture": {"later"}}
	c.must(later)
	if c.run() != 0 {
		t.Error("a mode without wallets was registered")
	}
	on := card1
	on.ID, on.Rev = m.ID, m.Rev
	m = c.must(on)
	if c.run() != 1 || !slices.Equal(c.bank.asked, c.hosts) {
		t.Errorf("asked for %v", c.bank.asked)
	}
	want := map[string]payment.Standing{"lune.platform.tld": payment.DomainReady, "lune.example": payment.DomainReady}
	if diff := cmp.Diff(want, c.standings(m.ID)); diff != "" {
		t.Error(diff)
	}
	on.Rev, on.Active = m.Rev, false
	c.must(on)
	if diff := cmp.Diff(want, c.standings(m.ID)); diff != "" || c.run() != 0 {
		t.Errorf("switched off: %s", diff)
	}
	if err := c.reg.Again(t.Context(), c.shop, m.ID); !errors.Is(err, payment.ErrMode) {
		t.Errorf("asked for one that is not offered: %v", err)
	}
}

// PGW-39: a new host of the shop is told to the banks; what may be better later is asked again later, what the bank refused is
// not, and the button asks for all.
func TestRegistrar_troubles(t *testing.T) {
	for _, tt := range []struct {
		name  string
		err   error
		apple bool
		want  payment.Standing
		later int
	}{
		{"good", nil, true, payment.DomainReady, 0},
		{"Apple has not looked", nil, false, payment.DomainNoApple, 1},
		{"the bank is away", payment.ErrBank, false, payment.DomainAway, 1},
		{"nobody knows why", errors.New("strange"), false, payment.DomainAway, 1},
		{"not taken", payment.ErrDeclined.Because(errors.New("localhost")), false, payment.DomainRefused, 0},
		{"the key may not", payment.ErrOffice, false, payment.DomainOffice, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newCounter(t)
			m := c.must(card1)
			c.run()
			c.hosts = append(c.hosts, "new.example")
			c.bank.says, c.bank.apple = map[string]error{"new.example": tt.err}, map[string]bool{"new.example": tt.apple}
			if err := c.reg.Refresh(t.Context(), c.shop); err != nil {
				t.Fatal(err)
			}
			if n := c.run(); n != 1 {
				t.Errorf("%d jobs", n)
			}
			if got := c.standings(m.ID); got["new.example"] != tt.want || got["lune.example"] != payment.DomainReady || len(got) != 3 {
				t.Errorf("kept %v", got)
			}
			if n := c.waiting(); n != tt.later {
				t.Errorf("%d jobs wait, want %d", n, tt.later)
			}
			c.bank.says, c.bank.apple = nil, nil
			if err := c.reg.Again(t.Context(), c.shop, m.ID); err != nil {
				t.Fatal(err)
			}
			if c.run(); c.standings(m.ID)["new.example"] != payment.DomainReady {
				t.Errorf("asked again: %v", c.standings(m.ID))
			}
		})
	}
}

// waiting is how many of the shop's jobs are for later.
func (c *counter) waiting() (n int) {
	c.Helper()
	owner, _ := pgtest.URLs(c)
	pool, err := jobs.OpenPool(c.Context(), jobs.PoolConfig{URL: owner})
	if err != nil {
		c.Fatal(err)
	}
	defer pool.Close()
	err = pool.QueryRow(c.Context(), `select count(*) from river.river_job where kind = 'payment.register_domains' and state = 'scheduled'
		and scheduled_at > now() + interval '30 seconds' and metadata->>'origin' = $1`, c.origin()).Scan(&n)
	if err != nil {
		c.Fatal(err)
	}
	return n
}

// PGN-07: a shop serves the file of its bank while a mode of it is offered, read once a day; the last one is better than none.
func TestRegistrar_file(t *testing.T) {
	c := newCounter(t)
	if _, err := c.reg.AssociationFile(t.Context(), c.shop); !fault.Is(err, fault.NotFound) {
		t.Errorf("without a mode: %v", err)
	}
	off := card1
	off.Active = false
	m := c.must(off)
	if _, err := c.reg.AssociationFile(t.Context(), c.shop); !fault.Is(err, fault.NotFound) {
		t.Errorf("with a mode nobody is offered: %v", err)
	}
	on := card1
	on.ID, on.Rev = m.ID, m.Rev
	c.must(on)
	c.bank.file = func() ([]byte, error) { return nil, payment.ErrBank }
	if _, err := c.reg.AssociationFile(t.Context(), c.shop); !fault.Is(err, fault.Upstream) {
		t.Errorf("when the bank is away: %v", err)
	}
	c.bank.file = func() ([]byte, error) { return []byte("apple"), nil }
	wants := func(when string, reads int) {
		t.Helper()
		got, err := c.reg.AssociationFile(t.Context(), c.shop)
		if err != nil || string(got) != "apple" || c.bank.reads != reads {
			t.Errorf("%s: %q, %v, read %d times", when, got, err, c.bank.reads)
		}
	}
	wants("first", 2)
	wants("again", 2)
	c.bank.file = func() ([]byte, error) { return nil, payment.ErrBank }
	c.clock.Advance(25 * 60 * 60 * 1e9)
	wants("the bank away a day later", 3)
	if shared, err := c.reg.SharedFile(t.Context()); err != nil || string(shared) != "apple" {
		t.Errorf("the platform's own host: %q, %v", shared, err)
	}
}
