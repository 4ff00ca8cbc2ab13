package pricelist

import (
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/settings"
)

// Past is a price a variant had until a moment. The words are those of the column variants.past_prices.
type Past struct {
	Price     decimal.Decimal `json:"price"`
	Announced bool            `json:"announced,omitempty"` // another price stood crossed out beside it
	Until     time.Time       `json:"until"`
}

const (
	// Window is how far the law looks back from the beginning of a reduction (Directive 98/6/EC, art. 6a(2)).
	Window = 30 * 24 * time.Hour
	// Remembered is how long a past price can still matter.
	Remembered = settings.PricesRemembered
)

// Span is a price asked during a time; Until is the first instant after it. Announced is a reduction.
type Span struct {
	From, Until time.Time
	Currency    string // as in Offer
	Price       decimal.Decimal
	Announced   bool
}

// Lowest is the lowest price asked of a buyer, in the currency he is asked in now, in the 30 days before what holds at an instant began to hold, as
// a price or as a reduction that is announced; false when there was none before. A price that goes down again
// during a sale begins anew: the exception of article 6a(5) for reductions in steps is not made use of.
func Lowest(rules []Rule, own Own, b Buyer, at time.Time) (decimal.Decimal, bool) {
	spans := History(rules, own, b, at)
	if len(spans) == 0 {
		return decimal.Zero, false
	}
	now := spans[len(spans)-1]
	lowest, found := decimal.Zero, false
	for _, s := range spans[:len(spans)-1] {
		if s.Currency == now.Currency && s.Until.After(now.From.Add(-Window)) && (!found || s.Price.LessThan(lowest)) {
			lowest, found = s.Price, true
		}
	}
	return lowest, found
}

// Crossed is what may stand crossed out beside the price of an offer, nil for nothing: the lower of what the
// merchant says was asked and of the lowest price of the 30 days before.
func Crossed(rules []Rule, own Own, b Buyer, at time.Time) *decimal.Decimal {
	o := Resolve(rules, own, b, at)
	if o.CompareAt == nil {
		return nil
	}
	was := *o.CompareAt
	if lowest, ok := Lowest(rules, own, b, at); ok && lowest.LessThan(was) {
		was = lowest
	}
	if !was.GreaterThan(o.Price) {
		return nil
	}
	return &was
}

// History is the prices of a variant for a buyer up to an instant, the oldest first, neighbours of one price
// being one span. Prices before the variant was made are not known.
func History(rules []Rule, own Own, b Buyer, at time.Time) []Span {
	moments := changes(rules, own, at)
	var spans []Span
	for i, from := range moments {
		until := at.Add(1) // the instant itself belongs to the last span
		if i+1 < len(moments) {
			until = moments[i+1]
		}
		o := Resolve(rules, own.asOf(from), b, from)
		span := Span{From: from, Until: until, Currency: o.Currency, Price: o.Price, Announced: o.CompareAt != nil && o.CompareAt.GreaterThan(o.Price)}
		if n := len(spans); n > 0 && spans[n-1].continues(span) {
			spans[n-1].Until = until
			continue
		}
		spans = append(spans, span)
	}
	return spans
}

func (s Span) continues(o Span) bool {
	return s.Currency == o.Currency && s.Announced == o.Announced && s.Price.Equal(o.Price)
}

// asOf is the variant as it was at an instant.
func (o Own) asOf(t time.Time) Own {
	var until time.Time
	for _, p := range o.Past {
		if t.Before(p.Until) && (until.IsZero() || p.Until.Before(until)) {
			until, o.Price, o.CompareAt = p.Until, p.Price, nil
			if p.Announced {
				above := p.Price.Add(decimal.NewFromInt(1)) // how much was announced no longer matters
				o.CompareAt = &above
			}
		}
	}
	return o
}

func amount(d decimal.Decimal, c money.Currency) money.Amount { return money.New(d, c) }
