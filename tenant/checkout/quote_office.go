package checkout

import (
	"context"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/quote"
)

// QuoteEdit is a draft of an offer as somebody in the office saved it.
type QuoteEdit struct {
	Rev      int
	Lines    []QuoteLine // those left out, or with no pieces, go
	Add      string      // SKU, barcode or code of an article to put on it, "" for none
	Chosen   *Chosen     // of that article; nil while nobody has been asked
	Remark   string
	Until    time.Time       // last day, midnight UTC; zero for the shop's days from when it is sent
	Carriage string          // id of a shipping mode whose price is offered, "" for none
	Cost     decimal.Decimal // of Carriage, on the side the buyer sees shipping
}

// QuoteLine is one line of a QuoteEdit, at the price of a piece on the side the line has.
type QuoteLine struct {
	ID   cart.LineID
	Qty  int
	Unit decimal.Decimal
}

// SaveQuote changes the draft of a quote, and prices it. The customer sees nothing of it until it is sent.
//
// Errors: quote.ErrUnknown; quote.ErrClosed for one that became an order; quote.ErrStale; refused fields
// "qty.ID" and "unit.ID" by the line, "add" (quote.ErrChoose where QuoteChoice has questions), "option.CODE" and
// "extra.CODE" by the question, "until", "carriage", "cost", "remark"; quote.ErrGone.
func (d *Desk) SaveQuote(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which quote.ID, e QuoteEdit) (*quote.Quote, error) {
	return d.onQuote(ctx, shop, who, which, "quote.saved", func(tx tenant.Tx, q *quote.Quote) error {
		if !q.Open() {
			return quote.ErrClosed
		}
		if q.Rev != e.Rev {
			return quote.ErrStale
		}
		if err := d.editOffer(tx, q, e); err != nil {
			return err
		}
		return d.priceOffer(tx, q, &q.Draft)
	})
}

// SendQuote offers the draft to the customer: the version counts one up, he gets a letter with the paper, and
// whatever he was offered before cannot be accepted any more.
//
// Errors: quote.ErrUnknown; a refused state; quote.ErrStale; quote.ErrEmpty; quote.ErrGone; quote.ErrPast on "until".
func (d *Desk) SendQuote(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which quote.ID, rev int) (*quote.Quote, error) {
	return d.onQuote(ctx, shop, who, which, "quote.sent", func(tx tenant.Tx, q *quote.Quote) error {
		if q.Rev != rev {
			return quote.ErrStale
		}
		today, err := quote.Today(tx)
		if err != nil {
			return err
		}
		if q.Draft.Until.IsZero() {
			r, err := d.rules(tx)
			if err != nil {
				return err
			}
			q.Draft.Until = today.AddDate(0, 0, r.Quoting.Days)
		}
		switch {
		case len(q.Draft.Lines) == 0:
			return quote.ErrEmpty
		case q.Draft.Until.Before(today):
			return quote.ErrPast.On("until")
		}
		if err := d.priceOffer(tx, q, &q.Draft); err != nil {
			return err
		}
		if err := q.Offer(tx.Now()); err != nil {
			return err
		}
		return d.Post.Put(tx, notify.Letter{Kind: notify.QuoteSent, To: notify.Buyer, Locale: q.Locale, Quote: subjectOf(q),
			Words: noted(q.Sent.Remark)})
	})
}

// DeclineQuote refuses a quote on the merchant's side, and tells the customer why.
// Errors: quote.ErrUnknown; a refused state; refused field "reason".
func (d *Desk) DeclineQuote(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which quote.ID, reason string) (*quote.Quote, error) {
	var c form.Checker
	if reason = c.Block("reason", reason, quote.MaxReason); c.Err() != nil {
		return nil, c.Err()
	}
	return d.onQuote(ctx, shop, who, which, "quote.declined", func(tx tenant.Tx, q *quote.Quote) error {
		if err := q.Refuse(reason); err != nil {
			return err
		}
		if q.Shown() == nil {
			return nil // he never heard of it
		}
		return d.Post.Put(tx, notify.Letter{Kind: notify.QuoteDeclined, To: notify.Buyer, Locale: q.Locale, Quote: subjectOf(q),
			Words: noted(reason)})
	})
}

// begin writes a quote that nobody has asked for.
func begin(tx tenant.Tx, who tenant.Actor, q *quote.Quote) error {
	if err := quote.Insert(tx, q, "office:"+q.ID.String()); err != nil {
		return err
	}
	return tx.Record(who, "quote.begun", journal(q), nil, briefOf(q))
}

