package payment

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/tenant"
)

// RegisterDomains is the job that tells a mode's bank the hosts of the shop.
type RegisterDomains struct {
	Shop  tenant.ID `json:"shop"`
	Mode  ModeID    `json:"mode"`
	Round int       `json:"round,omitempty"` // how often it was done before without a good end
}

// Kind is stored with the job.
func (RegisterDomains) Kind() string { return "payment.register_domains" }

// Policy gives several hosts their time.
func (RegisterDomains) Policy() jobs.Policy { return jobs.Policy{Timeout: 5 * time.Minute} }

// What may be better later is asked again after a minute, two, four and so on, for about eight hours: a new domain has no
// certificate for a while, and Apple reads nothing without one.
const (
	firstRound = time.Minute
	rounds     = 9
)

// Hosts are the host names buyers may see a shop's pages under.
type Hosts func(ctx context.Context, shop *tenant.Shop) ([]string, error)

// Shops opens the shop a job is for.
type Shops interface {
	ByID(ctx context.Context, shop tenant.ID) (*tenant.Shop, error)
}

// Registrar tells banks the hosts of shops, and gives the file Apple reads there. Safe for concurrent use.
//
// Decision: a shop that is reached by a path has the platform's host, which it shares with others. It is registered with each
// account like any host, which account and host have in common once, however many modes or shops use it: what the buyer sees
// in Apple's sheet is the name of the account and not of the host, and such shops share an origin anyhow (HST-04).
//
// Two families with wallets on the same host each want another file at the same address: the first active mode's is served.
type Registrar struct {
	modes *Modes
	hosts Hosts
	clock clock.Clock
	log   *slog.Logger

	mu    sync.Mutex
	files map[string]keptFile
}

// keptFile is a bank's file as it was read.
type keptFile struct {
	body []byte
	at   time.Time
}

// fileAge is how long a bank's file is believed.
const fileAge = 24 * time.Hour

// NewRegistrar makes a registrar.
func NewRegistrar(m *Modes, h Hosts, c clock.Clock, log *slog.Logger) *Registrar {
	return &Registrar{modes: m, hosts: h, clock: c, log: log, files: map[string]keptFile{}}
}

// Register makes workers do the registrar's jobs.
func (r *Registrar) Register(reg *jobs.Registry, shops Shops) {
	jobs.Handle(reg, func(ctx context.Context, j RegisterDomains) error {
		shop, err := shops.ByID(ctx, j.Shop)
		if err != nil {
			return fmt.Errorf("open shop of payment mode %s: %w", j.Mode, err)
		}
		return r.do(ctx, shop, j)
	})
}

// Refresh has the banks of all modes told the hosts of the shop again, because they have changed.
func (r *Registrar) Refresh(ctx context.Context, shop *tenant.Shop) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		modes, err := ListModes(tx)
		if err != nil {
			return err
		}
		for _, m := range modes {
			if err := r.modes.registerDomains(tx, m); err != nil {
				return err
			}
		}
		return nil
	})
}

// Again has the bank of one mode told the hosts of the shop again. Errors: ErrMode, also for a mode that has nothing to be told.
func (r *Registrar) Again(ctx context.Context, shop *tenant.Shop, mode ModeID) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		m, err := r.modes.Find(tx, mode)
		if err != nil {
			return err
		}
		if !r.modes.ShowsWallets(m) {
			return ErrMode
		}
		return r.modes.registerDomains(tx, m)
	})
}

// ShowsWallets tells whether a mode is offered, and has fields that show wallets on registered hosts.
func (m *Modes) ShowsWallets(mode Mode) bool {
	gateway, err := m.gateways.Find(mode.Kind)
	if err != nil || !mode.Active {
		return false
	}
	d, ok := gateway.(Domains)
	return ok && d.ShowsWallets(mode.Config)
}

// registerDomains writes the job for a mode that shows wallets.
func (m *Modes) registerDomains(tx tenant.Tx, mode Mode) error {
	if !m.ShowsWallets(mode) {
		return nil
	}
	return jobs.Enqueue(tx, RegisterDomains{Shop: tx.Shop().ID(), Mode: mode.ID})
}

