package checkout

import (
	"context"
	"errors"
	"log/slog"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/tax"
)

// ErrTrialOpen: the mode's bank could not be called, and why.
var ErrTrialOpen = fault.New(fault.Upstream, "checkout.trial_unopened")

// Tester is the merchant who tries a payment mode with his own card.
type Tester struct {
	Actor  tenant.Actor
	Name   string
	Email  string
	Locale i18n.Locale
}

// TryMode begins a small payment with a mode, whether buyers are offered it or not, and gives the address of the page on
// which the merchant pays it as a buyer would: by the same port, with the same notices, and with real money unless the mode is in
// test (PAY-06). The order behind it is marked as a test and counts in no figure; its one line is no article, so it holds no stock;
// nobody is written to before it is paid.
//
// Errors: payment.ErrMode; payment.ErrNoTrial; payment.ErrUnfit; ErrTrialOpen with the bank's answer.
func (d *Desk) TryMode(ctx context.Context, shop *tenant.Shop, who Tester, mode payment.ModeID) (string, error) {
	var way opening
	var link string
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		offer, err := d.Modes.OfferOf(tx, mode)
		if err != nil {
			return err
		}
		if offer.Capabilities.Offline {
			return payment.ErrNoTrial
		}
		r, err := d.rules(tx)
		if err != nil {
			return err
		}
		o, charge, err := r.trial(who, offer, tx)
		if err != nil {
			return err
		}
		link = d.Links.Make(tx.Shop(), o.ID, o.PlacedAt)
		if err := order.Insert(tx, o, order.Placing{Key: order.TrialKey + secret.Token(), Link: link, Prefix: r.Orders.Prefix, First: r.Orders.NextNumber, Actor: who.Actor}); err != nil {
			return err
		}
		attempt, err := d.begin(tx, o, offer, charge, payment.Saving{}, true)
		if err != nil {
			return err
		}
		if err := payment.Try(tx, mode, attempt.Order); err != nil {
			return err
		}
		if err := jobs.EnqueueMany(tx, lookAt(tx, o.ID, firstLook(tx, offer, r.Stock))); err != nil {
			return err
		}
		way, err = d.opening(tx, o, link, attempt, false)
		return err
	})
	if err != nil {
		return "", err
	}
	if _, err := d.open(ctx, shop, way); err != nil {
		untry := shop.Write(ctx, func(tx tenant.Tx) error { return payment.Untry(tx, mode) }) // there is no page to pay it on
		return "", errors.Join(ErrTrialOpen.Because(err), untry)
	}
	return d.Addresses.Pay(shop, link), nil
}

// trial is the order a mode is tried with, and what is charged.
func (r *rules) trial(who Tester, offer payment.Offer, tx tenant.Tx) (*order.Order, currency.Leg, error) {
	base, now := r.Rules().Currency, tx.Now()
	lock := currency.Lock{Rates: r.Rules().Rates, At: now}
	in, err := lock.Rates.Choose(offer.Settles(base), base)
	if err != nil {
		return nil, currency.Leg{}, err
	}
	line := id.New[order.Line]()
	name := Words().T(who.Locale, "checkout.trial_line", map[string]any{"mode": offer.Names.In(who.Locale, r.Languages.Default)})
	p, err := pricing.Pipeline{pricing.Shelf{}, r.Rules().Tax}.Price(pricing.Basket{
		Currency: base, View: r.Rules().View, At: now, Destination: place(r.Identity.Address),
		Lines: []pricing.Line{{ID: line.String(), Name: name, Qty: 1, Class: tax.Standard, Unit: pricing.Price{Amount: TrialAmount(base), IncludesTax: true}}},
	})
	if err != nil {
		return nil, currency.Leg{}, err
	}
	total := p.Totals.ToPay
	record, err := lock.Record(total, total, currency.Rounding{}, in)
	if err != nil {
		return nil, currency.Leg{}, err
	}
	billing := r.Identity.Address
	billing.Name = who.Name
	o := &order.Order{
		ID: id.New[order.Order](), State: order.Placed, Guest: true, Email: who.Email, Buyer: who.Name, Locale: who.Locale, Billing: billing,
		Currency: base, Currencies: record, GoodsNet: p.Totals.Goods.Net, ShippingNet: money.Zero(base), Tax: p.Totals.Tax, Total: total,
		Paid: money.Zero(base), Refunded: money.Zero(base), Priced: p, Test: true, PlacedAt: now, UpdatedAt: now,
		Lines: []order.Line{{ID: line, Name: name, Qty: 1, Unit: TrialAmount(base), Gross: true, Net: p.Lines[0].Total.Net, TaxRate: p.Lines[0].Rate.Percent(),
			Tax: p.Lines[0].Total.Tax, Total: p.Lines[0].Total.Gross}},
	}
	o.Payment = chosen(offer, o, r.Languages.Default)
	charge, err := lock.Rates.Settle(total, in)
	return o, charge, err
}

// TrialAmount is one unit of a currency, or a hundred of one without cents, of which banks refuse less.
func TrialAmount(c money.Currency) money.Amount {
	if c.Digits() == 0 {
		return money.New(decimal.NewFromInt(100), c)
	}
	return money.New(decimal.NewFromInt(1), c)
}

// misheard tells the merchant who tries a mode that a notice came that could not be believed. The bank is answered in any
// case, and what strangers send is not worth a write when nobody is trying.
func (d *Desk) misheard(ctx context.Context, shop *tenant.Shop, mode payment.ModeID, why error) {
	listens := false
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		m, err := d.Modes.Find(tx, mode)
		listens = m.Trial.Listens(tx.Now())
		return err
	})
	if err == nil && listens {
		err = shop.Write(ctx, func(tx tenant.Tx) error { return payment.Misheard(tx, mode, why) })
	}
	if err != nil {
		slog.WarnContext(ctx, "note a misheard notice", "shop", shop.ID(), "mode", mode.String(), "error", err)
	}
}
