package checkout

import (
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/pricing"
)

// requested is the order a request becomes, priced and taxed by the steps that carts go through; discounts and fees have no part in
// it, since the merchant typed what he wants.
func (r *rules) requested(tx tenant.Tx, cmd PayRequest) (*order.Order, error) {
	base, now := r.Rules().Currency, tx.Now()
	who, as, err := r.buyerOf(tx, cmd.Email)
	if err != nil {
		return nil, err
	}
	billing := address.Address{Name: cmd.Name, Country: cmd.Country, Postcode: cmd.Postcode}
	b := pricing.Basket{Currency: base, View: as.View(r.Rules().View), At: now, Customer: who.String(), Profile: as.Priced(), Destination: place(billing)}
	for _, l := range cmd.Lines {
		b.Lines = append(b.Lines, pricing.Line{ID: id.New[order.Line]().String(), Name: l.Text, Qty: 1, Class: l.Class,
			Unit: pricing.Price{Amount: r.amountOf(l), IncludesTax: cmd.Gross}})
	}
	p, err := pricing.Pipeline{pricing.Shelf{}, r.Rules().Tax}.Price(b)
	if err != nil {
		return nil, err
	}
	total := p.Totals.ToPay
	record, err := currency.Lock{Rates: r.Rules().Rates, At: now}.Record(total, total, currency.Rounding{}, base)
	if err != nil {
		return nil, err
	}
	zero := money.Zero(base)
	o := &order.Order{
		ID: id.New[order.Order](), State: order.Placed, Customer: who, Guest: who.IsZero(), Email: cmd.Email, Buyer: cmd.Name, Locale: cmd.Locale,
		Profile: string(as.Code), Billing: billing, Currency: base, Currencies: record, GoodsNet: p.Totals.Goods.Net, ShippingNet: zero,
		Tax: p.Totals.Tax, Total: total, Paid: zero, Refunded: zero, Priced: p, PlacedAt: now, UpdatedAt: now,
		Request: &order.Request{Due: cmd.Due, Note: cmd.Note, Repeat: cmd.repeated()},
	}
	for i, l := range p.Lines {
		line, err := id.Parse[order.Line](b.Lines[i].ID)
		if err != nil {
			return nil, err
		}
		o.Lines = append(o.Lines, order.Line{ID: line, Name: b.Lines[i].Name, Qty: 1, Unit: b.Lines[i].Unit.Amount, Gross: cmd.Gross,
			Net: l.Total.Net, TaxRate: l.Rate.Percent(), Tax: l.Total.Tax, Total: l.Total.Gross})
	}
	return o, nil
}
