package checkout

import (
	"context"
	"errors"
	"slices"
	"time"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/quote"
)

// CopyQuote begins a new quote for the same customer with what another one offers, at its prices; articles
// that are not for sale any more are left out. Errors: quote.ErrUnknown, quote.ErrCurrency.
func (d *Desk) CopyQuote(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which quote.ID) (*quote.Quote, error) {
	var made *quote.Quote
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		old, err := quote.Find(tx, which)
		if err != nil {
			return err
		}
		made = &quote.Quote{ID: id.New[quote.Quote](), Customer: old.Customer, Name: old.Name, Email: old.Email, Locale: old.Locale,
			Profile: old.Profile, Currency: old.Currency, Choices: old.Choices, Draft: old.Draft}
		made.Choices.Lock, made.Draft.Until = nil, time.Time{}
		made.Draft.Lines = slices.Clone(old.Draft.Lines)
		for i := range made.Draft.Lines {
			made.Draft.Lines[i].ID = id.New[cart.Line]()
		}
		if err := d.priceOffer(tx, made, &made.Draft); err != nil && !errors.Is(err, quote.ErrGone) {
			return err
		}
		made.Draft.Lines = slices.DeleteFunc(made.Draft.Lines, func(l quote.Line) bool { return !priced(made.Draft.Priced, l) })
		return begin(tx, who, made)
	})
	return made, err
}

func priced(p *pricing.Priced, l quote.Line) bool {
	return p != nil && slices.ContainsFunc(p.Lines, func(x pricing.PricedLine) bool { return x.ID == l.ID.String() })
}

// RenewQuote begins a new quote for the same customer with the articles of another one, at what he would pay for them
// in the shop today: the answer to one that was refused or is over, also when it was made in another currency. What
// sending costs is reckoned anew when it is ordered. Articles that cannot be had any more are left out, and named.
// Errors: quote.ErrUnknown.
func (d *Desk) RenewQuote(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which quote.ID) (made *quote.Quote, left []string, err error) {
	err = shop.Write(ctx, func(tx tenant.Tx) error {
		old, err := quote.Find(tx, which)
		if err != nil {
			return err
		}
		r, err := d.rules(tx)
		if err != nil {
			return err
		}
		made = &quote.Quote{ID: id.New[quote.Quote](), Customer: old.Customer, Name: old.Name, Email: old.Email, Locale: old.Locale,
			Profile: r.Rules().Profiles.Find(old.Profile).Code, Currency: r.Rules().Currency, Choices: old.Choices}
		made.Choices.Lock = nil
		if left, err = d.renew(tx, made, old.Draft.Lines); err != nil {
			return err
		}
		made.Draft.Remark = old.Draft.Remark
		return begin(tx, who, made)
	})
	return made, left, err
}

// renew puts articles on a new draft at today's prices, and gives the names of those that cannot be had.
func (d *Desk) renew(tx tenant.Tx, q *quote.Quote, lines []quote.Line) (left []string, err error) {
	c := &cart.Cart{ID: id.As[cart.Cart](q.ID), Customer: q.Customer, Locale: q.Locale, Profile: q.Profile, Choices: q.Choices, UpdatedAt: tx.Now()}
	for _, l := range lines {
		c.Lines = append(c.Lines, cart.Line{ID: id.New[cart.Line](), Variant: l.Variant, Extras: l.Extras, Qty: l.Qty, AddedAt: tx.Now()})
	}
	k, err := d.reckon(tx, c, promotion.Who{Customer: q.Customer, Email: q.Email}, q.Locale)
	if err != nil {
		return nil, err
	}
	for i, l := range k.view.Lines {
		if l.Price == nil {
			left = append(left, lines[i].Name)
		}
	}
	if k.view.Priced == nil {
		return left, nil
	}
	q.Draft, err = d.propose(tx, q, k)
	return left, err
}
