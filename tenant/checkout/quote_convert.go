package checkout

import (
	"errors"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/quote"
)

// ConvertQuotes puts what the merchant has not answered yet into another management currency and prices it anew,
// in the unit of work that has changed everything else (CUR-01). What a customer was offered keeps its currency.
func (d *Desk) ConvertQuotes(tx tenant.Tx, who tenant.Actor, x currency.Exchange) error {
	list, err := quote.ListUnsent(tx)
	if err != nil {
		return err
	}
	for _, q := range list {
		before := briefOf(q)
		q.Currency, q.Choices.Lock = x.To, nil
		q.Draft = q.Draft.Convert(x.To, x.Sum)
		offers := []*quote.Offer{&q.Draft}
		if q.Asked != nil {
			asked := q.Asked.Convert(x.To, x.Sum)
			q.Asked = &asked
			offers = append(offers, q.Asked)
		}
		for _, o := range offers {
			if err := d.priceOffer(tx, q, o); err != nil && !errors.Is(err, quote.ErrGone) {
				return err
			}
		}
		if err := quote.Recast(tx, q); err != nil {
			return err
		}
		if err := tx.Record(who, "quote.converted", journal(q), before, briefOf(q)); err != nil {
			return err
		}
	}
	return nil
}
