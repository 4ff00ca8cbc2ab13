package checkout

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/fleet/signals"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
)

// Report is the job that tells the fleet what an order can be known by that a person called fraud, or whose money the
// buyer's bank took back, or takes it back: it says what is so when it runs, however often it does (FRD-03).
type Report struct {
	Shop  tenant.ID `json:"shop"`
	Order order.ID  `json:"order"`
}

// Kind is stored with the job.
func (Report) Kind() string { return "checkout.report_fraud" }

// reportLater has an order reported, or a report taken back.
func reportLater(tx tenant.Tx, o order.ID) error {
	return jobs.EnqueueMany(tx, jobs.New{Args: Report{Shop: tx.Shop().ID(), Order: o}})
}

// report tells the fleet, where the shop takes part.
func (d *Desk) report(ctx context.Context, shop *tenant.Shop, which order.ID) error {
	if d.Signals == nil {
		return nil
	}
	var c fraud.Case
	var what signals.What
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		o, err := order.Find(tx, which)
		if err != nil {
			return err
		}
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		if c, err = caseOf(tx, o); err != nil || !s.Fraud.Share {
			return err
		}
		if o.Screening.IsMarked() {
			what = signals.Fraud
			return nil
		}
		attempts, err := payment.ListOf(tx, paymentOrder(which))
		if slices.ContainsFunc(attempts, func(p payment.Payment) bool { return p.State == payment.StateChargedBack && !p.Test }) {
			what = signals.Dispute
		}
		return err
	})
	if err != nil && !errors.Is(err, order.ErrUnknown) { // what was erased is taken back
		return err
	}
	if what == "" {
		return d.Signals.Retract(ctx, shop.ID().String(), which.String())
	}
	return d.Signals.Report(ctx, shop.ID().String(), which.String(), what, signsOf(c))
}

func signsOf(c fraud.Case) []signals.Sign {
	var list []signals.Sign
	for _, s := range c.Signs() {
		list = append(list, signals.Sign(s))
	}
	return list
}

// elsewhere asks in how many other shops the like was reported, where the shop takes part.
func (d *Desk) elsewhere(ctx context.Context, shop *tenant.Shop, rules fraud.Rules, c fraud.Case) (fraud.Result, error) {
	points := rules.Points[fraud.Elsewhere]
	if d.Signals == nil || !rules.Share || points == 0 {
		return fraud.Result{}, nil
	}
	n, err := d.Signals.Seen(ctx, shop.ID().String(), signsOf(c))
	if err != nil || n == 0 {
		return fraud.Result{}, err
	}
	return fraud.Result{Reasons: []fraud.Reason{{Code: fraud.Elsewhere, Points: points, Args: map[string]string{"n": strconv.Itoa(n)}}}}, nil
}
