package checkout

import (
	"context"
	"errors"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// Watch is the job that looks after an order that is not paid yet. It comes back until there is
// nothing left to look after.
type Watch struct {
	Shop  tenant.ID `json:"shop"`
	Order order.ID  `json:"order"`
}

// Kind is stored with the job.
func (Watch) Kind() string { return "checkout.watch" }

// Broom is the nightly job that visits all shops and forgets what has expired: carts, sessions,
// links, holds, where orders came from.
type Broom struct{}

// Kind is stored with the job.
func (Broom) Kind() string { return "checkout.broom" }

// Policy gives a large fleet its time.
func (Broom) Policy() jobs.Policy {
	return jobs.Policy{Queue: jobs.SlowQueue, Timeout: time.Hour, Attempts: 3}
}

// Shops opens shops: the one a job is for, or all of them one after the other.
type Shops interface {
	ByID(ctx context.Context, shop tenant.ID) (*tenant.Shop, error)
	// Each stops at the first error of visit.
	Each(ctx context.Context, visit func(context.Context, *tenant.Shop) error) error
}

// Register makes workers do the Desk's jobs.
func (d *Desk) Register(r *jobs.Registry, shops Shops) {
	jobs.Handle(r, func(ctx context.Context, j Watch) error {
		shop, err := shops.ByID(ctx, j.Shop)
		if err != nil {
			return fmt.Errorf("open shop of order %s: %w", j.Order, err)
		}
		return d.look(ctx, shop, j.Order)
	})
	jobs.Handle(r, func(ctx context.Context, j CheckVAT) error {
		shop, err := shops.ByID(ctx, j.Shop)
		if err != nil {
			return fmt.Errorf("open shop of order %s: %w", j.Order, err)
		}
		return d.checkAgain(ctx, shop, j)
	})
	jobs.Handle(r, func(ctx context.Context, j Screen) error {
		shop, err := shops.ByID(ctx, j.Shop)
		if err != nil {
			return fmt.Errorf("open shop of order %s: %w", j.Order, err)
		}
		return d.screen(ctx, shop, j.Order)
	})
	jobs.Handle(r, func(ctx context.Context, j Report) error {
		shop, err := shops.ByID(ctx, j.Shop)
		if err != nil {
			return fmt.Errorf("open shop of order %s: %w", j.Order, err)
		}
		return d.report(ctx, shop, j.Order)
	})
	jobs.Handle(r, func(ctx context.Context, j RemindRest) error {
		shop, err := shops.ByID(ctx, j.Shop)
		if err != nil {
			return fmt.Errorf("open shop of order %s: %w", j.Order, err)
		}
		return d.remind(ctx, shop, j.Order)
	})
	jobs.Handle(r, func(ctx context.Context, j ForgetCard) error {
		shop, err := shops.ByID(ctx, j.Shop)
		if err != nil {
			return fmt.Errorf("open shop of order %s: %w", j.Order, err)
		}
		return d.forgetCard(ctx, shop, j)
	})
	jobs.Handle(r, func(ctx context.Context, j Repeat) error {
		shop, err := shops.ByID(ctx, j.Shop)
		if err != nil {
			return fmt.Errorf("open shop of order %s: %w", j.Order, err)
		}
		return d.repeat(ctx, shop, j.Order)
	})
	jobs.Handle(r, func(ctx context.Context, j Collect) error {
		shop, err := shops.ByID(ctx, j.Shop)
		if err != nil {
			return fmt.Errorf("open shop of order %s: %w", j.Order, err)
		}
		return d.collect(ctx, shop, j)
	})
	jobs.Handle(r, func(ctx context.Context, j ReconcileShop) error {
		shop, err := shops.ByID(ctx, j.Shop)
		if err != nil {
			return fmt.Errorf("open shop %s: %w", j.Shop, err)
		}
		_, err = d.Reconcile(ctx, shop)
		return err
	})
	jobs.Handle(r, func(ctx context.Context, _ Reconcile) error { return d.reconcileAll(ctx, shops) })
	r.Every(24*time.Hour, Reconcile{})
	jobs.Handle(r, func(ctx context.Context, _ Broom) error { return shops.Each(ctx, Sweep) })
	r.Every(24*time.Hour, Broom{})
}

// swept bounds how many holds one unit of work frees.
const swept = 200

// Sweep forgets what has expired in a shop.
func Sweep(ctx context.Context, shop *tenant.Shop) error {
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		return errors.Join(cart.Clean(tx), customer.Clean(tx), order.ForgetClients(tx))
	})
	for n := swept; err == nil && n == swept; {
		err = shop.Write(ctx, func(tx tenant.Tx) (err error) {
			n, err = stock.Sweep(tx, swept)
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("sweep shop %s: %w", shop.Slug(), err)
	}
	return nil
}

// firstLook is when an order that was just given an attempt to pay is to be looked at.
func firstLook(tx tenant.Tx, offer payment.Offer, s settings.Stock) time.Time {
	patient := patience(offer.Capabilities, s)
	if !offer.Capabilities.Offline {
		patient = min(payment.AskAfter, patient)
	}
	return tx.Now().Add(patient)
}

// lookAt is the job that looks at an order then.
func lookAt(tx tenant.Tx, o order.ID, at time.Time) jobs.New {
	return jobs.New{Args: Watch{Shop: tx.Shop().ID(), Order: o}, Opts: []jobs.Opt{jobs.At(at)}}
}

// look asks the bank about an open attempt, gives up one that took too long, and then sees what that
// means for the order.
func (d *Desk) look(ctx context.Context, shop *tenant.Shop, which order.ID) error {
	var p *payment.Payment
	var held settings.Stock
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		o, err := order.Find(tx, which)
		if err != nil || !payable(o) {
			return err
		}
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		held = s.Stock
		p, err = newest(tx, which)
		return err
	})
	if errors.Is(err, order.ErrUnknown) {
		return nil // erased since
	}
	if err != nil || p == nil {
		return err
	}
	var w watched
	w.patient, w.offline = d.patienceOf(*p, held)
	if p.State.Open() && !w.offline {
		if w.settling, err = d.inquire(ctx, shop, *p, w.patient); err != nil {
			return err
		}
	}
	return shop.Write(ctx, func(tx tenant.Tx) error { return d.decide(tx, which, w) })
}

