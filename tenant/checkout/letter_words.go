package checkout

import (
	"errors"
	"slices"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/stock"
)

// An order and a quote keep the words their buyer read. Staff reads another language: a letter to it calls articles,
// options and modes what the shop calls them in that one today, and what is no longer known by the words that were kept.

// orderIn is an order in the words of a language.
func (d *Desk) orderIn(tx tenant.Tx, s *settings.Settings, o *order.Order, l i18n.Locale) (*order.Order, error) {
	if l.Language() == o.Locale.Language() {
		return o, nil
	}
	in := *o
	in.Lines = slices.Clone(o.Lines)
	variants := make([]stock.VariantID, len(o.Lines))
	for i, line := range o.Lines {
		variants[i] = line.Variant
	}
	goods, err := cart.ReadGoodsOf(tx, s, variants, l)
	if err != nil {
		return nil, err
	}
	for i := range in.Lines {
		line := &in.Lines[i]
		line.Name, line.Options = called(goods, cart.Line{Variant: line.Variant, Extras: o.Extras(i)}, line.Name, line.Options)
	}
	if mode, err := id.Parse[shipping.Mode](o.Shipping.Mode); err == nil {
		switch found, err := shipping.FindMode(tx, mode); {
		case err == nil:
			in.Shipping.Label = found.Name.In(l, s.Languages.Default)
		case !errors.Is(err, shipping.ErrMode):
			return nil, err
		}
	}
	if mode, ok := modeOf(o); ok {
		switch found, err := d.Modes.Find(tx, mode); {
		case err == nil:
			in.Payment.Label = found.Names.In(l, s.Languages.Default)
		case !errors.Is(err, payment.ErrMode):
			return nil, err
		}
	}
	return &in, nil
}

// offerIn is what a quote offers in the words of a language.
func offerIn(tx tenant.Tx, s *settings.Settings, q *quote.Quote, o *quote.Offer, l i18n.Locale) (*quote.Offer, error) {
	if l.Language() == q.Locale.Language() {
		return o, nil
	}
	in := *o
	in.Lines = slices.Clone(o.Lines)
	variants := make([]stock.VariantID, len(o.Lines))
	for i, line := range o.Lines {
		variants[i] = line.Variant
	}
	goods, err := cart.ReadGoodsOf(tx, s, variants, l)
	if err != nil {
		return nil, err
	}
	for i := range in.Lines {
		line := &in.Lines[i]
		line.Name, line.Options = called(goods, cart.Line{Variant: line.Variant, Extras: line.Extras}, line.Name, line.Options)
	}
	return &in, nil
}

// called is what a line is called among goods; the words that were kept where they do not tell.
func called(goods map[stock.VariantID]cart.Good, line cart.Line, name, chosen string) (string, string) {
	good, problem := line.Of(goods)
	if good.Name != "" {
		name = good.Name
	}
	if problem == cart.NoProblem {
		chosen = options(good.Options)
	}
	return name, chosen
}