// do asks the bank about every host and keeps what it said.
func (r *Registrar) do(ctx context.Context, shop *tenant.Shop, j RegisterDomains) error {
	var account Account
	shows := false
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		m, err := r.modes.Find(tx, j.Mode)
		if err != nil {
			return err
		}
		if shows = r.modes.ShowsWallets(m); !shows {
			return nil
		}
		account, err = r.modes.FindAccount(tx, j.Mode)
		return err
	})
	if errors.Is(err, ErrMode) || err == nil && !shows {
		return nil // removed or switched off since
	}
	if err != nil {
		return err
	}
	hosts, err := r.hosts(ctx, shop)
	if err != nil {
		return fmt.Errorf("hosts of shop %s: %w", shop.Slug(), err)
	}
	gateway, err := r.modes.gateways.Find(account.Kind)
	if err != nil {
		return err
	}
	list, later := r.ask(ctx, shop, gateway.(Domains), account, hosts)
	return shop.Write(ctx, func(tx tenant.Tx) error {
		for i := range list {
			list[i].At = tx.Now()
		}
		if err := keepDomains(tx, j.Mode, list); err != nil || !later || j.Round >= rounds {
			return err
		}
		next := RegisterDomains{Shop: j.Shop, Mode: j.Mode, Round: j.Round + 1}
		return jobs.Enqueue(tx, next, jobs.At(tx.Now().Add(firstRound<<j.Round)))
	})
}

// ask tells the bank each host; later when some of them may do better later.
func (r *Registrar) ask(ctx context.Context, shop *tenant.Shop, bank Domains, a Account, hosts []string) (list []Domain, later bool) {
	for _, host := range hosts {
		apple, err := bank.RegisterDomain(ctx, a, host)
		d := Domain{Host: host, Test: a.Test, Standing: standing(apple, err)}
		log := r.log.With("shop", shop.Slug(), "mode", a.Mode.String(), "host", host, "standing", string(d.Standing))
		if err != nil {
			log.WarnContext(ctx, "register a domain for wallets", "error", err)
		} else {
			log.InfoContext(ctx, "register a domain for wallets")
		}
		list, later = append(list, d), later || d.Standing.passes()
	}
	return list, later
}

// AssociationFile is what the shop's hosts serve at AssociationPath: the file of the first active mode that has one.
// Errors: ErrMode when there is none; of kind Upstream.
func (r *Registrar) AssociationFile(ctx context.Context, shop *tenant.Shop) ([]byte, error) {
	kind := ""
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		modes, err := ListModes(tx)
		for _, m := range modes {
			gateway, unknown := r.modes.gateways.Find(m.Kind)
			if _, ok := gateway.(Domains); ok && unknown == nil && m.Active && kind == "" {
				kind = m.Kind
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if kind == "" {
		return nil, ErrMode
	}
	return r.file(ctx, kind)
}

// SharedFile is what the platform's own host serves at AssociationPath, for the shops that are reached by a path: that of the
// first family that has one, since which of the shops use it is not asked. Errors as for AssociationFile.
func (r *Registrar) SharedFile(ctx context.Context) ([]byte, error) {
	for _, kind := range r.modes.gateways.order {
		if _, ok := r.modes.gateways.byKey[kind].(Domains); ok {
			return r.file(ctx, kind)
		}
	}
	return nil, ErrMode
}

// file is a bank's file, read once a day; an old one is better than none.
func (r *Registrar) file(ctx context.Context, kind string) ([]byte, error) {
	r.mu.Lock()
	kept, known := r.files[kind]
	r.mu.Unlock()
	if known && r.clock.Now().Sub(kept.at) < fileAge {
		return kept.body, nil
	}
	body, err := r.modes.gateways.byKey[kind].(Domains).AssociationFile(ctx)
	switch {
	case err != nil && known:
		r.log.WarnContext(ctx, "read the file for Apple Pay", "kind", kind, "error", err)
		return kept.body, nil
	case err != nil:
		return nil, err
	}
	r.mu.Lock()
	r.files[kind] = keptFile{body, r.clock.Now()}
	r.mu.Unlock()
	return body, nil
}
