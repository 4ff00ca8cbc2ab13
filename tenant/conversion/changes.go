package conversion

import (
	"errors"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/supply"
)

// changes are the documents of a shop as they would be; its articles are many and are converted where they are.
type changes struct {
	currencies settings.Currencies
	profiles   settings.Profiles
	deliveries []shipping.Stored
	payments   []payment.Mode // with the scope they would have
	discounts  []promotion.Stored
	supplies   []*supply.Order
	blocked    []Blocked
	unknown    []string
}

// prepare reads what is to be converted and converts it, telling every amount to the tally and writing nothing.
func (s Service) prepare(tx tenant.Tx, set *settings.Settings, p Plan, t *tally) (*changes, error) {
	c := &changes{currencies: set.Currencies.Convert(p.Exchange, p.Old, tx.Now())}
	l := set.Languages.Default
	if err := s.deliver(tx, p, t, c, l); err != nil {
		return nil, err
	}
	modes, err := payment.ListModes(tx)
	if err != nil {
		return nil, err
	}
	for _, m := range modes {
		c.payments = append(c.payments, m)
		m.Scope.Convert(t.of(Payments, m.Names.In(l), p.Exchange.Sum))
	}
	c.profiles = settings.Profiles(profile.Book(set.Profiles).Convert(t.of(Profiles, "", p.Exchange.Sum)))
	if c.discounts, err = promotion.List(tx); err != nil {
		return nil, err
	}
	for _, d := range c.discounts {
		if !d.Readable() {
			continue
		}
		after := d.Rule.Convert(p.Exchange.To, t.of(Discounts, d.Name.In(l), p.Exchange.Sum))
		if err := after.Check(p.Exchange.To); err != nil && d.Broken == nil && d.Active {
			c.blocked = append(c.blocked, Blocked{Discounts, d.Name.In(l), err})
		}
	}
	if c.supplies, err = supply.ListUnfinished(tx); err != nil {
		return nil, err
	}
	for _, o := range c.supplies {
		o.Convert(t.of(Supplies, o.Number, p.Exchange.Sum))
	}
	return c, nil
}

// deliver converts the ways to deliver. One that could be asked for its cost before must still be: bounds of a table
// that fall together in a currency without small coins are the merchant's to mend.
func (s Service) deliver(tx tenant.Tx, p Plan, t *tally, c *changes, l i18n.Locale) error {
	modes, err := shipping.ListModes(tx)
	if err != nil {
		return err
	}
	for _, m := range modes {
		name := m.Name.In(l)
		_, before := s.Calculators.Open(p.Exchange.From, m.Mode)
		after, err := s.Calculators.Convert(m.Mode, p.Exchange.To, t.of(Deliveries, name, p.Exchange.Sum))
		switch {
		case errors.Is(err, shipping.ErrUnknownCalculator):
			if m.Active {
				c.unknown = append(c.unknown, name)
			}
			m.Active = false
		case err != nil:
			return err
		}
		m.Mode = after
		if _, err := s.Calculators.Open(p.Exchange.To, m.Mode); err != nil && before == nil && m.Active {
			c.blocked = append(c.blocked, Blocked{Deliveries, name, err})
		}
		c.deliveries = append(c.deliveries, m)
	}
	return nil
}

// blind takes out of use what has amounts of which nobody knows what they are worth.
func (c *changes) blind() {
	for i := range c.deliveries {
		c.deliveries[i].Active = false
	}
	c.profiles = settings.Profiles(profile.Book(c.profiles).Convert(func(decimal.Decimal) decimal.Decimal { return decimal.Zero }))
	for i := range c.payments {
		scope := &c.payments[i].Scope
		scope.Least, scope.Most = nil, nil
		scope.Cost.Fee.Fixed, scope.Cost.Rebate.Fixed = decimal.Zero, decimal.Zero
	}
	for i := range c.discounts {
		c.discounts[i].Active = false
	}
	c.blocked = nil
}
