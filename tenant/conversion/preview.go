package conversion

import (
	"errors"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/supply"
	"echoppe.dev/tenant/transfer"
)

// Preview tells what Convert would do; nothing is written. Names are in the reader's language, as far as they are.
//
// Errors: refused fields "to", "rate", "step", "ending".
func (s Service) Preview(tx tenant.Tx, l i18n.Locale, p Plan) (*Preview, error) {
	set, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	p.Exchange.From = set.Rules().Currency
	if err := p.Exchange.Check(); err != nil {
		return nil, err
	}
	x, t := p.Exchange, newTally(p.Exchange)
	v := &Preview{Plan: p, Rev: set.Rev(settings.NameCurrencies)}
	if err := v.articles(tx, l, t); err != nil {
		return nil, err
	}
	c, err := s.prepare(tx, set, p, t)
	if err != nil {
		return nil, err
	}
	v.Blocked, v.Unknown = append(v.Blocked, c.blocked...), c.unknown
	err = catalog.Rehearse(tx, x.To, func(code string) catalog.Put {
		return catalog.Put{Price: t.of(Rules, code, x.Price), Extra: t.of(Extras, code, x.Sum)}
	})
	if err != nil {
		return nil, err
	}
	err = supply.EachPrice(tx, func(sku string, price decimal.Decimal) { t.of(Suppliers, sku, x.Sum)(price) })
	if err != nil {
		return nil, err
	}
	if v.Quotes, err = quote.CountUnsent(tx); err != nil {
		return nil, err
	}
	if v.Stand, err = quote.ListStanding(tx); err != nil {
		return nil, err
	}
	if err := transfer.Idle(tx); errors.Is(err, transfer.ErrBusy) {
		v.Busy = true
	} else if err != nil {
		return nil, err
	}
	v.Lines, v.Odd = t.list(), append(v.Odd, t.odd...)
	return v, nil
}

// articles weighs what variants cost, and shows some of them.
func (v *Preview) articles(tx tenant.Tx, l i18n.Locale, t *tally) error {
	x := v.Exchange
	weighed, err := catalog.Weigh(tx, x)
	if err != nil {
		return err
	}
	for _, w := range weighed {
		*t.line(Kind(w.Kind)) = Line{Kind: Kind(w.Kind), N: w.N, Before: money.New(w.Before, x.From), After: money.New(w.After, x.To),
			Zeros: w.Zeros, Coarse: w.Coarse}
		if w.TooLarge > 0 {
			v.Blocked = append(v.Blocked, Blocked{Kind(w.Kind), "", ErrTooLarge.With(fault.Args{"n": w.TooLarge})})
		}
	}
	for _, some := range []struct {
		odd   bool
		limit int
		into  *[]Named
	}{{false, maxSamples, &v.Samples}, {true, maxOdd, &v.Odd}} {
		list, err := catalog.Sample(tx, x, l, some.odd, some.limit)
		if err != nil {
			return err
		}
		for _, r := range list {
			name := r.SKU
			if r.Name != "" {
				name = r.Name + " (" + r.SKU + ")"
			}
			*some.into = append(*some.into, Named{Prices, name, money.New(r.Before, x.From), money.New(r.After, x.To)})
		}
	}
	return nil
}