// watched is what is known of the newest attempt to pay an order that is looked at.
type watched struct {
	patient  time.Duration
	offline  bool
	settling bool // the bank says that the money is on its way
}

// newest is the newest attempt to pay an order; nil when there is none.
func newest(tx tenant.Tx, which order.ID) (*payment.Payment, error) {
	attempts, err := payment.ListOf(tx, paymentOrder(which))
	if err != nil || len(attempts) == 0 {
		return nil, err
	}
	return &attempts[len(attempts)-1], nil
}

func (d *Desk) patienceOf(p payment.Payment, s settings.Stock) (patient time.Duration, offline bool) {
	gateway, err := d.Modes.Gateways().Find(p.Kind)
	if err != nil {
		return s.Hold(), false
	}
	c := gateway.Capabilities()
	return patience(c, s), c.Offline
}

// stubborn is how long a bank that keeps saying "not yet" is believed.
const stubborn = 24 * time.Hour

// inquire asks the bank, and lets an attempt lapse that it knows nothing of when its time is over; settling when the bank says
// that the money is on its way, which is believed for as long as its family says.
func (d *Desk) inquire(ctx context.Context, shop *tenant.Shop, p payment.Payment, patient time.Duration) (settling bool, err error) {
	gateway, account, err := d.account(ctx, shop, p.Mode)
	if err != nil {
		account, gateway = payment.NewAccount(p.Mode, p.Kind, p.Test, nil, nil), nil
	}
	believed := patient
	if g, ok := gateway.(payment.Inquirer); ok {
		n, err := g.Inquire(ctx, account, p)
		switch {
		case err == nil:
			if err := d.record(ctx, shop, account, payment.SourceInquiry, n); err != nil {
				return false, err
			}
			believed = max(patient, stubborn)
			if settling = n.Event == payment.Waiting && n.Settling; settling {
				believed = max(believed, gateway.Capabilities().Settles)
			}
		case !errors.Is(err, payment.ErrNotKnown) && !errors.Is(err, payment.ErrOffice):
			return false, fmt.Errorf("ask about payment %s: %w", p.Ref, err) // tried again
		}
	}
	var out payment.Outcome
	var o *order.Order
	err = shop.Write(ctx, func(tx tenant.Tx) error {
		now, err := payment.Find(tx, p.ID)
		if err != nil || !now.State.Open() || tx.Now().Before(p.Created.Add(believed)) {
			return err
		}
		if out, err = payment.Record(tx, account, payment.SourceSweep, payment.Lapse(p)); err != nil {
			return err
		}
		if o, err = d.hear(tx, out, tenant.ByProgram); err != nil {
			return err
		}
		return d.repeatFailed(tx, out)
	})
	if err == nil {
		d.ended(ctx, shop, payment.Lapse(p), out, o)
	}
	return settling, err
}

// again is how soon the bank is asked once more, and settlingAgain how soon when the money is on its way for days.
const (
	again         = 15 * time.Minute
	settlingAgain = 6 * time.Hour
)

// decide sees what is to be done with an order that is still not paid: wait, let go of the goods
// and leave the rest to a person, or call it off. While the money is on its way the goods stay held.
func (d *Desk) decide(tx tenant.Tx, which order.ID, w watched) error {
	patient, offline := w.patient, w.offline
	p, err := newest(tx, which)
	if err != nil || p == nil {
		return err
	}
	o, err := order.Find(tx, which)
	if err != nil || !payable(o) {
		return err
	}
	until := p.Created.Add(patient)
	switch {
	case o.Secured() && (offline || !p.State.Open()):
		return nil // its pieces are the buyer's: whether to wait for the rest is the merchant's business
	case o.Request != nil && (offline || !p.State.Open()):
		return nil // it holds nothing: an attempt that failed is no reason to call it off
	case w.settling && p.State.Open():
		next := tx.Now().Add(settlingAgain)
		if err := stock.Extend(tx, holder(which), next.Add(settlingAgain)); err != nil {
			return err
		}
		return jobs.EnqueueMany(tx, lookAt(tx, which, next))
	case tx.Now().Before(until):
		next := until
		if !offline && p.State.Open() {
			next = tx.Now().Add(min(again, until.Sub(tx.Now())))
		}
		return jobs.EnqueueMany(tx, lookAt(tx, which, next))
	case !offline && p.State.Open():
		return jobs.EnqueueMany(tx, lookAt(tx, which, tx.Now().Add(again)))
	case p.State == payment.StateReview || p.State == payment.StateAuthorised:
		return nil // there is money somewhere: a person decides
	case offline:
		return d.letGo(tx, o)
	}
	return d.cancel(tx, tenant.ByProgram, which, Remark{Mail: true})
}

// letGo frees the goods of an order whose cheque or transfer has not come. The order stays: it may
// come yet, and whether to wait is the merchant's business.
func (d *Desk) letGo(tx tenant.Tx, o *order.Order) error {
	out, err := stock.Left(tx, holder(o.ID))
	if err != nil || out {
		return err
	}
	if err := stock.Release(tx, holder(o.ID)); err != nil {
		return err
	}
	return alert(tx, o, "checkout.alert.hold_expired", nil)
}
