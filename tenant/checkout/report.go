package checkout

import (
	"context"
	"errors"
	"strconv"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/fleet/signals"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/settings"
)

// Report is the job that tells the fleet what an order a person called fraud can be known by, or takes it back: it says
// what is so when it runs, however often it does (FRD-03).
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
	marked := false
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		o, err := order.Find(tx, which)
		if err != nil {
			return err
		}
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		marked = s.Fraud.Share && o.Screening.IsMarked()
		c, err = caseOf(tx, o)
		return err
	})
	if err != nil && !errors.Is(err, order.ErrUnknown) { // what was erased is taken back
		return err
	}
	if !marked {
		return d.Signals.Retract(ctx, shop.ID().String(), which.String())
	}
	return d.Signals.Report(ctx, shop.ID().String(), which.String(), signals.Fraud, signsOf(c))
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
