package settings

import (
	"context"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/currency"
)

// Quotes are the rates of a day, such as those of the European Central Bank.
type Quotes interface {
	// Rate is what one unit of a currency is worth in another; false when it is not quoted.
	Rate(from, to string) (decimal.Decimal, bool)
}

// Quoted is the document with the rates of a day in place of older ones, for the currencies whose source that
// is, and whether any of them is another. A currency that is not quoted keeps the rate it has.
func (d Currencies) Quoted(q Quotes, day time.Time) (Currencies, bool) {
	after, changed := d, false
	after.Display = make([]DisplayCurrency, len(d.Display))
	for i, x := range d.Display {
		if rate, ok := q.Rate(d.Management, x.Code); ok && x.Source == currency.ECB {
			changed = changed || x.Rate != rate.String()
			x.Rate, x.At = rate.String(), day
		}
		after.Display[i] = x
	}
	return after, changed
}

// RefreshRates brings the rates of a shop to those of a day. It writes nothing when they are the same.
func RefreshRates(ctx context.Context, shop *tenant.Shop, q Quotes, day time.Time) error {
	var stale bool
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		s, err := Load(tx)
		if err == nil {
			_, stale = s.Currencies.Quoted(q, day)
		}
		return err
	})
	if err != nil || !stale {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		s, err := Load(tx)
		if err != nil {
			return err
		}
		after, _ := s.Currencies.Quoted(q, day)
		return SaveIn(tx, tenant.ByProgram, after, s.Rev(NameCurrencies))
	})
}
