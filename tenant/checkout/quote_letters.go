package checkout

import (
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/quote"
)

// QuoteFacts tells what a letter says about a quote: what its customer may look at.
func (d *Desk) QuoteFacts(tx tenant.Tx, which notify.QuoteID, l i18n.Locale) (*notify.Order, error) {
	q, err := quote.Find(tx, id.As[quote.Quote](which))
	if err != nil {
		return nil, err
	}
	o := q.Shown()
	if o == nil {
		return nil, quote.ErrUnknown
	}
	r, err := d.rules(tx)
	if err != nil {
		return nil, err
	}
	if o, err = offerIn(tx, r.Settings, q, o, l); err != nil {
		return nil, err
	}
	s := lay(q, o)
	at := q.CreatedAt
	if q.SentAt != nil {
		at = *q.SentAt
	}
	f := &notify.Order{
		Quote: true, Number: q.Number, PlacedAt: at.In(r.Rules().Zone), Buyer: q.Name, Email: q.Email, Locale: q.Locale,
		Lines: s.lines(l), Totals: totalRows(s.Totals, l), BuyerNote: q.Message,
		URL:       d.Addresses.Quote(tx.Shop(), d.Quotes.Make(tx.Shop(), q)),
		OfficeURL: d.Addresses.OfficeQuote(tx.Shop(), q.ID), Until: day(l, o.Until),
	}
	if s.Later() {
		f.Aside = Words().T(l, "checkout.paper.later", nil)
	}
	if o.Priced != nil {
		f.Total = i18n.FormatMoney(l, o.Priced.Totals.ToPay)
	}
	return f, nil
}

// lines are the articles in the reader's language.
func (s *QuoteSheet) lines(l i18n.Locale) []notify.Line {
	lines := make([]notify.Line, len(s.Offer.Lines))
	for i, x := range s.Offer.Lines {
		lines[i] = notify.Line{Name: x.Name, Options: OptionsIn(x.Options, l), SKU: x.SKU, Qty: x.Qty}
		if i < len(s.Lines) {
			lines[i].Unit, lines[i].Total = i18n.FormatMoney(l, s.Lines[i].Unit), i18n.FormatMoney(l, s.Lines[i].Total)
		}
	}
	return lines
}

// day is a day written out, "" for none.
func day(l i18n.Locale, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return i18n.FormatDate(l, at, i18n.Long)
}
