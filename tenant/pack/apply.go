package pack

import (
	"fmt"
	"slices"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/conversion"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// Apply makes the chosen changes of a plan, named by their keys, and notes them in the journal. Where the currency was
// to change and was not chosen, ways to deliver are added with converted fees; those of which no rate is known are left
// out and given back.
func (p *Plan) Apply(tx tenant.Tx, who tenant.Actor, calculators shipping.Calculators, chosen []string) (left []Mode, err error) {
	var done []string
	stays := p.has(Currency) && !slices.Contains(chosen, string(Currency))
	for _, item := range p.Items {
		if !slices.Contains(chosen, item.Key()) {
			continue
		}
		if item.Kind == Delivery && stays {
			switch {
			case known(p.modes, item.Mode): // in this currency it is there already
				continue
			case item.Kept == nil:
				left = append(left, *item.Mode)
				continue
			}
			item.Mode = item.Kept
		}
		if err := p.make(tx, who, calculators, item); err != nil {
			return left, fmt.Errorf("prepare for %s: %s: %w", p.Pack.Country, item.Key(), err)
		}
		done = append(done, item.Key())
	}
	if len(done) == 0 {
		return left, nil
	}
	return left, tx.Record(who, "pack.applied", "pack/"+p.Pack.Country, nil, map[string]any{"country": p.Pack.Country, "items": done})
}

func (p *Plan) has(k Kind) bool {
	return slices.ContainsFunc(p.Items, func(i Item) bool { return i.Kind == k })
}

func (p *Plan) make(tx tenant.Tx, who tenant.Actor, calculators shipping.Calculators, item Item) error {
	s := p.settings
	switch item.Kind {
	case Country:
		identity := s.Identity
		identity.Address.Country, identity.Address.Region = item.To, ""
		return settings.SaveIn(tx, who, identity, s.Rev(settings.NameIdentity))
	case Currency:
		to, err := money.ParseCurrency(item.To)
		if err != nil {
			return err
		}
		convert := conversion.Service{Calculators: calculators}
		return convert.ConvertIn(tx, who, conversion.Rough(s.Rules().Currency, to), s.Rev(settings.NameCurrencies))
	case VAT:
		return settings.SaveIn(tx, who, *item.After, s.Rev(settings.NameTax))
	case Delivery:
		mode := shipping.Stored{Mode: item.Mode.Mode, Active: item.On, Position: p.next}
		p.next++
		_, err := calculators.SaveIn(tx, who, mode)
		return err
	}
	return nil
}

// Keys are all items of the plan.
func (p *Plan) Keys() []string {
	keys := make([]string, len(p.Items))
	for i, item := range p.Items {
		keys[i] = item.Key()
	}
	return keys
}
