package checkout

import (
	"context"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/quote"
)

// PrepareQuote is Prepare for a quote: at the prices that were agreed, for the customer they were agreed
// with, whoever is looking. Version is the one the buyer has seen.
//
// Errors: quote.ErrLink, quote.ErrUnknown, quote.ErrExpired, quote.ErrRevised, quote.ErrClosed, quote.ErrCurrency.
func (d *Desk) PrepareQuote(ctx context.Context, shop *tenant.Shop, who Visitor, link string, version int, draft Draft) (*Sheet, error) {
	return d.prepare(ctx, shop, who, draft, func(tx tenant.Tx, s *Sheet) (*cart.Cart, error) {
		which, err := d.Quotes.Read(tx, link)
		if err != nil {
			return nil, err
		}
		if s.Quote, err = quote.Find(tx, which); err != nil {
			return nil, err
		}
		return d.agreed(tx, who, s.Quote, version)
	})
}

// agreed is the cart of what a quote offers, for a checkout. Errors: see PrepareQuote.
func (d *Desk) agreed(tx tenant.Tx, who Visitor, q *quote.Quote, version int) (*cart.Cart, error) {
	if err := q.Orderable(version); err != nil {
		return nil, err
	}
	r, err := d.rules(tx)
	if err != nil {
		return nil, err
	}
	if q.Currency != r.Rules().Currency {
		return nil, quote.ErrCurrency
	}
	c := q.Cart(q.Sent)
	who.look(c)
	c.Profile = q.Profile
	return c, nil
}

// address fills in what a quote knows of its customer and the buyer has not said.
func (s *Sheet) address() {
	if s.Quote == nil {
		return
	}
	if s.Draft.Email == "" {
		s.Draft.Email = s.Quote.Email
	}
	if s.Draft.Delivery.IsZero() {
		s.Draft.Delivery.Name = s.Quote.Name
	}
}

// KeepRates keeps the rates a checkout of a quote goes by (CUR-04). Errors: quote.ErrLink, quote.ErrUnknown.
func (d *Desk) KeepRates(ctx context.Context, shop *tenant.Shop, link string, rates *currency.Lock) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		which, err := d.Quotes.Read(tx, link)
		if err != nil {
			return err
		}
		q, err := quote.Lock(tx, which)
		if err != nil {
			return err
		}
		q.Choices.Lock = rates
		return quote.Choose(tx, q)
	})
}

// quoted locks the quote that is ordered, and makes its cart. Errors: those of PrepareQuote.
func (p *placing) quoted(tx tenant.Tx) (*cart.Cart, error) {
	which, err := p.desk.Quotes.Read(tx, p.cmd.Quote)
	if err != nil {
		return nil, err
	}
	if p.quote, err = quote.Lock(tx, which); err != nil {
		return nil, err
	}
	return p.desk.agreed(tx, p.who, p.quote, p.cmd.Version)
}

// accepted tells the merchant that a quote has become this order, by letter and on its timeline.
func (p *placing) accepted(tx tenant.Tx, shop i18n.Locale) error {
	if p.quote == nil {
		return nil
	}
	note := Words().T(shop, "checkout.from_quote", map[string]any{"number": p.quote.Number})
	err := order.Happen(tx, p.order.ID, order.Happening{Kind: order.Noted, Actor: tenant.ByProgram, Note: note})
	if err != nil {
		return err
	}
	return p.desk.Post.Put(tx, notify.Letter{Kind: notify.QuoteAccepted, To: notify.Staff, Locale: shop, Quote: subjectOf(p.quote)})
}

// QuoteSheet is a quote as its customer sees it.
type QuoteSheet struct {
	Quote *quote.Quote
	Link  string
	// Offer is what he was offered, else what he asked for; Lines and Totals lay it out.
	Offer  *quote.Offer
	Lines  []bill.Line
	Totals []bill.Total
	// Order opens the page of the order it became, "" for none.
	Order string
}

// Later tells that the price of sending is not in it: it is reckoned when the quote is ordered.
func (s *QuoteSheet) Later() bool {
	if s.Offer.Carriage != nil || s.Offer.Priced == nil {
		return false
	}
	for i := range s.Offer.Priced.Lines {
		if s.Offer.Priced.Lines[i].Physical {
			return true
		}
	}
	return false
}

// lay lays an offer out.
func lay(q *quote.Quote, o *quote.Offer) *QuoteSheet {
	s := &QuoteSheet{Quote: q, Offer: o}
	if o.Priced != nil {
		s.Lines, s.Totals = bill.Lines(o.Priced), bill.Totals(o.Priced)
	}
	return s
}

// ShowQuote is the quote behind a signed link. Errors: quote.ErrLink; quote.ErrUnknown, also for one the
// merchant has begun and not sent.
func (d *Desk) ShowQuote(ctx context.Context, shop *tenant.Shop, link string) (*QuoteSheet, error) {
	var s *QuoteSheet
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		which, err := d.Quotes.Read(tx, link)
		if err != nil {
			return err
		}
		q, err := quote.Find(tx, which)
		if err != nil {
			return err
		}
		o := q.Shown()
		if o == nil {
			return quote.ErrUnknown
		}
		s = lay(q, o)
		if s.Link = link; q.Order.IsZero() {
			return nil
		}
		placed, err := order.Find(tx, q.Order)
		if err == nil {
			s.Order = d.Links.Make(tx.Shop(), placed.ID, placed.PlacedAt)
		}
		return err
	})
	return s, err
}

// OwnQuote is a quote in its customer's list.
type OwnQuote struct {
	quote.Row
	Link string
}

// ListOwnQuotes is one page of the quotes of a signed-in customer; next is where the following one begins, ""
// for none.
func (d *Desk) ListOwnQuotes(ctx context.Context, shop *tenant.Shop, who Visitor, after string, limit int) (list []OwnQuote, next string, err error) {
	if who.Customer.IsZero() {
		return nil, "", nil
	}
	err = shop.Read(ctx, func(tx tenant.Tx) error {
		page, err := quote.List(tx, quote.Filter{Customer: who.Customer, After: after, Limit: limit})
		for _, r := range page.Rows {
			list = append(list, OwnQuote{r, d.Quotes.Make(shop, &quote.Quote{ID: r.ID, CreatedAt: r.CreatedAt})})
		}
		next = page.Next
		return err
	})
	return list, next, err
}

// RefuseQuote is the customer's no to the version he has seen; the merchant is told, and why.
// Errors: quote.ErrLink, quote.ErrUnknown, quote.ErrExpired, quote.ErrRevised, quote.ErrClosed; refused field "reason".
func (d *Desk) RefuseQuote(ctx context.Context, shop *tenant.Shop, who Visitor, link string, version int, reason string) error {
	var c form.Checker
	if reason = c.Block("reason", reason, quote.MaxReason); c.Err() != nil {
		return c.Err()
	}
	var which quote.ID
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
		which, err = d.Quotes.Read(tx, link)
		return err
	})
	if err != nil {
		return err
	}
	_, err = d.onQuote(ctx, shop, who.Actor(), which, "quote.refused", func(tx tenant.Tx, q *quote.Quote) error {
		if err := q.Orderable(version); err != nil {
			return err
		}
		if err := q.Refuse(reason); err != nil {
			return err
		}
		r, err := d.rules(tx)
		if err != nil {
			return err
		}
		return d.Post.Put(tx, notify.Letter{Kind: notify.QuoteRefused, To: notify.Staff, Locale: r.Languages.Default, Quote: subjectOf(q),
			Words: noted(reason)})
	})
	return err
}
