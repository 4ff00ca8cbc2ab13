package conversion

import (
	"context"
	"fmt"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/supply"
	"echoppe.dev/tenant/transfer"
)

// Convert puts the shop into another management currency, all or nothing. rev is that of the preview.
//
// Errors: refused fields "to", "rate", "step", "ending"; settings.ErrStale when the currencies were changed since;
// transfer.ErrBusy; ErrQuotes; ErrBlocked; ErrTooLarge.
func (s Service) Convert(ctx context.Context, shop *tenant.Shop, who tenant.Actor, p Plan, rev int) error {
	return shop.Write(ctx, func(tx tenant.Tx) error { return s.ConvertIn(tx, who, p, rev) })
}

// ConvertIn is Convert inside a unit of work.
func (s Service) ConvertIn(tx tenant.Tx, who tenant.Actor, p Plan, rev int) error {
	if err := alone(tx); err != nil {
		return err
	}
	set, err := settings.Load(tx)
	if err != nil {
		return err
	}
	if rev != set.Rev(settings.NameCurrencies) {
		return settings.ErrStale
	}
	p.Exchange.From = set.Rules().Currency
	if err := p.Exchange.Check(); err != nil {
		return err
	}
	if err := s.allowed(tx, p.Exchange); err != nil {
		return err
	}
	t := newTally(p.Exchange)
	c, err := s.prepare(tx, set, p, t)
	if err != nil {
		return err
	}
	if p.Blind {
		c.blind()
	}
	if n := len(c.blocked); n > 0 {
		return ErrBlocked.With(fault.Args{"name": c.blocked[0].Name, "n": n})
	}
	if err := s.write(tx, who, set, p, c); err != nil {
		return err
	}
	tx.Touch()
	return tx.Record(who, "currency.converted", "settings/currencies", p.Exchange.From, entry{p.Exchange, p.Old, t.counts()})
}

// entry is what the journal keeps of a conversion.
type entry struct {
	currency.Exchange
	Old     settings.Old `json:"old"`
	Amounts map[Kind]int `json:"amounts"` // of documents; what articles cost is all of it
}

func (t *tally) counts() map[Kind]int {
	counts := map[Kind]int{}
	for _, l := range t.list() {
		counts[l.Kind] = l.N
	}
	return counts
}

// alone waits until nobody writes what is about to be converted, and keeps everybody who would waiting: a second
// conversion, an import that is confirmed, whoever saves an article. Reading goes on.
func alone(tx tenant.Tx) error {
	for _, tables := range []string{"settings", "runs", "products, variants", "quotes, discounts, shipping_modes, payment_modes, supply_orders"} {
		if err := tx.DB().Exec("lock table " + tables + " in exclusive mode").Error; err != nil {
			return fmt.Errorf("wait to convert: %w", err)
		}
	}
	return nil
}

// allowed refuses while something of the shop is promised or being written in the old currency.
func (s Service) allowed(tx tenant.Tx, x currency.Exchange) error {
	if err := transfer.Idle(tx); err != nil {
		return err
	}
	standing, err := quote.ListStanding(tx)
	if err != nil {
		return err
	}
	if n := len(standing); n > 0 {
		return ErrQuotes.With(fault.Args{"n": n, "numbers": strings.Join(standing[:min(n, maxNumbers)], ", ")})
	}
	weighed, err := catalog.Weigh(tx, x)
	if err != nil {
		return err
	}
	for _, w := range weighed {
		if w.TooLarge > 0 {
			return ErrTooLarge.With(fault.Args{"n": w.TooLarge})
		}
	}
	return nil
}

// maxNumbers is how many quotes a message names.
const maxNumbers = 10

func (s Service) write(tx tenant.Tx, who tenant.Actor, set *settings.Settings, p Plan, c *changes) error {
	if err := settings.SaveIn(tx, who, c.currencies, set.Rev(settings.NameCurrencies)); err != nil {
		return err
	}
	if rev := set.Rev(settings.NameProfiles); rev > 0 {
		if err := settings.SaveIn(tx, who, c.profiles, rev); err != nil {
			return err
		}
	}
	x := p.Exchange
	for _, m := range c.deliveries {
		if err := shipping.Rewrite(tx, who, m); err != nil {
			return err
		}
	}
	for _, m := range c.payments {
		if err := payment.Rescope(tx, who, m, m.Scope.Convert(x.Sum)); err != nil {
			return err
		}
	}
	for _, d := range c.discounts {
		if !d.Readable() {
			continue
		}
		if err := promotion.Convert(tx, who, d, x.To, x.Sum, d.Active); err != nil {
			return err
		}
	}
	for _, o := range c.supplies {
		if err := supply.Rewrite(tx, who, o, o.Convert(x.Sum)); err != nil {
			return err
		}
	}
	if err := catalog.Convert(tx, x); err != nil {
		return err
	}
	if err := supply.ConvertPrices(tx, x); err != nil {
		return err
	}
	if s.Quotes == nil {
		return nil
	}
	return s.Quotes.ConvertQuotes(tx, who, x)
}