// onQuote locks a quote, changes it, writes it and its line of the journal.
func (d *Desk) onQuote(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which quote.ID, what string,
	change func(tenant.Tx, *quote.Quote) error) (*quote.Quote, error) {
	var q *quote.Quote
	err := shop.Write(ctx, func(tx tenant.Tx) (err error) {
		if q, err = quote.Lock(tx, which); err != nil {
			return err
		}
		before := briefOf(q)
		if err := change(tx, q); err != nil {
			return err
		}
		if err := quote.Save(tx, q); err != nil {
			return err
		}
		return tx.Record(who, what, journal(q), before, briefOf(q))
	})
	return q, err
}

// editOffer lays an edit over the draft.
func (d *Desk) editOffer(tx tenant.Tx, q *quote.Quote, e QuoteEdit) error {
	r, err := d.rules(tx)
	if err != nil {
		return err
	}
	today, err := quote.Today(tx)
	if err != nil {
		return err
	}
	var c form.Checker
	o := &q.Draft
	o.Remark = c.Block("remark", e.Remark, quote.MaxRemark)
	if o.Until = e.Until; o.Until.After(today.AddDate(0, 0, quote.MaxDays)) {
		c.Refuse("until", quote.ErrDay.Key(), fault.Args{"days": quote.MaxDays})
	}
	o.Lines = editLines(&c, q, e.Lines)
	o.Carriage = r.carriageOf(&c, q, e)
	if err := c.Err(); err != nil || e.Add == "" {
		return err
	}
	if len(o.Lines) >= cart.MaxLines {
		return cart.ErrFull.With(fault.Args{"max": cart.MaxLines}).On("add")
	}
	return d.addArticle(tx, q, e)
}

func editLines(c *form.Checker, q *quote.Quote, edited []QuoteLine) []quote.Line {
	var kept []quote.Line
	for _, l := range q.Draft.Lines {
		at := slices.IndexFunc(edited, func(e QuoteLine) bool { return e.ID == l.ID })
		if at < 0 || edited[at].Qty == 0 {
			continue
		}
		if l.Qty = edited[at].Qty; l.Qty < 0 || l.Qty > cart.MaxQty {
			c.Refuse("qty."+l.ID.String(), cart.ErrQty.Key(), fault.Args{"max": cart.MaxQty})
		}
		if l.Unit.Amount = money.New(edited[at].Unit, q.Currency); !storable(l.Unit.Amount) {
			c.Refuse("unit."+l.ID.String(), quote.ErrPrice.Key(), nil)
		}
		kept = append(kept, l)
	}
	return kept
}

// mostUnit is far above any price, and low enough that a line's total fits its column.
var mostUnit = decimal.NewFromInt(10_000_000)

// storable accepts what a price column holds.
func storable(a money.Amount) bool {
	return !a.IsNegative() && a.Decimal().LessThanOrEqual(mostUnit) && a.Equal(a.RoundTo(money.MaxPlaces, money.Down))
}

// carriageOf is the way to send that an edit offers at a price; nil for none.
func (r *rules) carriageOf(c *form.Checker, q *quote.Quote, e QuoteEdit) *cart.Carriage {
	if e.Carriage == "" {
		return nil
	}
	known := false
	for _, t := range r.delivery.Tariffs {
		known = known || t.ID == e.Carriage
	}
	if !known {
		c.Refuse("carriage", ErrShipping.Key(), nil)
	}
	cost := money.New(e.Cost, q.Currency)
	if !storable(cost) || !cost.Equal(cost.Round(money.HalfUp)) {
		c.Refuse("cost", quote.ErrPrice.Key(), nil)
	}
	side := r.Rules().Profiles.Find(q.Profile).View(r.Rules().View).Shipping
	return &cart.Carriage{Mode: e.Carriage, Price: pricing.Price{Amount: cost, IncludesTax: side != pricing.Net}}
}

// noted are the words of a letter somebody wrote something in.
func noted(text string) map[string]string {
	if text == "" {
		return nil
	}
	return map[string]string{"note": text}
}

func journal(q *quote.Quote) string { return "quote/" + q.ID.String() }

// brief is a quote as the journal keeps it: without what can be read on it, and without who asked for it.
type brief struct {
	Number  string      `json:"number"`
	State   quote.State `json:"state"`
	Version int         `json:"version"`
	Draft   quote.Offer `json:"draft"`
	Reason  string      `json:"reason,omitempty"`
}

func briefOf(q *quote.Quote) brief {
	b := brief{Number: q.Number, State: q.State, Version: q.Version, Draft: q.Draft, Reason: q.Reason}
	b.Draft.Priced = nil
	return b
}
