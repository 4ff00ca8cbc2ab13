package checkout

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/quote"
)

// propose is a priced cart as an offer: a piece of each line is its part of what the line costs after every
// discount, on the side its buyer sees. Nothing is reckoned here that the pipeline has not said.
//
// A gross price that was taxed abroad contains another rate than the shop's prices do; where it would not be
// worth the same when it is entered, the net price is what was proposed.
func (d *Desk) propose(tx tenant.Tx, q *quote.Quote, k *reckoning) (quote.Offer, error) {
	o := k.proposal(k.each)
	if err := d.priceOffer(tx, q, &o); err != nil || k.agrees(&o) {
		return o, err
	}
	o = k.proposal(func(l *cart.LineView) pricing.Price { return share(l, pricing.Net) })
	return o, d.priceOffer(tx, q, &o)
}

// each is the price of a piece that is proposed. Where its part of an untouched line has fractions of a cent (79.00
// with tax are 65.83 without, and two of them 131.67), it is what was entered: the quote says what the cart said.
func (k *reckoning) each(l *cart.LineView) pricing.Price {
	part := share(l, k.basket.View.Goods)
	if !part.Amount.Equal(part.Amount.Round(money.HalfUp)) && l.Price.Discount.IsZero() {
		return l.Price.Entered
	}
	return part
}

// share is the part one piece has in what its line costs.
func share(l *cart.LineView, side pricing.Side) pricing.Price {
	each := l.Price.Total.In(side).Div(decimal.NewFromInt(int64(l.Qty))).RoundTo(money.MaxPlaces, money.HalfUp)
	return pricing.Price{Amount: each, IncludesTax: side == pricing.Gross}
}

// proposal is the cart as an offer, a piece of each line at a price.
func (k *reckoning) proposal(price func(*cart.LineView) pricing.Price) quote.Offer {
	var o quote.Offer
	for i := range k.view.Lines {
		l := &k.view.Lines[i]
		if l.Price == nil {
			continue
		}
		unit := price(l)
		o.Lines = append(o.Lines, quote.Line{ID: l.ID, Variant: l.Variant, Product: l.Good.Product, Extras: k.cart.Lines[i].Extras,
			SKU: l.Good.SKU, Name: l.Good.Name, Options: options(l.Good.Options), MediaKey: picture(l.Good), Qty: l.Qty,
			Unit: unit, Proposed: unit})
	}
	return o
}

// agrees tells whether the lines of an offer cost what those of the cart do, but for a cent of rounding, and
// for what a unit price loses beyond its last decimal, as often as there are pieces.
func (k *reckoning) agrees(o *quote.Offer) bool {
	cent := money.FromMinor(1, k.basket.Currency)
	last := money.New(decimal.New(1, -money.MaxPlaces), k.basket.Currency)
	for i := range o.Priced.Lines {
		for _, l := range k.view.Lines {
			if l.Price == nil || l.ID.String() != o.Priced.Lines[i].ID {
				continue
			}
			if o.Priced.Lines[i].Total.Gross.Sub(l.Price.Total.Gross).Abs().Cmp(cent.Add(last.MulInt(int64(l.Qty)))) > 0 {
				return false
			}
		}
	}
	return true
}

// priceOffer runs the pipeline over an offer, for the customer it is made for.
//
// Errors: quote.ErrGone for an article that is not for sale any more; what is left is priced all the same.
// quote.ErrCurrency.
func (d *Desk) priceOffer(tx tenant.Tx, q *quote.Quote, o *quote.Offer) error {
	o.Priced = nil
	if len(o.Lines) == 0 {
		return nil
	}
	k, err := d.reckonQuote(tx, q, o)
	if err != nil {
		return err
	}
	o.Priced = k.view.Priced
	for i, l := range k.view.Lines {
		if l.Price == nil {
			return quote.ErrGone.With(fault.Args{"name": o.Lines[i].Name})
		}
	}
	return nil
}

// reckonQuote prices an offer as a cart of its own. Errors: quote.ErrCurrency.
func (d *Desk) reckonQuote(tx tenant.Tx, q *quote.Quote, o *quote.Offer) (*reckoning, error) {
	r, err := d.rules(tx)
	if err != nil {
		return nil, err
	}
	if q.Currency != r.Rules().Currency {
		return nil, quote.ErrCurrency
	}
	return d.reckon(tx, q.Cart(o), promotion.Who{Customer: q.Customer, Email: q.Email}, q.Locale)
}
