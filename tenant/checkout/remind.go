package checkout

import (
	"context"
	"errors"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
)

// RemindRest is the job that reminds a buyer, once, who was asked for a rest and has not paid it.
type RemindRest struct {
	Shop  tenant.ID `json:"shop"`
	Order order.ID  `json:"order"`
}

// Kind is stored with the job.
func (RemindRest) Kind() string { return "checkout.remind_rest" }

// patientDays is after how many days a buyer is reminded of a rest; 0 is never.
func patientDays(tx tenant.Tx) (int, error) {
	set, err := settings.Load(tx)
	if err != nil {
		return 0, fmt.Errorf("read when to remind of a rest: %w", err)
	}
	return set.Stock.RestDays, nil
}

// demand writes the letter that asks for a rest, and the job that will remind of it.
func (d *Desk) demand(tx tenant.Tx, o *order.Order) error {
	letters := []notify.Letter{{Kind: notify.OrderRest, To: notify.Buyer, Locale: o.Locale, Order: subject(o.ID)}}
	days, err := patientDays(tx)
	if err != nil {
		return err
	}
	if days == 0 {
		return d.Post.Put(tx, letters...)
	}
	return d.Post.PutWith(tx, letters, remindAt(tx, o.ID, tx.Now().AddDate(0, 0, days)))
}

func remindAt(tx tenant.Tx, o order.ID, at time.Time) jobs.New {
	return jobs.New{Args: RemindRest{Shop: tx.Shop().ID(), Order: o}, Opts: []jobs.Opt{jobs.At(at)}}
}

// remind reminds the buyer of an order of its rest, unless there is no reason to any more. The merchant may have
// changed his mind about when: it is the days he wants now that count.
func (d *Desk) remind(ctx context.Context, shop *tenant.Shop, which order.ID) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		days, err := patientDays(tx)
		if err != nil || days == 0 {
			return err
		}
		o, err := order.Lock(tx, which)
		if errors.Is(err, order.ErrUnknown) {
			return nil // erased since
		}
		if err != nil || !o.Owes() || !o.Secured() || !payable(o) || o.Advance.Asked == nil || o.Advance.Reminded != nil {
			return err
		}
		if due := o.Advance.Asked.AddDate(0, 0, days); tx.Now().Before(due) {
			return jobs.EnqueueMany(tx, remindAt(tx, which, due))
		}
		if coming, err := d.restComes(tx, o); err != nil || coming {
			return err
		}
		if err := order.Remind(tx, o); err != nil {
			return err
		}
		return d.tell(tx, o, notify.OrderRestReminder, nil)
	})
}

// restComes tells that a rest needs no reminder although it is not there: a bank has its money, or the carrier is
// to collect it.
func (d *Desk) restComes(tx tenant.Tx, o *order.Order) (bool, error) {
	p, err := newest(tx, o.ID)
	if err != nil || p == nil {
		return false, err
	}
	held := p.State == payment.StateReview || p.State == payment.StateAuthorised
	return held || p.State.Open() && d.onDelivery(p.Kind), nil
}
