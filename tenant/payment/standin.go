package payment

import (
	"errors"
	"fmt"
	"slices"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

// standInField is where a draft says which mode stands in.
const standInField = "scope.stand_in"

// Away tells that an error of Gateway.Start speaks of the bank and not of the payment: it did not answer, or does not
// let the merchant's account in. A payment the bank will not open, or the family cannot carry, is no reason to try
// another bank.
func Away(err error) bool {
	return fault.Is(err, fault.Upstream) && !errors.Is(err, ErrDeclined) && !errors.Is(err, ErrUnfit) && !errors.Is(err, ErrNotKnown)
}

// standIn is the mode a draft names to stand in; nil for one that is not there.
func (m *Modes) standIn(tx tenant.Tx, d Draft) (*Offer, error) {
	if d.Scope.StandIn.IsZero() {
		return nil, nil
	}
	found, err := m.Find(tx, d.Scope.StandIn)
	if errors.Is(err, ErrMode) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	gateway, err := m.gateways.Find(found.Kind)
	if err != nil {
		return nil, nil // no longer available
	}
	return &Offer{Mode: found, Capabilities: gateway.Capabilities()}, nil
}

// checkStandIn refuses a mode that could never take over what was begun with this one.
func checkStandIn(c *form.Checker, d Draft, can Capabilities, in sale) {
	if d.Scope.StandIn.IsZero() || !d.reconsiders(in.before) {
		return
	}
	chosen := Offer{Mode: Mode{ID: d.ID, Kind: d.Kind, Scope: d.Scope, Test: d.Test}, Capabilities: can}
	if why := chosen.unlike(in.standIn, in.currency); why != "" {
		c.Refuse(standInField, why, nil)
	}
}

// reconsiders tells whether a draft touches what checkStandIn looks at. A mode whose stand-in has become another since
// may still be moved and switched off; it is led nowhere until it fits again.
func (d Draft) reconsiders(before Mode) bool {
	a, b := d.Scope, before.Scope
	return a.StandIn != b.StandIn || d.Test != before.Test || !a.Cost.Equal(b.Cost) || !slices.Equal(a.Currencies, b.Currencies)
}

// StandsIn tells whether another mode could take over what was begun with this one, in a shop that keeps its orders in
// base. Scope.StandIn is not asked.
func (o Offer) StandsIn(other Offer, base money.Currency) bool { return o.unlike(&other, base) == "" }

// unlike is the message that says why a mode cannot stand in for another; "" when it can.
func (o Offer) unlike(other *Offer, base money.Currency) string {
	switch {
	case o.Capabilities.Offline:
		return "payment.stand_in_offline"
	case other == nil, !other.Active:
		return "payment.stand_in_unknown"
	case other.ID == o.ID:
		return "payment.stand_in_itself"
	case other.Test != o.Test:
		return "payment.stand_in_test"
	case !o.SamePrice(*other):
		return "payment.stand_in_cost"
	}
	takes := map[money.Currency]bool{}
	for _, cur := range other.Settles(base) {
		takes[cur] = true
	}
	for _, cur := range o.Settles(base) {
		if !takes[cur] {
			return "payment.stand_in_currency"
		}
	}
	return ""
}

// SamePrice tells that an order costs the same with either mode, so that a price with the fee of one is right for the
// other: what they cost is the same, and so is what the law takes them for.
func (o Offer) SamePrice(other Offer) bool {
	a, b := o.Scope.Cost, other.Scope.Cost
	return a.Equal(b) && (a.IsZero() || o.Capabilities.Law() == other.Capabilities.Law())
}

// StandInFor is the mode that takes over from another, in a shop that keeps its orders in base. Errors: ErrMode when none
// does, or it could not any more.
func (m *Modes) StandInFor(tx tenant.Tx, mode ModeID, base money.Currency) (Offer, error) {
	chosen, err := m.OfferOf(tx, mode)
	if err != nil {
		return Offer{}, err
	}
	other, err := m.OfferOf(tx, chosen.Scope.StandIn)
	if err != nil {
		return Offer{}, err
	}
	if !chosen.StandsIn(other, base) {
		return Offer{}, ErrMode
	}
	return other, nil
}

// OfferOf is a mode with what its family can do, whoever it is offered to, if anybody. Errors: ErrMode.
func (m *Modes) OfferOf(tx tenant.Tx, mode ModeID) (Offer, error) {
	found, err := m.Find(tx, mode)
	if err != nil {
		return Offer{}, err
	}
	gateway, err := m.gateways.Find(found.Kind)
	if err != nil {
		return Offer{}, ErrMode
	}
	return Offer{Mode: found, Capabilities: gateway.Capabilities()}, nil
}

// noLongerStandsIn takes a mode that is removed out of those that name it.
func noLongerStandsIn(tx tenant.Tx, mode ModeID) error {
	err := tx.DB().Exec(`update payment_modes set scope = scope - 'stand_in' where scope->>'stand_in' = ?`, mode.String()).Error
	if err != nil {
		return fmt.Errorf("remove stand-in %s: %w", mode, err)
	}
	return nil
}
