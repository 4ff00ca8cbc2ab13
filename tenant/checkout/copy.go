package checkout

import (
	"strings"
	"time"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// order copies everything an order shows, in the buyer's language. The draft must have been checked.
func (k *reckoning) order(who Visitor, d Draft, offer *payment.Offer, three currency.Record, now time.Time) *order.Order {
	p := k.view.Priced
	zero := money.Zero(k.rules.Rules().Currency)
	o := &order.Order{
		ID: id.New[order.Order](), State: order.Placed, Customer: who.Customer, Email: d.Email, Buyer: d.Billing.Name,
		Locale: who.Locale, Profile: string(k.profile().Code), Billing: d.Billing, Delivery: d.Delivery,
		Currency: k.rules.Rules().Currency, Currencies: three,
		GoodsNet:    p.Totals.Goods.Add(p.Totals.Discounts).Net,
		ShippingNet: p.Totals.Shipping.Add(p.Totals.ShippingDiscounts).Add(p.Totals.Insurance).Net,
		Tax:         p.Totals.Tax, Total: p.Totals.ToPay, Paid: zero, Refunded: zero,
		Lines: k.lines(), Priced: p, Advance: k.advance(d), BuyerNote: d.Note, PlacedAt: now, UpdatedAt: now,
	}
	phone(o, d.Phone)
	for _, t := range k.rules.delivery.Tariffs {
		if t.ID == d.Shipping && k.basket.NeedsShipping() {
			o.Shipping = order.Choice{Mode: t.ID, Kind: t.Calculator, Label: t.Name.In(who.Locale, k.rules.Languages.Default)}
		}
	}
	if offer != nil {
		o.Payment = chosen(*offer, o, k.rules.Languages.Default)
		o.Test = offer.Test
	}
	return o
}

// phone puts the buyer's number where the carrier looks for it.
func phone(o *order.Order, number string) {
	to := &o.Delivery
	if o.Delivery.IsZero() {
		to = &o.Billing
	}
	if to.Phone == "" {
		to.Phone = number
	}
}

// lines copies the lines: the goods as they are called today, the figures as they were priced.
func (k *reckoning) lines() []order.Line {
	lines := make([]order.Line, 0, len(k.view.Lines))
	for _, l := range k.view.Lines {
		p := l.Price
		lines = append(lines, order.Line{
			ID: id.New[order.Line](), Product: l.Good.Product, Variant: l.Variant, SKU: l.Good.SKU, Name: l.Good.Name,
			Options: options(l.Good.Options), Qty: l.Qty, Unit: p.Entered.Amount, Gross: p.Entered.IncludesTax,
			Net: p.Total.Net, TaxRate: p.Rate.Percent(), Tax: p.Total.Tax, Total: p.Total.Gross,
			Physical: l.Good.Physical, Expected: l.Good.Expected, MediaKey: picture(l.Good),
		})
	}
	return lines
}

func options(list []cart.Option) string {
	parts := make([]string, len(list))
	for i, o := range list {
		parts[i] = o.Name + ": " + o.Value
	}
	return strings.Join(parts, ", ")
}

// picture is the smallest picture there is: the order shows it at the size of a stamp.
func picture(g cart.Good) string {
	if g.Picture == nil {
		return ""
	}
	key, width := g.Picture.Key, 0
	for _, s := range g.Picture.Sizes {
		if width == 0 || s.Width < width {
			key, width = s.Key, s.Width
		}
	}
	return key
}
