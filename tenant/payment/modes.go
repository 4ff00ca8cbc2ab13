package payment

import (
	"context"
	"maps"
	"slices"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
)

// Modes keeps the ways to pay that merchants set up. Safe for concurrent use.
type Modes struct {
	gateways *Gateways
	sealer   secret.Sealer
}

// NewModes makes a keeper of modes of these families, sealing their secrets with sealer.
func NewModes(g *Gateways, sealer secret.Sealer) *Modes { return &Modes{g, sealer} }

// Gateways are the families modes can be of.
func (m *Modes) Gateways() *Gateways { return m.gateways }

// Save stores a mode, new or edited, and returns it.
//
// Errors: Malformed with fields ("names", "scope.least" …, and "config.<field>" for the kind's own);
// ErrGone; ErrMode; ErrStale.
func (m *Modes) Save(ctx context.Context, shop *tenant.Shop, who tenant.Actor, d Draft) (Mode, error) {
	var saved Mode
	err := shop.Write(ctx, func(tx tenant.Tx) (err error) {
		saved, err = m.SaveIn(tx, who, d)
		return err
	})
	return saved, err
}

// SaveIn is Save inside a unit of work, for those who set up a shop.
func (m *Modes) SaveIn(tx tenant.Tx, who tenant.Actor, d Draft) (Mode, error) {
	before, secrets, err := m.before(tx, d)
	if err != nil {
		return Mode{}, err
	}
	gateway, err := m.gateways.Find(before.Kind)
	if err != nil {
		return Mode{}, err
	}
	shop, err := settings.Load(tx)
	if err != nil {
		return Mode{}, err
	}
	other, err := m.standIn(tx, d)
	if err != nil {
		return Mode{}, err
	}
	known := m.legible(tx.Shop(), before.ID, secrets)
	config, err := check(d, gateway, sale{shop.Identity.Address.Country, shop.Rules().Currency, before, other}, before.Config, known)
	if err != nil {
		return Mode{}, err
	}
	public, private := split(gateway.Config(), config)
	if secrets, err = m.seal(tx.Shop(), before.ID, private); err != nil {
		return Mode{}, err
	}
	after := before
	after.Names, after.Texts, after.Scope = d.Names, d.Texts, d.Scope
	after.Active, after.Test, after.Position = d.Active, d.Test, d.Position
	after.Config, after.Secrets = public, slices.Sorted(maps.Keys(secrets))
	if after, err = store(tx, after, secrets); err != nil {
		return Mode{}, err
	}
	if before.Trial != nil && (before.Test != after.Test || !sameContract(before.Config, public, known, private)) {
		if after, err = untried(tx, after); err != nil {
			return Mode{}, err
		}
	}
	if err := m.registerDomains(tx, after); err != nil {
		return Mode{}, err
	}
	tx.Touch()
	if d.ID.IsZero() {
		return after, tx.Record(who, "payment_mode.created", subject(after.ID), nil, after)
	}
	return after, tx.Record(who, "payment_mode.saved", subject(after.ID), before, after)
}

func subject(mode ModeID) string { return "payment_mode/" + mode.String() }

// before is the mode as it is stored, with its sealed secrets, or a new one.
func (m *Modes) before(tx tenant.Tx, d Draft) (Mode, sealed, error) {
	if d.ID.IsZero() {
		return Mode{ID: id.New[Mode](), Kind: d.Kind}, nil, nil
	}
	r, err := readMode(tx, d.ID, true)
	if err != nil {
		return Mode{}, nil, err
	}
	if r.Rev != d.Rev {
		return Mode{}, nil, ErrStale
	}
	return r.mode(), r.Secrets, nil
}

// Find reads one mode, of whatever kind. Errors: ErrMode.
func (m *Modes) Find(tx tenant.Tx, mode ModeID) (Mode, error) {
	r, err := readMode(tx, mode, false)
	if err != nil {
		return Mode{}, err
	}
	return r.mode(), nil
}

// List reads all modes in their order, those of kinds that are no longer available included.
func (m *Modes) List(tx tenant.Tx) ([]Mode, error) { return ListModes(tx) }

// ListModes is Modes.List for those who need no gateway.
func ListModes(tx tenant.Tx) ([]Mode, error) {
	rows, err := readModes(tx)
	if err != nil {
		return nil, err
	}
	modes := make([]Mode, len(rows))
	for i, r := range rows {
		modes[i] = r.mode()
	}
	return modes, nil
}

