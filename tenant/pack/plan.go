package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// Kind is what an item changes. An item of kind Delivery is known by its code as well.
type Kind string

// The kinds.
const (
	Country  Kind = "country"
	Currency Kind = "currency"
	VAT      Kind = "vat"
	Delivery Kind = "delivery"
)

// Item is one change a pack would make.
type Item struct {
	Kind Kind `json:"kind"`
	// From and To are codes: of a country, of a currency; "" for VAT and deliveries.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// Before and After are the choices of VAT.
	Before *settings.Tax `json:"before,omitempty"`
	After  *settings.Tax `json:"after,omitempty"`
	// Mode is the way to deliver that would be added, switched on or not, with its fees in In. Kept is the same in the
	// currency of before, for a shop that changes all but its currency; nil where no rate is known.
	Mode *Mode          `json:"mode,omitempty"`
	In   money.Currency `json:"in,omitzero"`
	Kept *Mode          `json:"kept,omitempty"`
	On   bool           `json:"on,omitempty"`
}

// Key names an item within its plan.
func (i Item) Key() string {
	if i.Mode != nil {
		return string(i.Kind) + "." + i.Mode.Code
	}
	return string(i.Kind)
}

// Plan is what a pack would change in a shop; without items there is nothing to do.
type Plan struct {
	Pack  Pack
	Items []Item
	// Left are the ways to deliver that cannot be prepared: the shop keeps another currency than the pack's, and
	// nobody knows a rate.
	Left []Mode
	// Rate is how much of the shop's currency one of the pack's is worth; zero where they are the same or nobody knows.
	Rate decimal.Decimal

	settings *settings.Settings
	modes    []shipping.Stored
	next     int // position of a further way to deliver
}

// ErrChanged means that the shop is no longer as it was when the plan was shown.
var ErrChanged = fault.New(fault.Conflict, "pack.changed")

// Options are what the caller knows of the shop.
type Options struct {
	// Priced tells that prices or orders exist: the currency stays.
	Priced bool
	// Rate is how much of the shop's currency one of the pack's is worth; zero when nobody knows.
	Rate decimal.Decimal
	// Quiet adds ways to deliver switched off, whatever the shop has.
	Quiet bool
}

// Make plans what a pack would change.
func Make(tx tenant.Tx, p Pack, o Options) (*Plan, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	modes, err := shipping.ListModes(tx)
	if err != nil {
		return nil, err
	}
	plan := &Plan{Pack: p, settings: s, modes: modes}
	if from := s.Identity.Address.Country; from != p.Country {
		plan.Items = append(plan.Items, Item{Kind: Country, From: from, To: p.Country})
	}
	same := p.Currency.Code() == s.Currencies.Management
	moves := !same && !o.Priced
	if moves {
		plan.Items = append(plan.Items, Item{Kind: Currency, From: s.Currencies.Management, To: p.Currency.Code()})
	}
	if after := taxOf(s.Tax, p.Tax); !sameTax(s.Tax, after) {
		before := s.Tax
		plan.Items = append(plan.Items, Item{Kind: VAT, Before: &before, After: &after})
	}
	if !same {
		plan.Rate = o.Rate
	}
	for i := range p.Shipping {
		m := &p.Shipping[i]
		// Fees of the same name in the currency of before are others.
		if !moves && known(modes, m) {
			continue
		}
		if err := plan.deliver(m, same, moves, !o.Quiet && !served(modes, p.Country, m)); err != nil {
			return nil, err
		}
	}
	for _, m := range modes {
		plan.next = max(plan.next, m.Position+1)
	}
	return plan, nil
}

// deliver plans a way to deliver in the currency the shop is kept in, or moves to.
func (p *Plan) deliver(m *Mode, same, moves, on bool) error {
	item := Item{Kind: Delivery, Mode: m, In: p.Pack.Currency, On: on}
	if same {
		p.Items = append(p.Items, item)
		return nil
	}
	kept, err := p.inShop(m)
	if err != nil {
		return err
	}
	switch {
	case moves:
		item.Kept = kept
	case kept == nil:
		p.Left = append(p.Left, *m)
		return nil
	default:
		item.Mode, item.In = kept, p.Kept()
	}
	p.Items = append(p.Items, item)
	return nil
}

// taxOf puts the choices of a pack over those of a shop; classes and rates of the merchant's own stay.
func taxOf(shop, pack settings.Tax) settings.Tax {
	pack.Classes, pack.Own = shop.Classes, shop.Own
	// A shop that charges the tax of the destination has grown beyond the threshold, or chose to.
	pack.Destination = shop.Destination
	return pack
}

func sameTax(a, b settings.Tax) bool {
	return a.Registered == b.Registered && a.EntryGross == b.EntryGross && a.ShowGross == b.ShowGross &&
		a.Destination == b.Destination && a.GrossFixed == b.GrossFixed && a.Verify == b.Verify
}

// known tells whether the shop has a way to deliver already: one of the same name in any language.
func known(modes []shipping.Stored, m *Mode) bool {
	return slices.ContainsFunc(modes, func(have shipping.Stored) bool {
		for l, name := range m.Name {
			if have.Name[l] == name {
				return true
			}
		}
		return false
	})
}

// served tells whether an active way goes where this one would.
func served(modes []shipping.Stored, home string, m *Mode) bool {
	for _, z := range m.Zones {
		to := pricing.Destination{Country: z.Country}
		if z.Country == shipping.Union {
			if to.Country = "DE"; home == "DE" {
				to.Country = "FR"
			}
		}
		for _, have := range modes {
			if have.Active && slices.ContainsFunc(have.Zones, func(z shipping.Zone) bool { return z.Holds(to) }) || have.Active && len(have.Zones) == 0 {
				return true
			}
		}
	}
	return false
}

// Kept is the currency the shop is kept in before the plan is applied.
func (p *Plan) Kept() money.Currency { return p.settings.Rules().Currency }

// Digest names a plan: the same shop and the same pack have the same one.
func (p *Plan) Digest() string {
	text, err := json.Marshal([]any{p.Items, p.Left})
	if err != nil {
		panic(fmt.Sprintf("pack: %v", err)) // items are plain values
	}
	sum := sha256.Sum256(append([]byte(p.Pack.Country+"\n"), text...))
	return hex.EncodeToString(sum[:8])
}
