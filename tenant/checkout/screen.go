package checkout

import (
	"context"
	"errors"
	"strconv"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
)

// Screen is the job that looks at an order for fraud: when it was placed, and again when it was paid. It runs after
// the order, so that no buyer waits for it.
type Screen struct {
	Shop  tenant.ID `json:"shop"`
	Order order.ID  `json:"order"`
}

// Kind is stored with the job.
func (Screen) Kind() string { return "checkout.screen" }

func screenOf(tx tenant.Tx, o order.ID) jobs.New {
	return jobs.New{Args: Screen{Shop: tx.Shop().ID(), Order: o}}
}

// door is where the goods of an order go, as fraud compares it.
func door(o *order.Order) string {
	if place := fraud.Place(o.Delivery); place != "" {
		return place
	}
	return fraud.Place(o.Billing)
}

// screen gathers what is known, asks whoever the merchant wants asked, and keeps what they say.
func (d *Desk) screen(ctx context.Context, shop *tenant.Shop, which order.ID) error {
	var c fraud.Case
	var rules fraud.Rules
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		o, err := order.Find(tx, which)
		if err != nil {
			return err
		}
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		rules = fraud.Rules(s.Fraud)
		c, err = caseOf(tx, o)
		return err
	})
	if errors.Is(err, order.ErrUnknown) {
		return nil // erased since
	}
	if err != nil {
		return err
	}
	found, err := d.found(ctx, shop, rules, c)
	if err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error { return d.judge(tx, which, rules, found) })
}

// found joins what the rules say with what others say. One that does not answer is a reason without points.
func (d *Desk) found(ctx context.Context, shop *tenant.Shop, rules fraud.Rules, c fraud.Case) (fraud.Result, error) {
	own, err := fraud.Screening{Rules: rules}.Screen(ctx, c)
	if err != nil {
		return own, err
	}
	fleet, err := d.elsewhere(ctx, shop, rules, c)
	if err != nil {
		return own, err
	}
	all := []fraud.Result{own, fleet}
	if d.Scorers == nil {
		return fraud.Join(rules, all...), nil
	}
	for _, out := range d.Scorers(shop, rules) {
		said, err := out.Screen(ctx, c)
		if err != nil {
			said = fraud.Result{Reasons: []fraud.Reason{{Code: fraud.Silent, Args: map[string]string{"name": out.Name}}}}
		}
		all = append(all, said)
	}
	return fraud.Join(rules, all...), ctx.Err()
}

// caseOf is what is known of an order.
func caseOf(tx tenant.Tx, o *order.Order) (fraud.Case, error) {
	c := fraud.Case{Number: o.Number, At: o.PlacedAt, Amount: o.Total, Mail: o.Email, Billing: o.Billing, Delivery: o.Delivery,
		Carrier: o.Shipping.Label, Locale: o.Locale, Client: o.Screening.Client, Phone: o.Billing.Phone}
	if c.Phone == "" {
		c.Phone = o.Delivery.Phone
	}
	for _, l := range o.Lines {
		c.Pieces = append(c.Pieces, fraud.Piece{SKU: l.SKU, Name: l.Name, Qty: l.Qty, Unit: l.Unit})
	}
	attempts, err := payment.ListOf(tx, paymentOrder(o.ID))
	if err != nil {
		return c, err
	}
	c.Attempts = len(attempts)
	for _, p := range attempts {
		if p.State == payment.StateFailed {
			c.Refusals = append(c.Refusals, string(p.Reason))
		}
	}
	c.History, err = order.History(tx, o)
	return c, err
}

// judge keeps what was found, and holds the order where the rules say so and something of it can still be held back.
func (d *Desk) judge(tx tenant.Tx, which order.ID, rules fraud.Rules, found fraud.Result) error {
	o, err := order.Lock(tx, which)
	if err != nil {
		return err
	}
	warned := o.Screening.Advice == fraud.Review
	held := o.Screening.Looked(tx.Now(), found, rules.Holds(found) && o.Open())
	if err := order.Screened(tx, o); err != nil {
		return err
	}
	words := map[string]string{"score": strconv.Itoa(found.Score)}
	switch {
	case held:
		return d.warn(tx, o, words)
	case found.Advice == fraud.Review && !warned && o.Open() && !o.Held() && o.Screening.Released.IsZero():
		return alert(tx, o, "checkout.alert.risky", words)
	}
	return nil
}

// warn puts a held order before the staff.
func (d *Desk) warn(tx tenant.Tx, o *order.Order, words map[string]string) error {
	if err := alert(tx, o, "checkout.alert.held", words); err != nil {
		return err
	}
	s, err := settings.Load(tx)
	if err != nil {
		return err
	}
	return d.Post.Put(tx, notify.Letter{Kind: notify.OrderHeld, To: notify.Staff, Locale: s.Languages.Default, Order: subject(o.ID), Words: words})
}