// Offers lists what a buyer billed there (as far as it is known yet) may pay amount with, in order. The amount
// is in the currency of the order; in which each mode settles is told by Offer.Settles.
func (m *Modes) Offers(tx tenant.Tx, billed pricing.Destination, amount money.Amount) ([]Offer, error) {
	modes, err := m.List(tx)
	if err != nil {
		return nil, err
	}
	var offers []Offer
	for _, mode := range modes {
		o, ok, err := m.offer(tx, mode, billed, amount)
		if err != nil {
			return nil, err
		}
		if ok {
			offers = append(offers, o)
		}
	}
	return offers, nil
}

// FindOffer is the one of Offers with that id. Errors: ErrMode when it is not among them.
func (m *Modes) FindOffer(tx tenant.Tx, mode ModeID, billed pricing.Destination, amount money.Amount) (Offer, error) {
	found, err := m.Find(tx, mode)
	if err != nil {
		return Offer{}, err
	}
	o, ok, err := m.offer(tx, found, billed, amount)
	if err == nil && !ok {
		err = ErrMode
	}
	return o, err
}

// offer is a mode as it is offered to somebody. Limits are amounts of the management currency: they do not speak
// against an order that was placed when that was another.
func (m *Modes) offer(tx tenant.Tx, mode Mode, billed pricing.Destination, amount money.Amount) (Offer, bool, error) {
	gateway, err := m.gateways.Find(mode.Kind)
	if err != nil || !mode.Active {
		return Offer{}, false, nil
	}
	if c, ok := gateway.(Conditional); ok {
		if usable, err := c.Usable(tx); err != nil || !usable {
			return Offer{}, false, err
		}
	}
	scope := mode.Scope
	if scope.Least != nil || scope.Most != nil {
		shop, err := settings.Load(tx)
		if err != nil {
			return Offer{}, false, err
		}
		if amount.Currency() != shop.Rules().Currency {
			scope.Least, scope.Most = nil, nil
		}
	}
	_, saver := gateway.(Saver)
	repeater, repeats := gateway.(Repeater)
	o := Offer{Mode: mode, Capabilities: gateway.Capabilities(), Saves: saver && mode.Scope.Saves, Repeats: repeats && repeater.Repeats(mode)}
	return o, scope.Admits(billed, amount) && len(o.Settles(amount.Currency())) > 0, nil
}

// FindAccount opens a mode for its gateway, also when it is no longer active: what was begun is
// finished. It answers without a gateway too, so that what was heard can be recorded.
//
// Errors: ErrMode; Internal when the secrets cannot be opened.
func (m *Modes) FindAccount(tx tenant.Tx, mode ModeID) (Account, error) {
	r, err := readMode(tx, mode, false)
	if err != nil {
		return Account{}, err
	}
	a, err := m.account(tx.Shop(), r)
	a.Outage = readOutage(r.Outage)
	return a, err
}

// RecallAccount is FindAccount for whoever hears or asks about what was begun, and has no unit of work: the mode may be as
// old as a page (tenant.Recall), and nothing is said of an outage. What is kept in memory are the rows, whose secrets are
// sealed; they are opened for each call.
func (m *Modes) RecallAccount(ctx context.Context, shop *tenant.Shop, mode ModeID) (Account, error) {
	modes, err := tenant.Recall(ctx, shop, modesKept, readModesByID)
	if err != nil {
		return Account{}, err
	}
	if r, ok := modes[mode]; ok {
		return m.account(shop, r)
	}
	var a Account // of a mode this process has not heard of yet
	err = shop.Read(ctx, func(tx tenant.Tx) (err error) {
		a, err = m.FindAccount(tx, mode)
		return err
	})
	return a, err
}

func (m *Modes) account(shop *tenant.Shop, r modeRow) (Account, error) {
	secrets, err := m.open(shop, r.ID, r.Secrets)
	if err != nil {
		return Account{}, err
	}
	return Account{Mode: r.ID, Kind: r.Kind, Test: r.Test, Config: r.Config, secrets: secrets}, nil
}

// Remove deletes a mode nothing was ever paid with. Errors: ErrMode, ErrStale, ErrInUse.
func (m *Modes) Remove(ctx context.Context, shop *tenant.Shop, who tenant.Actor, mode ModeID, rev int) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		before, _, err := m.before(tx, Draft{ID: mode, Rev: rev})
		if err != nil {
			return err
		}
		if err := removeMode(tx, mode); err != nil {
			return err
		}
		if err := noLongerStandsIn(tx, mode); err != nil {
			return err
		}
		tx.Touch()
		return tx.Record(who, "payment_mode.removed", subject(mode), before, nil)
	})
}
